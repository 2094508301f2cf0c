//! Kagi News: `media_data.json`, a list of outlets with country, owner and a typology.

use std::collections::HashSet;

use serde_json::Value;

use super::outlet::{OutletDraft, domains};
use super::text::quoted;
use super::{Fault, Ids, Imported};

/// Reads the list.
pub fn read(bytes: &[u8]) -> Result<Imported, Fault> {
    let json: Value = serde_json::from_slice(bytes).map_err(|error| Fault::of_json(bytes, &error))?;
    let list = json.as_array().ok_or("the file is not a list of outlets")?;
    let mut imported = Imported::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut ids = Ids::default();
    for entry in list {
        let text = |key: &str| entry[key].as_str().map(str::trim).filter(|text| !text.is_empty());
        let Some(name) = text("organization").or(text("name")) else {
            imported.notes.insert("an entry without `organization` was left out".to_owned());
            continue;
        };
        let mut outlet = OutletDraft::named(name);
        outlet.id = ids.free(&outlet.id);
        for domain in
            entry["domains"].as_array().into_iter().flatten().filter_map(Value::as_str).flat_map(domains)
        {
            if seen.insert(domain.clone()) {
                outlet.domains.push(domain);
            } else {
                imported.notes.insert(format!("`{domain}` is listed twice and stayed with the first outlet"));
            }
        }
        outlet.pairs.extend(text("owner").map(|owner| ("owner".to_owned(), quoted(owner))));
        match text("country") {
            Some(code) if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
                outlet.pairs.push(("country".to_owned(), quoted(code)));
            }
            Some(name) => {
                outlet.extra.push(("country_name".to_owned(), name.to_owned()));
                imported.notes.insert("countries are names, not codes: they were kept in [extra]".to_owned());
            }
            None => {}
        }
        for key in ["typology", "description"] {
            if let Some(value) = text(key) {
                outlet.extra.push((key.to_owned(), value.to_owned()));
                imported.notes.insert(format!("`{key}` was kept in [extra]; an axis of your own can use it"));
            }
        }
        imported.outlets.push(outlet);
    }
    Ok(imported)
}
