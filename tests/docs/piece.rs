//! Blocks that are read by themselves: by the readers of the program where it has one.

use dateline::content::{config, outlet, pages, story};
use dateline::diag::{Code, Diag};

use crate::block::Block;
use crate::common::TestSite;

/// Reads a block; says what is wrong with it.
pub fn check(block: &Block, of: &str, whole: bool) -> Result<(), String> {
    let text = block.text.as_str();
    match of {
        "html" => template(text),
        "json" => {
            serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| error.to_string())
        }
        "yaml" => {
            serde_saphyr::from_str::<serde_json::Value>(text).map(drop).map_err(|error| error.to_string())
        }
        "css" => style(text),
        "diff" => applies(text),
        "text" | "rust" if text.trim().is_empty() => Err("the block is empty".to_owned()),
        "text" | "rust" => Ok(()),
        kind => said(diags(kind, text)?, whole),
    }
}

fn diags(kind: &str, text: &str) -> Result<Vec<Diag>, String> {
    let axes = config::parse("dateline.toml", b"").0.axes;
    let ending = if text.starts_with("+++") || text.starts_with("---") { "md" } else { "toml" };
    let path = format!("content/2026-05-02-name.{ending}");
    let bytes = text.as_bytes();
    Ok(match kind {
        "story" => story::parse(&path, bytes).1,
        "outlet" => outlet::parse(&path, "name", bytes, &axes).1,
        "outlets" => outlet::parse_many(&path, bytes, &axes).1,
        "edition" => pages::edition(&path, bytes).1,
        "topic" => pages::topic(&path, bytes).1,
        "page" => pages::doc(&path, bytes).1,
        "config" => config::parse("dateline.toml", bytes).1,
        "texts" => dateline::text::parse("i18n/en.toml", "en", text).1,
        _ => return Err(format!("nothing reads a `toml {kind}`")),
    })
}

/// A piece of a file may lack what stands elsewhere in it.
fn said(diags: Vec<Diag>, whole: bool) -> Result<(), String> {
    let lacks = |diag: &&Diag| !whole && matches!(diag.code, Code::MissingKey | Code::UnknownId);
    match diags.iter().find(|diag| !lacks(diag)) {
        Some(diag) => Err(format!("{}: {}", diag.code.name(), diag.message)),
        None => Ok(()),
    }
}

/// A template, or a part of one, stands on every page of a site that builds.
fn template(text: &str) -> Result<(), String> {
    let site = TestSite::new();
    if text.contains("{% extends") || text.contains("component ") {
        site.write("templates/piece.html", text);
    } else {
        site.write("templates/hooks/foot.html", text);
    }
    let said = site.run(&["build", "--deny-warnings"]);
    if said.code == 0 { Ok(()) } else { Err(said.err) }
}

/// What a change wants to find stands in the file, line after line.
fn applies(diff: &str) -> Result<(), String> {
    let path = diff.lines().find_map(|line| line.strip_prefix("--- a/")).ok_or("no `--- a/PATH`")?;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let file = std::fs::read_to_string(file).map_err(|error| format!("{path}: {error}"))?;
    for hunk in diff.split("\n@@ ").skip(1) {
        let old = hunk.lines().skip(1).filter(|line| !line.starts_with('+'));
        let old: String = old.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect();
        if !file.contains(&old) {
            return Err(format!("{path} has not these lines any more:\n{old}"));
        }
    }
    Ok(())
}

/// Every rule is closed.
fn style(text: &str) -> Result<(), String> {
    let depth = text.chars().try_fold(0i32, |depth, c| match c {
        '{' => Some(depth + 1),
        '}' if depth == 0 => None,
        '}' => Some(depth - 1),
        _ => Some(depth),
    });
    if depth == Some(0) { Ok(()) } else { Err("braces do not match".to_owned()) }
}
