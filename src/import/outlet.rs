//! Outlets as importers make them, and their files.

use std::collections::HashSet;
use std::fmt::Write;

use super::text::{line, quoted};
use crate::link::is_domain;
use crate::slug::Slug;

/// An outlet to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutletDraft {
    /// The name of its file.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// Domains without `www.`.
    pub domains: Vec<String>,
    /// Other keys with their values in TOML, in order.
    pub pairs: Vec<(String, String)>,
    /// How it is rated.
    pub ratings: Vec<RatingDraft>,
    /// Own data: keys and plain texts.
    pub extra: Vec<(String, String)>,
}

/// A rating: keys with their values in TOML, in order.
pub type RatingDraft = Vec<(&'static str, String)>;

impl OutletDraft {
    /// An outlet of that name, with the id made from it.
    pub fn named(name: &str) -> OutletDraft {
        let id = Slug::from_title(name).to_string();
        let name = line(name);
        // A name of nothing that is seen is none.
        let name = if name.is_empty() { id.clone() } else { name };
        OutletDraft { id, name, ..OutletDraft::default() }
    }

    /// `content/outlets/ID.toml`.
    pub fn to_toml(&self) -> String {
        let domains: Vec<String> =
            self.domains.iter().filter(|domain| is_domain(domain)).map(|domain| quoted(domain)).collect();
        let mut out = format!("name = {}\ndomains = [{}]\n", quoted(&self.name), domains.join(", "));
        for (key, value) in &self.pairs {
            let _ = writeln!(out, "{key} = {value}");
        }
        for rating in &self.ratings {
            out.push_str("\n[[ratings]]\n");
            for (key, value) in rating {
                let _ = writeln!(out, "{key} = {value}");
            }
        }
        if !self.extra.is_empty() {
            out.push_str("\n[extra]\n");
            for (key, value) in &self.extra {
                let _ = writeln!(out, "{key} = {}", quoted(&line(value)));
            }
        }
        out
    }
}

/// Domains from a list divided by spaces, commas or semicolons; addresses are cut to their host.
pub fn domains(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let mut list: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let host = crate::link::host(part).unwrap_or(part).split('/').next().unwrap_or(part);
        let domain = crate::link::normal_host(host);
        if domain.contains('.') && is_domain(&domain) && seen.insert(domain.clone()) {
            list.push(domain);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::OutletDraft;

    #[test]
    fn an_outlet_has_a_name_that_is_seen() {
        assert_eq!(OutletDraft::named("\u{7f}\u{202E}").name, "untitled");
        assert_eq!(OutletDraft::named("The\u{7f} Post").name, "The Post");
    }
}
