//! What templates see, as they see it: every template is replaced by one that writes its variables
//! down, and this reads them again.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

use crate::common::{TestSite, files};

/// A value as a template sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    Map(Vec<(String, Seen)>),
    List(Vec<Seen>),
    /// A text, and whether it is written as it is rather than escaped.
    Text {
        text: String,
        is_safe: bool,
    },
    Boolean(String),
    Integer(String),
    None,
    Other(String),
}

/// What one page sees: its template, and its variables by name.
pub struct Dump {
    pub template: String,
    pub variables: BTreeMap<String, Seen>,
}

/// The kinds of values, and the characters that stand for them: of private use, so in no text.
const MARKS: [(&str, char); 9] = [
    ("<MAP>", MAP),
    ("<KEY>", KEY),
    ("<LIST>", LIST),
    ("<TEXT>", TEXT),
    ("<BOOLEAN>", BOOLEAN),
    ("<INTEGER>", INTEGER),
    ("<NONE>", NONE),
    ("<OTHER>", OTHER),
    ("<END>", END),
];
const MAP: char = '\u{E000}';
const KEY: char = '\u{E001}';
const LIST: char = '\u{E002}';
const TEXT: char = '\u{E003}';
const BOOLEAN: char = '\u{E004}';
const INTEGER: char = '\u{E005}';
const NONE: char = '\u{E006}';
const OTHER: char = '\u{E007}';
const END: char = '\u{E008}';

/// Builds a site with templates that write down what they see.
pub fn dumps(site: &TestSite, templates: &[&str]) -> Vec<Dump> {
    let marked = |text: &str| {
        MARKS.iter().fold(text.to_owned(), |text, (name, mark)| text.replace(name, &mark.to_string()))
    };
    site.write("templates/widgets/variables.html", &marked(include_str!("dump.html")));
    for template in templates {
        let dump = "<MAP><KEY>template<END><TEXT>NAME<END>NAME<END><KEY>context<END>\
                    {{ <variables.dump v={__tera_context} /> }}<END>";
        site.write(&format!("templates/{template}"), &marked(dump).replace("NAME", template));
    }
    let said = site.run(&["build", "--future", "--drafts"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let pages = files(&site.path("public")).into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| dump(&path, &String::from_utf8(bytes).unwrap())).collect()
}

fn dump(path: &str, page: &str) -> Dump {
    let mut chars = page.chars().peekable();
    let Seen::Map(fields) = value(&mut chars) else {
        panic!("{path} is none of ours: {page:.100}");
    };
    let mut fields = fields.into_iter().map(|(_, field)| field);
    let (Some(Seen::Text { text: template, .. }), Some(Seen::Map(variables))) =
        (fields.next(), fields.next())
    else {
        panic!("{path}: {page:.100}");
    };
    Dump { template, variables: variables.into_iter().collect() }
}

fn value(chars: &mut Peekable<Chars>) -> Seen {
    let mark = chars.next();
    match mark {
        Some(MAP) => {
            let mut fields = Vec::new();
            while chars.next_if_eq(&KEY).is_some() {
                let key = until_end(chars);
                fields.push((key, value(chars)));
            }
            assert_eq!(chars.next(), Some(END));
            Seen::Map(fields)
        }
        Some(LIST) => {
            let mut items = Vec::new();
            while chars.next_if_eq(&END).is_none() {
                items.push(value(chars));
            }
            Seen::List(items)
        }
        Some(TEXT) => {
            let text = until_end(chars);
            let written = until_end(chars);
            Seen::Text { is_safe: written == text, text }
        }
        Some(BOOLEAN) => Seen::Boolean(until_end(chars)),
        Some(INTEGER) => Seen::Integer(until_end(chars)),
        Some(NONE) => {
            until_end(chars);
            Seen::None
        }
        Some(OTHER) => Seen::Other(until_end(chars)),
        mark => panic!("{mark:?} begins no value"),
    }
}

fn until_end(chars: &mut Peekable<Chars>) -> String {
    chars.by_ref().take_while(|next| *next != END).collect()
}
