//! Every internal link, anchor and asset of the sample site leads somewhere: at `/`, below a path,
//! and as files.

use std::collections::{BTreeMap, BTreeSet};

use crate::built::{Built, sample};

/// A page: what it links to and what can be linked in it.
#[derive(Default)]
struct Found {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

fn unescaped(text: &str) -> String {
    let text =
        text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2F;", "/");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn page(html: &str) -> Found {
    let dom = tl::parse(html, tl::ParserOptions::default()).unwrap();
    let mut found = Found::default();
    for tag in dom.nodes().iter().filter_map(|node| node.as_tag()) {
        let name = tag.name().as_utf8_str();
        for (key, value) in tag.attributes().iter() {
            let Some(value) = value.map(|value| unescaped(&value)) else { continue };
            match &*key {
                "id" => {
                    assert!(found.ids.insert(value.clone()), "the id {value} stands twice");
                }
                "href" | "src" | "action" | "data-search" => found.links.push(value),
                "srcset" => {
                    let urls = value.split(", ").filter_map(|part| part.split(' ').next());
                    found.links.extend(urls.map(str::to_owned));
                }
                "content" if name == "meta" => {
                    found.links.extend(value.strip_prefix("0; url=").map(str::to_owned));
                }
                _ => {}
            }
        }
    }
    found
}

/// `a/b/../c` without the dots.
fn joined(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => assert!(parts.pop().is_some(), "{link} in {folder} leads out of the site"),
            part => parts.push(part),
        }
    }
    let tail = if link.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    parts.join("/") + tail
}

/// How links of a build lead to files.
struct Rules {
    base_url: &'static str,
    base_path: &'static str,
    is_relative: bool,
}

impl Rules {
    /// The file that a link leads to; `None` for other sites.
    fn target(&self, from: &str, link: &str) -> Option<String> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if let Some(inner) = link.strip_prefix(self.base_url) {
            joined("", inner)
        } else if link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:") {
            return None;
        } else if link.is_empty() {
            return Some(from.to_owned());
        } else if self.is_relative {
            assert!(!link.starts_with('/'), "{link} in {from} is rooted");
            assert!(!link.ends_with('/'), "{link} in {from} leads to a folder");
            return Some(joined(folder, link));
        } else if let Some(inner) = link.strip_prefix(self.base_path) {
            joined("", inner)
        } else {
            assert!(!link.starts_with('/'), "{link} in {from} leaves the base path");
            joined(folder, link)
        };
        Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
    }
}

fn crawl(built: &Built, rules: &Rules) {
    let files = built.files();
    let is_page = |path: &str| path.ends_with(".html");
    let pages: BTreeMap<&String, Found> = files
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, bytes)| (path, page(std::str::from_utf8(bytes).unwrap())))
        .collect();
    assert!(pages.len() > 80, "only {} pages", pages.len());
    let (mut broken, mut followed) = (Vec::new(), 0);
    for (path, found) in &pages {
        for link in &found.links {
            let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
            let address = address.split('?').next().unwrap_or_default();
            let Some(target) = rules.target(path, address) else { continue };
            let target = percent_decoded(&target);
            followed += 1;
            if !files.contains_key(&target) {
                broken.push(format!("{path}: {link} ({target})"));
            } else if !fragment.is_empty() && is_page(&target) {
                let fragment = percent_decoded(fragment);
                if !pages[&target].ids.contains(&fragment) {
                    broken.push(format!("{path}: {link} (no such anchor)"));
                }
            }
        }
    }
    broken.dedup();
    assert!(followed > 5000, "only {followed} links");
    assert!(
        broken.is_empty(),
        "{} broken links, such as\n{}",
        broken.len(),
        broken[..broken.len().min(20)].join("\n")
    );
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn at_the_root() {
    let rules = Rules { base_url: "https://example.org/", base_path: "/", is_relative: false };
    crawl(&sample(&[]), &rules);
}

#[test]
fn below_a_path() {
    let base_url = "https://example.org/a/b/";
    crawl(&sample(&["-u", base_url]), &Rules { base_url, base_path: "/a/b/", is_relative: false });
}

#[test]
fn as_files() {
    let rules = Rules { base_url: "https://example.org/", base_path: "", is_relative: true };
    crawl(&sample(&["--relative"]), &rules);
}

#[test]
fn nothing_of_the_program_itself_is_left_in_relative_pages() {
    for (path, bytes) in sample(&["--relative"]).files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("dateline-root:"), "{path}");
    }
}
