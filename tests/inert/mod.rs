//! What readers' programs would make of the files of a site: browsers, feed readers, spreadsheets.
//!
//! In: a path and its bytes. Out: everything by which a text of the site could run, reach out, or
//! break the file that it stands in. Real parsers decide, not searches in text. The fuzz targets
//! judge by the same rules.

#![allow(dead_code)]

use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Node};

/// Elements that load, run or submit something, or change how the rest is read.
const FORBIDDEN: [&str; 13] = [
    "iframe",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "frame",
    "frameset",
    "portal",
    "plaintext",
    "style",
    "template",
    "noembed",
];
/// Elements that may stand in an SVG.
const DRAWN: [&str; 15] = [
    "svg", "title", "desc", "style", "g", "rect", "path", "line", "text", "tspan", "circle", "defs",
    "pattern", "a", "use",
];
/// Attributes that hold an address.
const ADDRESSES: [&str; 12] = [
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "background",
    "xlink:href",
    "manifest",
    "ping",
    "longdesc",
];

/// What is wrong with a file of the output; empty if nothing is.
pub fn faults(path: &str, bytes: &[u8]) -> Vec<String> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let Ok(text) = std::str::from_utf8(bytes) else {
        return match ending {
            "html" | "json" | "csv" | "svg" | "xml" | "opml" | "txt" => vec!["not UTF-8".to_owned()],
            _ => Vec::new(),
        };
    };
    let mut found = match ending {
        "html" => html(text, path.ends_with("email.html")),
        "json" => json(text),
        "csv" => csv_cells(text),
        "svg" => svg(text),
        "xml" | "opml" => xml(text),
        "txt" => Vec::new(),
        _ => return Vec::new(),
    };
    found.extend(unseen(text).map(|c| format!("holds U+{:04X}", c as u32)));
    found
}

/// Characters that no reader sees and that steer the terminal, end the file or turn the reading.
fn unseen(text: &str) -> Option<char> {
    let is_bad = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202D}' | '\u{202E}' | '\u{FFFE}' | '\u{FFFF}')
    };
    text.chars().find(is_bad)
}

/// Whether a browser that follows this address stays with the web, mail and telephones.
fn is_harmless(url: &str) -> bool {
    let url: String = url.chars().filter(|c| !c.is_control()).collect();
    let url = url.trim();
    let Some(at) = url.find([':', '/', '?', '#']) else { return true };
    match url.as_bytes()[at] {
        b':' => ["http", "https", "mailto", "tel"].contains(&url[..at].to_ascii_lowercase().as_str()),
        b'/' => !url.starts_with("//") && !url.starts_with("/\\"),
        _ => true,
    }
}

fn html(text: &str, is_mail: bool) -> Vec<String> {
    let mut found = Vec::new();
    let page = Html::parse_document(text);
    for node in page.root_element().descendants() {
        let Node::Element(element) = node.value() else { continue };
        let name = element.name();
        let is_style_of_mail = is_mail && name == "style";
        let is_own = is_style_of_mail
            || is_own_form(name, element.attr("action"))
            || is_own_base(name, element.attr("href"));
        if FORBIDDEN.contains(&name) && !is_own {
            found.push(format!("<{name}>"));
        }
        if name == "script" {
            let inside: String =
                node.children().filter_map(|child| child.value().as_text()).map(|text| &**text).collect();
            found.extend(script(element.attr("type"), element.attr("src"), &inside));
        }
        if name == "meta"
            && element.attr("http-equiv").is_some_and(|kind| !is_own_refresh(kind, element.attr("content")))
        {
            found.push("<meta http-equiv>".to_owned());
        }
        for (key, value) in element.attrs() {
            let is_style = key == "style" && !is_mail && !is_own_style(value);
            if key.starts_with("on") || key == "srcdoc" || is_style {
                found.push(format!("<{name} {key}={value}>"));
            }
            if ADDRESSES.contains(&key) && !is_harmless(value) {
                found.push(format!("<{name} {key}={value}>"));
            }
        }
    }
    found
}

/// Forms of the theme lead to pages of the site.
fn is_own_form(name: &str, action: Option<&str>) -> bool {
    name == "form" && action.is_none_or(|action| !action.contains(':') && !action.starts_with("//"))
}

/// Embedded widgets open their links in the page around them.
fn is_own_base(name: &str, href: Option<&str>) -> bool {
    name == "base" && href.is_none()
}

/// Styles of the theme set its own variables and nothing else.
fn is_own_style(value: &str) -> bool {
    value.split(';').all(|part| {
        let (key, value) = part.split_once(':').unwrap_or((part, ""));
        let is_number = value
            .trim()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | '(' | ')' | '#' | ' '));
        is_number
            && (key.trim().is_empty()
                || key.trim().starts_with("--")
                || matches!(key.trim(), "width" | "flex-grow"))
    })
}

/// A redirect to a page of the site.
fn is_own_refresh(kind: &str, content: Option<&str>) -> bool {
    let target = content.and_then(|content| content.split_once("url="));
    kind == "refresh" && target.is_some_and(|(_, url)| !url.contains(':') && !url.starts_with("//"))
}

/// Scripts are the theme's own files; data is JSON that a search engine can read.
fn script(kind: Option<&str>, src: Option<&str>, inside: &str) -> Option<String> {
    match (kind, src) {
        (Some("application/ld+json"), None) => {
            let read = serde_json::from_str::<serde_json::Value>(inside);
            read.err().map(|error| format!("JSON-LD: {error}"))
        }
        (None, Some(src)) if is_asset(src) && inside.trim().is_empty() => None,
        _ => Some(format!("<script type={kind:?} src={src:?}>{inside}")),
    }
}

/// A file of the theme, from a root, from below a path, or on the way from a page.
fn is_asset(src: &str) -> bool {
    let inner = src.trim_start_matches("../").trim_start_matches("/sub").trim_start_matches('/');
    let is_name =
        |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    !src.starts_with("//") && inner.strip_prefix("assets/").is_some_and(is_name)
}

fn json(text: &str) -> Vec<String> {
    serde_json::from_str::<serde_json::Value>(text).err().map(|error| error.to_string()).into_iter().collect()
}

fn csv_cells(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for record in reader.records() {
        match record {
            // Also rows of different lengths.
            Err(error) => found.push(error.to_string()),
            Ok(row) => {
                let is_formula = |cell: &&str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                found.extend(row.iter().filter(is_formula).map(|cell| format!("formula {cell}")));
            }
        }
    }
    found
}

fn xml(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0usize;
    loop {
        match reader.read_event() {
            Err(error) => return vec![error.to_string()],
            Ok(Event::Eof) if open == 0 => return found,
            Ok(Event::Eof) => return vec!["ends inside of an element".to_owned()],
            Ok(Event::Start(element)) => {
                open += 1;
                found.extend(attributes(&element));
            }
            Ok(Event::Empty(element)) => found.extend(attributes(&element)),
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::DocType(_)) => found.push("a DOCTYPE".to_owned()),
            Ok(Event::PI(content)) if !content.starts_with("xml-stylesheet") => {
                found.push("a processing instruction".to_owned());
            }
            Ok(_) => {}
        }
    }
}

/// Every address in an element's attributes that is not harmless, and handlers.
fn attributes(element: &quick_xml::events::BytesStart) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in element.attributes() {
        let Ok(attribute) = attribute else {
            found.push("a broken attribute".to_owned());
            continue;
        };
        let key = attribute.key.as_ref().to_owned();
        let value = match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(error) => {
                found.push(error.to_string());
                continue;
            }
        };
        let is_address = matches!(key.as_str(), "href" | "url" | "src" | "xlink:href" | "xmlUrl" | "htmlUrl");
        if key.starts_with("on") || is_address && !is_harmless(&value) {
            found.push(format!("{key}={value}"));
        }
    }
    found
}

fn svg(text: &str) -> Vec<String> {
    let mut found = xml(text);
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        let name = match &event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => element.name().as_ref().to_owned(),
            _ => continue,
        };
        if !DRAWN.contains(&name.as_str()) {
            found.push(format!("<{name}>"));
        }
    }
    found
}
