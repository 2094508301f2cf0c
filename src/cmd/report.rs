//! How problems are printed: for people, one a line, or as JSON.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;

use super::{Color, Format, Global};
use crate::diag::{Code, Diag, Error, Severity, counted};

/// Problems of one kind that are shown to people; the rest is counted.
const AT_MOST: usize = 20;
/// Bytes of a line beyond which the line is cut for display.
const LONG_LINE: usize = 400;

/// Prints problems to stderr; all of them as JSON, at most 20 of a kind for people.
pub fn diags(global: &Global, diags: &[Diag]) {
    let mut err = std::io::stderr().lock();
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    for diag in diags {
        let count = seen.entry(diag.code).or_default();
        *count += 1;
        if global.message_format == Format::Human && *count > AT_MOST {
            continue;
        }
        let text = match global.message_format {
            Format::Human => human(diag, colored(global)),
            Format::Short => short(diag),
            Format::Json => as_json(diag),
        };
        let _ = writeln!(err, "{text}");
    }
    if global.message_format == Format::Human {
        for (code, count) in seen.into_iter().filter(|(_, count)| *count > AT_MOST) {
            let _ = writeln!(err, "… and {} more of the kind `{}`", count - AT_MOST, code.name());
        }
    }
}

/// How many errors and warnings there are.
pub fn totals(diags: &[Diag]) -> String {
    let errors = diags.iter().filter(|diag| diag.severity == Severity::Error).count();
    let warnings = diags.len() - errors;
    format!("{}, {}", counted(errors, "error", "errors"), counted(warnings, "warning", "warnings"))
}

/// Prints what the machine did.
pub fn error(global: &Global, error: &Error) {
    trouble(global, &error.to_string());
}

/// Prints that the machine failed at something, which goes on.
pub fn trouble(global: &Global, text: &str) {
    said(global, "error", text);
}

/// Prints what somebody should know before they go on.
pub fn warning(global: &Global, text: &str) {
    said(global, "warning", text);
}

fn said(global: &Global, severity: &str, text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = match global.message_format {
        Format::Json => writeln!(err, "{}", json!({"severity": severity, "message": printable(text)})),
        Format::Human | Format::Short => writeln!(err, "{severity}: {}", printable(text)),
    };
}

/// A problem as text for people, without colours.
pub fn plain(diag: &Diag) -> String {
    human(diag, false)
}

/// Whether stderr gets colours.
fn colored(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stderr().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn short(diag: &Diag) -> String {
    let at = diag.position();
    printable(&format!(
        "{}:{}:{}: {}[{}]: {}",
        diag.path,
        at.line,
        at.column,
        word(diag.severity),
        diag.code.name(),
        diag.message
    ))
}

fn as_json(diag: &Diag) -> String {
    let at = diag.position();
    let object = json!({
        "path": &*diag.path,
        "line": at.line,
        "column": at.column,
        "start": diag.span.map(|span| span.start),
        "end": diag.span.map(|span| span.end),
        "severity": word(diag.severity),
        "code": diag.code.name(),
        "message": diag.message,
        "help": diag.help,
    });
    escaped(&object.to_string())
}

/// JSON whose texts are the same and which steers no terminal that it is shown on.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if is_steering(c) => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

fn human(diag: &Diag, color: bool) -> String {
    let level = match diag.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = printable(&diag.message);
    let path = printable(&diag.path);
    let title = level.primary_title(&message).id(diag.code.name());
    let excerpt = excerpt(diag);
    let mut group = annotate_snippets::Group::with_title(title);
    group = match &excerpt {
        Some((line, text, range)) => group.element(
            Snippet::source(text.as_str())
                .line_start(*line)
                .path(&path)
                .annotation(AnnotationKind::Primary.span(range.clone())),
        ),
        None => group.element(annotate_snippets::Origin::path(&path)),
    };
    let help = diag.help.as_deref().map(printable);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&[group]))
}

/// The line of a diag: its number, its text made harmless for a terminal, and the marked part.
fn excerpt(diag: &Diag) -> Option<(usize, String, Range<usize>)> {
    let (text, span) = (diag.text.as_ref()?, diag.span?);
    let start = text.floor_char_boundary(span.start as usize);
    let Range { start: line_start, end: line_end } = text.line(start);
    let end = text.floor_char_boundary((span.end as usize).max(start)).clamp(start, line_end);
    let from = text.floor_char_boundary(line_start.max(start.saturating_sub(LONG_LINE / 2)));
    let to = text.floor_char_boundary(line_end.min(start + LONG_LINE));
    let before = printable(&text[from..start]);
    let marked = printable(&text[start..end.min(to)]);
    let after = printable(text[end.min(to)..to].trim_end());
    // A place between two characters is shown at the second one, whole.
    let next = after.chars().next().map_or(1, char::len_utf8);
    let width = if marked.is_empty() { next } else { marked.len() };
    let range = before.len()..before.len() + width;
    let mut line = format!("{before}{marked}{after}");
    if line.len() < range.end {
        line.push(' ');
    }
    Some((diag.position().line, line, range))
}

/// A text without what could steer a terminal or turn its reading direction.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if is_steering(c) => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// Characters that steer a terminal, or are not seen and turn what is.
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn diag() -> Diag {
        Diag::error(Code::UnknownKey, "content/a.md", "unknown key `titel`")
            .at(Span::new(4, 9))
            .help("did you mean `title`?")
            .text("+++\ntitel = \"x\u{1b}[31m\"\n")
    }

    #[test]
    fn a_place_before_any_character_is_shown_at_the_whole_of_it() {
        for text in ["a é", "a \u{1b}", "a ", "a", ""] {
            for at in 0..=text.len() {
                let diag = Diag::error(Code::Syntax, "a.md", "x").at(Span::new(at, at)).text(text);
                assert!(human(&diag, false).contains("a.md:1"), "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn people_see_the_line_with_a_caret_and_what_to_do() {
        let text = human(&diag(), false);
        assert!(text.contains("error[unknown-key]: unknown key `titel`"), "{text}");
        assert!(text.contains("content/a.md:2:1"), "{text}");
        assert!(text.contains("^^^^^"), "{text}");
        assert!(text.contains("help: did you mean `title`?"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn tools_get_one_line() {
        assert_eq!(short(&diag()), "content/a.md:2:1: error[unknown-key]: unknown key `titel`");
        let parsed: serde_json::Value = serde_json::from_str(&as_json(&diag())).unwrap();
        assert_eq!((parsed["line"].as_u64(), parsed["start"].as_u64()), (Some(2), Some(4)));
    }
}
