//! Long texts on several lines: TOML's `"""` with a `\` at the end of each line, which stands for
//! no character, so that the value stays the same to the byte.

use toml_edit::{Array, Formatted, Value};

use crate::starter::quoted;

/// Characters of a line, key and quotation marks included, from which on a text is wrapped.
const WIDTH: usize = 100;

/// A value as it stands after `indent` characters (its key and ` = `): a text that does not fit
/// into one line is wrapped at its spaces, one that fits again stands on one line; a list that
/// does not fit has an item a line.
pub fn wrap(value: &mut Value, indent: usize) {
    let decor = value.decor().clone();
    match value {
        Value::String(text) => {
            if let Some(new) = string(text, indent).and_then(|new| new.parse::<Value>().ok()) {
                *value = new;
            }
        }
        Value::Array(list) => array(list, indent),
        Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::InlineTable(_) => {}
    }
    *value.decor_mut() = decor;
}

/// How a text is written, if it should be written otherwise.
fn string(text: &Formatted<String>, indent: usize) -> Option<String> {
    let value = text.value();
    let raw = text.display_repr();
    // Line breaks that the author set have a meaning, and so may white space at the ends.
    if value.contains(['\n', '\r', '\t']) || value.starts_with(' ') || value.ends_with(' ') {
        return None;
    }
    let is_wrapped = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    if !is_wrapped && indent + raw.chars().count() <= WIDTH {
        return None;
    }
    let line = quoted(value);
    if indent + line.chars().count() <= WIDTH {
        return Some(line);
    }
    let lines = lines(&escaped(value));
    // An address has no place to break.
    (lines.len() > 1).then(|| format!("\"\"\"\\\n{}\"\"\"", lines.join("\\\n")))
}

/// A text as it may stand between `"""`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.push_str("\\\\"),
            // Three in a row would end the text, and so would one before its end.
            '"' if rest.peek().is_none_or(|&next| next == '"') => out.push_str("\\\""),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Lines of at most [`WIDTH`] characters, each but the last with the space at its end; a line
/// that begins with a space would lose it, so runs of spaces stay together.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && line.chars().count() + word.trim_end().chars().count() >= WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Words with the spaces behind them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in 1..bytes.len() {
        if bytes[at - 1] == b' ' && bytes[at] != b' ' {
            words.push(&text[start..at]);
            start = at;
        }
    }
    words.push(&text[start..]);
    words
}

/// A list that stands on one line and does not fit there: an item a line.
fn array(list: &mut Array, indent: usize) {
    let text = list.to_string();
    let text = text.trim();
    if text.contains(['\n', '#']) || indent + text.chars().count() <= WIDTH {
        return;
    }
    for item in list.iter_mut() {
        item.decor_mut().set_prefix("\n  ");
        item.decor_mut().set_suffix("");
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, wanted: &str) {
        let mut value: Value = raw.parse().unwrap();
        wrap(&mut value, 8);
        assert_eq!(value.to_string(), wanted);
        let again: Value = value.to_string().parse().unwrap();
        let before: Value = raw.parse().unwrap();
        assert_eq!(again.as_str(), before.as_str());
        wrap(&mut value, 8);
        assert_eq!(value.to_string(), wanted, "twice");
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        check("\"short\"", "\"short\"");
        check(
            &format!("\"https://a.example/{}\"", "x".repeat(120)),
            &format!("\"https://a.example/{}\"", "x".repeat(120)),
        );
        check("'short \"quoted\"'", "'short \"quoted\"'");
        check("\"\"\"\nline one\nline two\"\"\"", "\"\"\"\nline one\nline two\"\"\"");
    }

    #[test]
    fn long_texts_are_wrapped_at_their_spaces() {
        let text = "word ".repeat(30).trim_end().to_owned();
        let first = "word ".repeat(20);
        let wanted = format!("\"\"\"\\\n{first}\\\n{}\"\"\"", "word ".repeat(10).trim_end());
        check(&format!("\"{text}\""), &wanted);
        check(&format!("'{text}'"), &wanted);
    }

    #[test]
    fn quotation_marks_and_backslashes_stay_what_they_are() {
        let text = format!("{}\\\\d \\\"\\\"\\\"three\\\"", "word ".repeat(25));
        let wanted = format!(
            "\"\"\"\\\n{}\\\n{}\\\\d \\\"\\\"\"three\\\"\"\"\"",
            "word ".repeat(20),
            "word ".repeat(5)
        );
        check(&format!("\"{text}\""), &wanted);
    }

    #[test]
    fn what_fits_again_stands_on_one_line() {
        check("\"\"\"\\\n  a \\\n  b \"c\" \\\\ d\"\"\"", "\"a b \\\"c\\\" \\\\ d\"");
        check("\"\"\"\\\n  a \"\\\\\" b\"\"\"", "\"a \\\"\\\\\\\" b\"");
    }

    #[test]
    fn a_long_list_has_an_item_a_line() {
        let item = format!("\"{}\"", "x".repeat(60));
        let mut value: Value = format!("[{item}, {item}]").parse().unwrap();
        wrap(&mut value, 8);
        assert_eq!(value.to_string(), format!("[\n  {item},\n  {item},\n]"));
    }
}
