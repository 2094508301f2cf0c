//! Kinds of theme options, and how a value of each is checked.

use crate::content::data::Data;
use crate::content::record::wrong_type;
use crate::content::tree::{Kind, Node};
use crate::diag::{Code, Diags, Span, Spanned, nearest};

/// What an option takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionKind {
    /// Any text.
    Text,
    /// True or false.
    Boolean,
    /// A whole number in a range, both ends included.
    Integer(i64, i64),
    /// `#rrggbb`, or one for light pages and one for dark ones.
    Color,
    /// Names of fonts as style sheets list them.
    Font,
    /// A number with a unit of style sheets.
    Length,
    /// One of these words.
    Choice(Vec<String>),
    /// Some of these words, in an order that matters.
    List(Vec<String>),
    /// A picture in static/.
    Image,
}

/// Whose value it is: pictures stand in a site's static/, so no theme can name one.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    Theme,
    /// With what tells whether a path stands in static/.
    Site(&'p dyn Fn(&str) -> bool),
}

const KINDS: [&str; 9] = ["text", "boolean", "integer", "color", "font", "length", "choice", "list", "image"];
const UNITS: [&str; 8] = ["rem", "em", "px", "ch", "ex", "vw", "vh", "%"];

impl OptionKind {
    /// The kind that a declaration names, with its choices and its range.
    pub(super) fn read(
        name: &Spanned<String>,
        kind: Option<&Spanned<String>>,
        (choices, min, max): (&[String], Option<i64>, Option<i64>),
        diags: &mut Diags,
    ) -> Option<OptionKind> {
        let Some(kind) = kind else {
            let message = format!("the option `{}` has no kind", name.value);
            diags
                .error(Code::MissingKey, name.span, message)
                .set_help("add `kind = \"text\"` or another kind");
            return None;
        };
        let of_choices = |make: fn(Vec<String>) -> OptionKind, diags: &mut Diags| {
            if choices.is_empty() {
                let message = format!("the option `{}` has no choices", name.value);
                diags.error(Code::MissingKey, name.span, message).set_help("add `choices = [\"…\"]`");
                return None;
            }
            Some(make(choices.to_vec()))
        };
        match kind.value.as_str() {
            "text" => Some(OptionKind::Text),
            "boolean" => Some(OptionKind::Boolean),
            "integer" => Some(OptionKind::Integer(min.unwrap_or(0), max.unwrap_or(i64::MAX))),
            "color" => Some(OptionKind::Color),
            "font" => Some(OptionKind::Font),
            "length" => Some(OptionKind::Length),
            "choice" => of_choices(OptionKind::Choice, diags),
            "list" => of_choices(OptionKind::List, diags),
            "image" => Some(OptionKind::Image),
            other => {
                let message = format!("no kind of option is called `{other}`");
                diags.error(Code::BadValue, kind.span, message).set_help(choose(other, KINDS.into_iter()));
                None
            }
        }
    }

    /// The word in theme.toml.
    pub fn name(&self) -> &'static str {
        match self {
            OptionKind::Text => "text",
            OptionKind::Boolean => "boolean",
            OptionKind::Integer(..) => "integer",
            OptionKind::Color => "color",
            OptionKind::Font => "font",
            OptionKind::Length => "length",
            OptionKind::Choice(_) => "choice",
            OptionKind::List(_) => "list",
            OptionKind::Image => "image",
        }
    }

    /// The default of options that need not give one; no fonts are those of the style sheet.
    pub(super) fn empty(&self) -> Option<Data> {
        match self {
            OptionKind::Text | OptionKind::Font | OptionKind::Image => Some(Data::Text("".into())),
            OptionKind::Boolean => Some(Data::Boolean(false)),
            OptionKind::List(_) => Some(Data::List(Vec::new())),
            OptionKind::Choice(choices) => choices.first().map(|choice| Data::Text(choice.as_str().into())),
            OptionKind::Integer(..) | OptionKind::Color | OptionKind::Length => None,
        }
    }

    /// A value of this kind, or a diag.
    pub(super) fn value(&self, node: &Node, place: Place, diags: &mut Diags) -> Option<Data> {
        match (self, &node.kind) {
            (OptionKind::Boolean, Kind::Boolean(value)) => Some(Data::Boolean(*value)),
            (OptionKind::Integer(min, max), Kind::Integer(value)) => {
                if (min..=max).contains(&value) {
                    return Some(Data::Integer(*value));
                }
                let message = format!("{value} is out of range");
                diags.error(Code::BadValue, node.span, message).set_help(range(*min, *max));
                None
            }
            (OptionKind::List(choices), Kind::List(items)) => words(choices, items, diags),
            (OptionKind::Color, Kind::Table(_)) => two_colors(node, diags),
            (_, Kind::Text(text)) => self.text(text, node.span, place, diags),
            _ => {
                wrong_type(node, self.wanted(), diags);
                None
            }
        }
    }

    fn wanted(&self) -> &'static str {
        match self {
            OptionKind::Boolean => "true or false",
            OptionKind::Integer(..) => "a whole number",
            OptionKind::List(_) => "a list",
            OptionKind::Text
            | OptionKind::Color
            | OptionKind::Font
            | OptionKind::Length
            | OptionKind::Choice(_)
            | OptionKind::Image => "a text",
        }
    }

    fn text(&self, text: &str, span: Span, place: Place, diags: &mut Diags) -> Option<Data> {
        let (good, message, help) = match self {
            OptionKind::Text => return Some(Data::Text(text.into())),
            OptionKind::Color => {
                let color = color(text, span, diags)?;
                return Some(both(&color, &color));
            }
            OptionKind::Choice(choices) => {
                let names = choices.iter().map(String::as_str);
                (choices.iter().any(|choice| choice == text), "is no choice here", choose(text, names))
            }
            OptionKind::Font => {
                let help = "write names of fonts with commas between, such as `Charter, Georgia, serif`";
                (is_font(text), "is no list of fonts", help.to_owned())
            }
            OptionKind::Length => {
                let help = format!("write a number with one of the units {}", UNITS.join(", "));
                (is_length(text), "is no length", help)
            }
            OptionKind::Image => return image(text, span, place, diags),
            OptionKind::Boolean | OptionKind::Integer(..) | OptionKind::List(_) => {
                let node = Node { span, kind: Kind::Text(text.into()) };
                wrong_type(&node, self.wanted(), diags);
                return None;
            }
        };
        if !good {
            diags.error(Code::BadValue, span, format!("`{text}` {message}")).set_help(help);
        }
        good.then(|| Data::Text(text.into()))
    }
}

fn range(min: i64, max: i64) -> String {
    match max {
        i64::MAX => format!("write a whole number from {min} on"),
        max => format!("write a whole number from {min} to {max}"),
    }
}

fn choose<'c>(word: &str, choices: impl Iterator<Item = &'c str> + Clone) -> String {
    match nearest(word, choices.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the choices are {}", choices.collect::<Vec<_>>().join(", ")),
    }
}

fn words(choices: &[String], items: &[Node], diags: &mut Diags) -> Option<Data> {
    let mut list: Vec<Data> = Vec::new();
    for item in items {
        let Kind::Text(text) = &item.kind else {
            wrong_type(item, "a text", diags);
            continue;
        };
        let word = Data::Text(text.as_ref().into());
        if !choices.iter().any(|choice| choice == text) {
            let help = choose(text, choices.iter().map(String::as_str));
            diags.error(Code::BadValue, item.span, format!("`{text}` is no choice here")).set_help(help);
        } else if list.contains(&word) {
            let message = format!("`{text}` stands here twice");
            diags.error(Code::BadValue, item.span, message).set_help("leave one out");
        } else {
            list.push(word);
        }
    }
    Some(Data::List(list))
}

fn both(light: &str, dark: &str) -> Data {
    let entry = |key: &str, color: &str| (key.into(), Data::Text(color.into()));
    Data::Table(vec![entry("light", light), entry("dark", dark)])
}

fn two_colors(node: &Node, diags: &mut Diags) -> Option<Data> {
    let Kind::Table(table) = &node.kind else {
        return None;
    };
    for entry in table.entries().iter().filter(|entry| !matches!(entry.key.as_ref(), "light" | "dark")) {
        let message = format!("unknown key `{}`", entry.key);
        diags.error(Code::UnknownKey, entry.key_span, message).set_help("the keys here are light, dark");
    }
    let mut of = |key: &str| {
        let Some(node) = table.get(key) else {
            let message = format!("the colour for {key} pages is missing");
            diags
                .error(Code::MissingKey, node.span, message)
                .set_help("write `{ light = \"#rrggbb\", dark = \"#rrggbb\" }`");
            return None;
        };
        match &node.kind {
            Kind::Text(text) => color(text, node.span, diags),
            _ => {
                wrong_type(node, "a text", diags);
                None
            }
        }
    };
    let (light, dark) = (of("light"), of("dark"));
    Some(both(&light?, &dark?))
}

/// A colour as `#rrggbb` in small letters.
fn color(text: &str, span: Span, diags: &mut Diags) -> Option<String> {
    let hex = text.strip_prefix('#').unwrap_or_default();
    let digits: String = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => hex.to_owned(),
    };
    let good = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !good {
        diags.error(Code::BadValue, span, format!("`{text}` is no colour")).set_help("write it as `#rrggbb`");
    }
    good.then(|| format!("#{}", digits.to_ascii_lowercase()))
}

/// Whether a text is a list of font families and nothing that could end a declaration.
fn is_font(text: &str) -> bool {
    let is_word = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(|c| c.is_alphabetic() || c == '-' || c == '_')
            && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
    };
    let is_quoted = |part: &str| {
        ['"', '\''].into_iter().any(|quote| {
            let inner = part.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
            inner.is_some_and(|name| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '&' | '+'))
            })
        })
    };
    text.split(',').map(str::trim).all(|part| is_word(part) || is_quoted(part))
}

fn is_length(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let is_number = !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && number.bytes().filter(|b| *b == b'.').count() <= 1
        && number.bytes().any(|b| b.is_ascii_digit());
    is_number && (UNITS.contains(&&text[number.len()..]) || text == "0")
}

fn image(text: &str, span: Span, place: Place, diags: &mut Diags) -> Option<Data> {
    let path = text.trim_start_matches('/');
    let is_there = match place {
        _ if path.is_empty() => return Some(Data::Text("".into())),
        Place::Theme => {
            let message = "a theme cannot name a picture of the site";
            diags.error(Code::BadValue, span, message).set_help("leave the default out");
            return None;
        }
        Place::Site(is_file) => is_file(path),
    };
    if !is_there {
        let message = format!("there is no picture static/{path}");
        diags.error(Code::MissingImage, span, message).set_help("put the picture into static/");
    }
    is_there.then(|| Data::Text(format!("/{path}").into()))
}
