//! The rules of RSS 2.0, JSON Feed 1.1 and OPML 2.0, read off their specifications: what a document
//! does against them. Narrower where Dateline promises more: addresses are whole, nothing is empty.
//!
//! Atom has a schema, which `tests/feeds/validate.sh` holds its feeds to.

use std::collections::BTreeSet;

use roxmltree::Node;
use serde_json::Value;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const DC: &str = "http://purl.org/dc/elements/1.1/";

/// What a text must be.
#[derive(Clone, Copy)]
enum Form {
    Filled,
    Address,
    Identity,
    Language,
    /// RFC 822, with the four-digit year that RSS prefers.
    MailDate,
    /// RFC 3339.
    Moment,
    Html,
    /// Looked at elsewhere.
    Any,
}

/// Namespace and name of an element, how often it stands at least and at most, and what it holds.
type Element = (&'static str, &'static str, usize, usize, Form);

const MANY: usize = usize::MAX;

const CHANNEL: [Element; 10] = [
    ("", "title", 1, 1, Form::Filled),
    ("", "link", 1, 1, Form::Address),
    ("", "description", 1, 1, Form::Filled),
    ("", "language", 1, 1, Form::Language),
    ("", "copyright", 0, 1, Form::Filled),
    ("", "lastBuildDate", 1, 1, Form::MailDate),
    ("", "generator", 1, 1, Form::Filled),
    ("", "docs", 0, 1, Form::Address),
    (ATOM, "link", 1, 1, Form::Any),
    ("", "item", 0, MANY, Form::Any),
];

const ITEM: [Element; 8] = [
    ("", "title", 1, 1, Form::Filled),
    ("", "link", 1, 1, Form::Address),
    ("", "guid", 1, 1, Form::Identity),
    ("", "pubDate", 1, 1, Form::MailDate),
    (ATOM, "updated", 0, 1, Form::Moment),
    (DC, "creator", 0, MANY, Form::Filled),
    ("", "category", 0, MANY, Form::Filled),
    ("", "description", 1, 1, Form::Html),
];

/// What is wrong with an RSS feed that stands at `url`.
pub fn rss(text: &str, url: &str) -> Vec<String> {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let root = document.root_element();
    let mut wrong = Vec::new();
    if !root.has_tag_name("rss") || root.attribute("version") != Some("2.0") {
        wrong.push("the root is not <rss version=\"2.0\">".to_owned());
    }
    let channels: Vec<Node> = root.children().filter(Node::is_element).collect();
    let [channel] = channels[..] else {
        return vec!["not one channel".to_owned()];
    };
    elements(channel, &CHANNEL, &mut wrong);
    for link in children(channel, ATOM, "link") {
        let expected = [("rel", "self"), ("type", "application/rss+xml"), ("href", url)];
        if !expected.iter().all(|(key, value)| link.attribute(*key) == Some(*value)) {
            wrong.push(format!("atom:link is not to {url}"));
        }
    }
    let mut known = BTreeSet::new();
    for item in children(channel, "", "item") {
        elements(item, &ITEM, &mut wrong);
        for guid in children(item, "", "guid") {
            let id = guid.text().unwrap_or_default();
            // Left out, it means that the identity is an address.
            if !is_address(id) && guid.attribute("isPermaLink") != Some("false") {
                wrong.push(format!("guid `{id}` claims to be an address"));
            }
            if !known.insert(id.to_owned()) {
                wrong.push(format!("guid `{id}` stands twice"));
            }
        }
    }
    wrong
}

/// What is wrong with a list of outlines.
pub fn opml(text: &str) -> Vec<String> {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let root = document.root_element();
    let mut wrong = Vec::new();
    if !root.has_tag_name("opml") || root.attribute("version") != Some("2.0") {
        wrong.push("the root is not <opml version=\"2.0\">".to_owned());
    }
    elements(root, &[("", "head", 1, 1, Form::Any), ("", "body", 1, 1, Form::Any)], &mut wrong);
    for head in children(root, "", "head") {
        elements(head, &[("", "title", 0, 1, Form::Filled)], &mut wrong);
    }
    for body in children(root, "", "body") {
        elements(body, &[("", "outline", 1, MANY, Form::Any)], &mut wrong);
        children(body, "", "outline").for_each(|outline| subscription(outline, &mut wrong));
    }
    wrong
}

fn subscription(outline: Node, wrong: &mut Vec<String>) {
    const ATTRIBUTES: [(&str, bool, Form); 4] = [
        ("text", true, Form::Filled),
        ("xmlUrl", true, Form::Address),
        ("title", false, Form::Filled),
        ("htmlUrl", false, Form::Address),
    ];
    for (name, is_required, form) in ATTRIBUTES {
        match outline.attribute(name) {
            Some(value) => held(form, value, name, wrong),
            None if is_required => wrong.push(format!("an outline without {name}")),
            None => {}
        }
    }
    if outline.attribute("type") != Some("rss") {
        wrong.push("a subscription that is not of type rss".to_owned());
    }
    let known = |name: &str| name == "type" || ATTRIBUTES.iter().any(|(known, ..)| *known == name);
    wrong.extend(outline.attributes().filter(|one| !known(one.name())).map(|one| format!("@{}", one.name())));
}

fn children<'a>(of: Node<'a, 'a>, space: &'a str, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |child| named(child) == (space, name))
}

fn named<'a>(node: &Node<'a, 'a>) -> (&'a str, &'a str) {
    (node.tag_name().namespace().unwrap_or_default(), node.tag_name().name())
}

fn elements(of: Node, table: &[Element], wrong: &mut Vec<String>) {
    for &(space, name, least, most, form) in table {
        let found: Vec<Node> = of.children().filter(|child| named(child) == (space, name)).collect();
        if found.len() < least || found.len() > most {
            wrong.push(format!("{} times {name}", found.len()));
        }
        for node in found {
            held(form, node.text().unwrap_or_default(), name, wrong);
        }
    }
    let is_known = |node: &Node| table.iter().any(|(space, name, ..)| named(node) == (*space, *name));
    let strange = of.children().filter(|child| child.is_element() && !is_known(child));
    wrong.extend(strange.map(|child| format!("<{}> has no place here", child.tag_name().name())));
    if of.children().any(|child| child.is_text() && !child.text().unwrap_or_default().trim().is_empty()) {
        wrong.push(format!("text in <{}>", of.tag_name().name()));
    }
}

/// Name, whether it must be there, and what it is.
type Key = (&'static str, bool, Type);

#[derive(Clone, Copy)]
enum Type {
    Text(Form),
    Texts,
    Authors,
    Items,
    Extension,
}

const FEED: [Key; 8] = [
    ("version", true, Type::Text(Form::Address)),
    ("title", true, Type::Text(Form::Filled)),
    ("home_page_url", true, Type::Text(Form::Address)),
    ("feed_url", true, Type::Text(Form::Address)),
    ("description", false, Type::Text(Form::Filled)),
    ("language", false, Type::Text(Form::Language)),
    ("authors", true, Type::Authors),
    ("items", true, Type::Items),
];

const ENTRY: [Key; 12] = [
    ("id", true, Type::Text(Form::Identity)),
    ("url", true, Type::Text(Form::Address)),
    ("title", false, Type::Text(Form::Filled)),
    ("content_html", true, Type::Text(Form::Html)),
    ("summary", false, Type::Text(Form::Filled)),
    ("image", false, Type::Text(Form::Address)),
    ("date_published", true, Type::Text(Form::Moment)),
    ("date_modified", false, Type::Text(Form::Moment)),
    ("authors", false, Type::Authors),
    ("tags", false, Type::Texts),
    ("language", false, Type::Text(Form::Language)),
    ("_dateline", false, Type::Extension),
];

/// What is wrong with a JSON Feed that stands at `url`.
pub fn json_feed(text: &str, url: &str) -> Vec<String> {
    let feed: Value = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => return vec![error.to_string()],
    };
    let mut wrong = Vec::new();
    keys(&feed, &FEED, &mut wrong);
    if feed["version"] != "https://jsonfeed.org/version/1.1" {
        wrong.push("not of version 1.1".to_owned());
    }
    if feed["feed_url"] != url {
        wrong.push(format!("feed_url is not {url}"));
    }
    let mut known = BTreeSet::new();
    for item in feed["items"].as_array().into_iter().flatten() {
        keys(item, &ENTRY, &mut wrong);
        if !known.insert(item["id"].to_string()) {
            wrong.push(format!("id {} stands twice", item["id"]));
        }
    }
    wrong
}

fn keys(of: &Value, table: &[Key], wrong: &mut Vec<String>) {
    let Some(entries) = of.as_object() else {
        return wrong.push(format!("{of} is not an object"));
    };
    for (name, is_required, kind) in table {
        match entries.get(*name) {
            Some(value) => typed(*kind, value, name, wrong),
            None if *is_required => wrong.push(format!("no {name}")),
            None => {}
        }
    }
    let is_known = |key: &String| table.iter().any(|(name, ..)| *name == key.as_str());
    wrong.extend(entries.keys().filter(|key| !is_known(key)).map(|key| format!("{key} has no place here")));
}

fn typed(kind: Type, value: &Value, name: &str, wrong: &mut Vec<String>) {
    match (kind, value) {
        (Type::Text(form), Value::String(text)) => held(form, text, name, wrong),
        (Type::Texts, Value::Array(texts)) => {
            texts.iter().for_each(|text| typed(Type::Text(Form::Filled), text, name, wrong));
        }
        (Type::Authors, Value::Array(authors)) if !authors.is_empty() => {
            let table = [("name", true, Type::Text(Form::Filled))];
            authors.iter().for_each(|author| keys(author, &table, wrong));
        }
        (Type::Items, Value::Array(_)) | (Type::Extension, Value::Object(_)) => {}
        _ => wrong.push(format!("{name} is {value}")),
    }
}

fn held(form: Form, text: &str, name: &str, wrong: &mut Vec<String>) {
    let is_right = match form {
        Form::Filled => !text.trim().is_empty(),
        Form::Address => is_address(text),
        Form::Identity => is_plain(text) && url::Url::parse(text).is_ok(),
        Form::Language => text.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }),
        Form::MailDate => jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).is_ok(),
        Form::Moment => text.parse::<jiff::Timestamp>().is_ok() && text.contains('T'),
        Form::Html => has_whole_addresses(text),
        Form::Any => true,
    };
    if !is_right {
        wrong.push(format!("{name}: `{text}`"));
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte))
}

fn is_address(text: &str) -> bool {
    let is_web = |url: url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    is_plain(text) && url::Url::parse(text).is_ok_and(is_web)
}

/// Whether every link and picture in HTML is whole, for it is read in other places, and nothing runs.
fn has_whole_addresses(html: &str) -> bool {
    let Ok(dom) = tl::parse(html, tl::ParserOptions::default()) else {
        return false;
    };
    dom.nodes().iter().filter_map(|node| node.as_tag()).all(|tag| {
        let addresses = ["href", "src"].into_iter().filter_map(|key| tag.attributes().get(key).flatten());
        let runs = tag.attributes().iter().any(|(key, _)| key.starts_with("on"));
        !runs
            && tag.name().as_utf8_str() != "script"
            && addresses.into_iter().all(|url| is_address(&url.as_utf8_str().replace("&amp;", "&")))
    })
}
