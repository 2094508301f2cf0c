//! What a new site and a new file begin with: the embedded sample site, files for hosts, and
//! archetypes.
//!
//! In: a date, a title. Out: paths and texts. Knows nothing of the disk.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/starter");

/// A file for a host, which `init` writes when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// A workflow that publishes with GitHub Pages.
    GitHub,
    /// A build description for Netlify.
    Netlify,
}

/// What a new file can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A story.
    Story,
    /// An outlet.
    Outlet,
    /// An edition.
    Edition,
    /// A plain page.
    Page,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Story, Kind::Outlet, Kind::Edition, Kind::Page];

    /// The word on the command line and in `archetypes/`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Story => "story",
            Kind::Outlet => "outlet",
            Kind::Edition => "edition",
            Kind::Page => "page",
        }
    }

    /// The folder below content/ that holds its files.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Story => "content/stories",
            Kind::Outlet => "content/outlets",
            Kind::Edition => "content/editions",
            Kind::Page => "content/pages",
        }
    }

    /// The built-in archetype: the ending of its file, and its text.
    pub fn archetype(self) -> (&'static str, &'static str) {
        let ending = if self == Kind::Outlet { "toml" } else { "md" };
        (ending, embedded(&format!("archetypes/{}.{ending}", self.name())))
    }
}

/// The files of a new site: path and text, in the order of paths.
pub fn site(today: &str, hosts: &[Host]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(FILES.get_dir("site"), &mut files);
    for text in files.values_mut() {
        *text = text.replace("@TODAY@", today);
    }
    for kind in Kind::ALL {
        let (ending, text) = kind.archetype();
        files.insert(format!("archetypes/{}.{ending}", kind.name()), text.to_owned());
    }
    files.insert(".gitignore".to_owned(), embedded("hosts/gitignore").to_owned());
    for host in hosts {
        let (path, source) = match host {
            Host::GitHub => (".github/workflows/pages.yml", "hosts/pages.yml"),
            Host::Netlify => ("netlify.toml", "hosts/netlify.toml"),
        };
        files.insert(path.to_owned(), embedded(source).replace("@VERSION@", env!("CARGO_PKG_VERSION")));
    }
    files
}

fn collect(folder: Option<&Dir>, files: &mut BTreeMap<String, String>) {
    let Some(folder) = folder else { return };
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let path = path.strip_prefix("site/").unwrap_or(&path).to_owned();
        files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
    }
    folder.dirs().for_each(|folder| collect(Some(folder), files));
}

fn embedded(path: &str) -> &'static str {
    FILES.get_file(path).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// What an archetype's placeholders stand for.
#[derive(Debug)]
pub struct Filling<'f> {
    /// `{{ title }}`; inside quotation marks it is escaped for TOML.
    pub title: &'f str,
    /// `{{ slug }}`
    pub slug: &'f str,
    /// `{{ date }}`
    pub date: &'f str,
    /// `{{ stories }}`: slugs, written as a TOML list.
    pub stories: &'f [String],
}

/// Fills an archetype in.
pub fn fill(archetype: &str, with: &Filling) -> String {
    let title = quoted(with.title);
    let plain: String = with.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut stories = String::from("[");
    for slug in with.stories {
        stories.push_str(&format!("\n  {},", quoted(slug)));
    }
    stories.push_str(if with.stories.is_empty() { "]" } else { "\n]" });
    // One pass: what a title holds is not filled in again.
    let mut text = String::with_capacity(archetype.len() + 64);
    let mut rest = archetype;
    while let Some(at) = rest.find("{{") {
        let Some(end) = rest[at..].find("}}").map(|end| at + end + 2) else { break };
        let is_quoted = rest[..at].ends_with('"') && rest[end..].starts_with('"');
        let value = match (rest[at + 2..end - 2].trim(), is_quoted) {
            ("title", true) => &title[1..title.len() - 1],
            ("title", false) => plain.as_str(),
            ("slug", _) => with.slug,
            ("date", _) => with.date,
            ("stories", _) => stories.as_str(),
            _ => &rest[at..end],
        };
        text.push_str(&rest[..at]);
        text.push_str(value);
        rest = &rest[end..];
    }
    text.push_str(rest);
    text
}

/// A text as a TOML basic string on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_break_out_of_its_quotation_marks() {
        let with = Filling { title: "A \"b\"\n{{ date }}", slug: "a-b", date: "2025-07-31", stories: &[] };
        let text = fill("title = \"{{ title }}\"\ndate = {{date}} # {{ title }} {{ own }}", &with);
        assert_eq!(
            text,
            "title = \"A \\\"b\\\"\\n{{ date }}\"\ndate = 2025-07-31 # A \"b\" {{ date }} {{ own }}"
        );
    }

    #[test]
    fn every_kind_has_an_archetype_and_the_site_its_files() {
        let files = site("2025-07-31", &[Host::GitHub, Host::Netlify]);
        for path in ["dateline.toml", "content/pages/about.md", ".github/workflows/pages.yml", "netlify.toml"]
        {
            assert!(files.get(path).is_some_and(|text| !text.is_empty()), "{path}");
        }
        assert!(Kind::ALL.iter().all(|kind| !kind.archetype().1.is_empty()));
        assert!(!files.values().any(|text| text.contains("@TODAY@") || text.contains("@VERSION@")));
    }
}
