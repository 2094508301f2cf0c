//! What the name of a story's file says: slug, day, language.

/// What a file's path says about the page in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Name<'p> {
    /// The date that the name begins with.
    pub date: Option<jiff::civil::Date>,
    /// The name without date, language and ending.
    pub stem: &'p str,
    /// The language in `NAME.de.md`.
    pub lang: Option<&'p str>,
    /// Whether it is the index file of a folder (a page bundle).
    pub bundle: bool,
}

/// Reads a path such as `content/stories/2025-07-31-iss.de.md`.
pub fn name_of(path: &str) -> Name<'_> {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lang = match stem.rsplit_once('.') {
        Some((rest, tag)) if is_lang_suffix(tag) => {
            stem = rest;
            Some(tag)
        }
        _ => None,
    };
    let bundle = stem == "index";
    if bundle {
        stem = parts.next().unwrap_or(stem);
    }
    let date = stem.get(..10).and_then(|date| date.parse().ok());
    let stem = match (date, stem.get(10..)) {
        (Some(_), Some(rest)) => match rest.strip_prefix(['-', '_', ' ']) {
            Some(rest) if !rest.is_empty() => rest,
            _ => stem,
        },
        _ => stem,
    };
    Name { date, stem, lang, bundle }
}

/// The name of a file without its ending: the id of an outlet.
pub fn name_of_file(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// `de`, `pt-BR`, `zh-Hant`: what may stand between the name and `.md`.
fn is_lang_suffix(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
