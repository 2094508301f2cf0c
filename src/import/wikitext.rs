//! A day of Wikipedia's current events in wikitext: every event that names a source is a draft.

use std::collections::BTreeSet;

use super::draft::{Draft, Source};
use super::text::{lead, line, prose};
use super::{Context, Fault, Imported, name_all};

/// Characters of a title made from an event's text.
const TITLE: usize = 90;

/// Reads a day.
pub fn read(text: &str, context: &Context) -> Result<Imported, Fault> {
    let day = day(text);
    let mut imported = Imported::default();
    if day.is_none() {
        imported.notes.insert("the text names no day: today was taken; mend `date`".to_owned());
    }
    let mut topic = None;
    let mut above: Vec<Above> = Vec::new();
    let bare = without_comments(text, &mut imported.notes);
    for (at, written) in bare.lines().map(str::trim).enumerate() {
        let depth = written.bytes().take_while(|byte| *byte == b'*').count();
        let heading = heading(written);
        if depth == 0 && heading.is_none() {
            continue;
        }
        let rest = above.iter().position(|above| depth <= above.depth).unwrap_or(above.len());
        imported.notes.extend(above.drain(rest..).filter_map(Above::lost));
        if heading.is_some() {
            topic = heading.filter(|name| !name.is_empty());
            continue;
        }
        let (plain, sources) = links(written[depth..].trim());
        if sources.is_empty() {
            above.push(Above { line: at + 1, depth, text: plain, is_used: false });
            continue;
        }
        above.iter_mut().for_each(|above| above.is_used = true);
        let under: Vec<String> = above.iter().map(|above| above.text.clone()).collect();
        imported.stories.push(story(&plain, sources, topic.clone(), &under, day.clone()));
    }
    imported.notes.extend(above.into_iter().filter_map(Above::lost));
    if imported.stories.is_empty() {
        return Err(nothing(text));
    }
    name_all(&mut imported.stories, context.today);
    Ok(imported)
}

/// A line without a source, under which events may stand.
struct Above {
    line: usize,
    depth: usize,
    text: String,
    /// Whether one does.
    is_used: bool,
}

impl Above {
    /// What is said of a line that became nothing.
    fn lost(self) -> Option<String> {
        let Above { line, text, is_used, .. } = self;
        (!is_used && !text.is_empty()).then(|| format!("line {line}: an event without a source was left out"))
    }
}

/// Why a text gives nothing: its first event has no source, or there is none.
fn nothing(text: &str) -> Fault {
    let mut at = 0;
    let mut first = None;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('*') {
            let message =
                "there is no event with a source in this text; a source is written as `[https://… (Name)]`";
            return Fault { message: message.to_owned(), at: Some(at) };
        }
        if !line.trim().is_empty() {
            first.get_or_insert(at);
        }
        at += line.len();
    }
    let message = "there is no event in this text; it should have lines that begin with `*`";
    Fault { message: message.to_owned(), at: Some(first.unwrap_or(0)) }
}

fn story(
    text: &str,
    sources: Vec<Source>,
    topic: Option<String>,
    under: &[String],
    day: Option<String>,
) -> Draft {
    let first = text.split_once(". ").map_or(text, |(first, _)| first);
    let mut comments =
        vec!["Imported from Wikipedia's current events (CC BY-SA 4.0: name and link it).".to_owned()];
    if !under.is_empty() {
        comments.push(format!("It stands under: {}", under.join(" / ")));
    }
    Draft {
        title: lead(first.trim_end_matches('.'), TITLE),
        date: day,
        summary: Some(prose(text)),
        topics: topic.into_iter().collect(),
        disclosure: Some(
            "Imported from Wikipedia's list of current events and not yet checked by a person.".to_owned(),
        ),
        comments,
        sources,
        ..Draft::default()
    }
}

/// The day in `{{Current events|year=2025|month=07|day=31`.
fn day(text: &str) -> Option<String> {
    let number = |key: &str| -> Option<i16> {
        let rest = text.split_once(&format!("|{key}="))?.1.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    };
    let month = i8::try_from(number("month")?).ok()?;
    let day = i8::try_from(number("day")?).ok()?;
    jiff::civil::Date::new(number("year")?, month, day).ok().map(|day| day.to_string())
}

/// A text without its comments, its lines kept; one without an end takes all that follows.
fn without_comments(text: &str, notes: &mut BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line = 1;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        line += before.matches('\n').count();
        let Some((comment, after)) = after.split_once("-->") else {
            notes.insert(format!("line {line}: a comment begins that has no end; all after it was left out"));
            return out;
        };
        let breaks = comment.matches('\n').count();
        line += breaks;
        out.extend(std::iter::repeat_n('\n', breaks));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `;Topic` or `'''Topic'''`.
fn heading(line: &str) -> Option<String> {
    let bold = line.strip_prefix("'''").and_then(|rest| rest.strip_suffix("'''"));
    let text = line.strip_prefix(';').or(bold)?;
    Some(links(text.trim()).0)
}

/// The plain text of a line, and its outside links as sources.
fn links(text: &str) -> (String, Vec<Source>) {
    let mut plain = String::new();
    let mut sources = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, after)) = rest.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
            plain.push_str(inner.rsplit_once('|').map_or(inner, |(_, label)| label));
            rest = after;
        } else if let Some((inner, after)) =
            rest[1..].split_once(']').filter(|(inner, _)| inner.contains("://"))
        {
            sources.extend(source(inner, sources.len()));
            rest = after;
        } else {
            plain.push('[');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    let plain = QUOTES.iter().fold(plain, |text, mark| text.replace(*mark, ""));
    (line(&plain), sources)
}

/// Marks of bold and italic text, longest first.
const QUOTES: [&str; 3] = ["'''''", "'''", "''"];

/// `https://… (Name of the outlet)`.
fn source(inner: &str, before: usize) -> Option<Source> {
    let (url, label) = inner.split_once(' ').unwrap_or((inner, ""));
    url.starts_with("http").then(|| {
        let name = label.trim().trim_start_matches('(').trim_end_matches(')');
        let mut comments = Vec::new();
        if !name.is_empty() {
            comments.push(format!("Named there as {name}; the title is missing."));
        }
        Source {
            id: Some(format!("s{}", before + 1)),
            url: Some(super::web::clean(url)),
            comments,
            ..Source::default()
        }
    })
}
