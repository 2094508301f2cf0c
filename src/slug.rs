//! Slugs: the part of a URL that names a page, and a folder in the output.

use std::borrow::Cow;
use std::fmt;

/// A checked slug: one path segment that is safe on every disk and host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

const MAX_BYTES: usize = 200;

impl Slug {
    /// Checks a slug that an author wrote; the error says what is wrong with it.
    pub fn new(text: &str) -> Result<Slug, &'static str> {
        if text.is_empty() {
            return Err("a slug may not be empty");
        }
        if text.len() > MAX_BYTES {
            return Err("a slug may not be longer than 200 bytes");
        }
        if text.contains(['/', '\\', '?', '#', '%', ':', '*', '"', '<', '>', '|']) {
            return Err("a slug may not hold any of / \\ ? # % : * \" < > |");
        }
        if text.chars().any(|c| c.is_control() || is_format(c)) {
            return Err("a slug may not hold control characters");
        }
        if text.contains("..") || text.starts_with('.') || text.ends_with('.') {
            return Err("a slug may not hold `..` nor begin or end with a dot");
        }
        if text.trim() != text {
            return Err("a slug may not begin or end with white space");
        }
        if is_reserved(text) {
            return Err("Windows reserves this name");
        }
        Ok(Slug(text.into()))
    }

    /// Makes a slug from a text in any script: `Über München!` becomes `uber-munchen`.
    pub fn from_title(title: &str) -> Slug {
        let plain = deunicode::deunicode_with_tofu(title, " ");
        let mut slug = String::with_capacity(plain.len());
        for c in plain.chars() {
            match c {
                'A'..='Z' | 'a'..='z' | '0'..='9' => slug.push(c.to_ascii_lowercase()),
                '\'' | '’' => {}
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
            if slug.len() >= 80 {
                break;
            }
        }
        let slug = slug.trim_matches('-');
        match Slug::new(slug) {
            Ok(slug) => slug,
            Err(_) if slug.is_empty() => Slug("untitled".into()),
            Err(_) => Slug(format!("{slug}-1").into()),
        }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A slug or path without regard to case, as disks and hosts may take it; most are in lower case
/// already, and nothing is copied.
pub fn folded(path: &str) -> Cow<'_, str> {
    let is_lower = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// The first of `base`, `base-2`, `base-3`, … that is free.
pub fn numbered(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut id = base.to_owned();
    let mut number = 2;
    while taken(&id) {
        id = format!("{base}-{number}");
        number += 1;
    }
    id
}

fn is_format(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_reserved(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text).to_ascii_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn slugs_that_could_leave_the_site_or_break_a_disk_are_refused() {
        for bad in [
            "",
            "a/b",
            "..",
            "../../x",
            "a\\b",
            "a\u{0}b",
            ".hidden",
            ".dateline-manifest",
            "CON",
            "nul.txt",
            "com1",
            " a",
            "a ",
            "a.",
            "a?b",
            "a%2fb",
            "x\u{202E}y",
            &"x".repeat(201),
        ] {
            assert!(Slug::new(bad).is_err(), "{bad:?}");
        }
        for good in ["iss", "2025-space", "日本", "a.b", "com", "console", "x_y"] {
            assert_eq!(Slug::new(good).as_ref().map(Slug::as_str), Ok(good));
        }
    }

    #[test]
    fn titles_in_any_script_become_slugs() {
        assert_eq!(Slug::from_title("Über München's \"Flut\"!").as_str(), "uber-munchens-flut");
        assert_eq!(Slug::from_title("Москва и космос").as_str(), "moskva-i-kosmos");
        assert_eq!(Slug::from_title("!!!").as_str(), "untitled");
        assert_eq!(Slug::from_title("CON").as_str(), "con-1");
        assert!(!Slug::from_title("東京の話").as_str().is_empty());
    }
}
