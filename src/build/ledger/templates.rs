//! What each template of a theme uses, so that a page depends on those and on no others.
//!
//! A template uses every file and component whose name stands anywhere in its text. That finds too
//! many now and then (a name in a comment), and never too few: Tera knows no computed names.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::theme::{Template, Theme};

/// The digest of every template and component by the name that pages render it under: of its own
/// text and of all that it uses.
pub fn digests(theme: &Theme) -> BTreeMap<String, u128> {
    let files = &theme.templates;
    // One name may stand for files of several layers: all of them count.
    let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        for name in std::iter::once(inner(file, &theme.prefixes)).chain(components(&file.text)) {
            named.entry(name.to_owned()).or_default().insert(at);
        }
    }
    let texts: Vec<u128> = files.iter().map(|file| xxh3_128(file.text.as_bytes())).collect();
    let uses: Vec<BTreeSet<usize>> = files.iter().map(|file| used(&file.text, &named)).collect();
    let digest = |roots: &BTreeSet<usize>| {
        let mut hasher = Xxh3::new();
        for at in closure(roots, &uses) {
            hasher.update(files[at].name.as_bytes());
            hasher.update(&texts[at].to_le_bytes());
        }
        hasher.digest128()
    };
    named.iter().map(|(name, roots)| (name.clone(), digest(roots))).collect()
}

/// The name of a template without that of its layer.
fn inner<'t>(file: &'t Template, prefixes: &[String]) -> &'t str {
    let name = &*file.name;
    prefixes.iter().find_map(|prefix| name.strip_prefix(&**prefix)).unwrap_or(name)
}

/// The components that a text defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split("component ").skip(1);
    let name = |piece: &'_ str| {
        piece.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))).unwrap_or(piece.len())
    };
    pieces.map(move |piece| &piece[..name(piece)]).filter(|name| !name.is_empty())
}

/// The files whose names, or whose components' names, stand in a text.
fn used(text: &str, named: &BTreeMap<String, BTreeSet<usize>>) -> BTreeSet<usize> {
    let stands = |name: &str| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some();
    named.iter().filter(|(name, _)| stands(name)).flat_map(|(_, files)| files.iter().copied()).collect()
}

/// These files and all that they use.
fn closure(roots: &BTreeSet<usize>, uses: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = roots.clone();
    let mut open: Vec<usize> = roots.iter().copied().collect();
    while let Some(at) = open.pop() {
        open.extend(uses[at].iter().copied().filter(|&other| found.insert(other)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(files: &[(&str, &str)]) -> Theme {
        let template = |&(name, text): &(&str, &str)| Template {
            name: name.to_owned(),
            path: name.to_owned(),
            text: text.to_owned(),
        };
        let templates = files.iter().map(template).collect();
        Theme { templates, prefixes: vec!["default/".to_owned()], ..Theme::default() }
    }

    const FILES: [(&str, &str); 5] = [
        ("default/base.html", "<p>{% include \"hooks/foot.html\" %}"),
        ("default/story.html", "{% extends \"base.html\" %}{{ <widgets.bar /> }}"),
        ("default/topic.html", "{% extends \"base.html\" %}"),
        ("default/widgets/bar.html", "{% component widgets.bar() %}|{% endcomponent widgets.bar %}"),
        ("default/hooks/foot.html", ""),
    ];

    /// The names whose digest changes with one file, or with one file more.
    fn changed(name: &str, text: &str) -> Vec<String> {
        let mut files: Vec<(&str, &str)> = FILES.into_iter().filter(|file| file.0 != name).collect();
        files.push((name, text));
        let (before, after) = (digests(&theme(&FILES)), digests(&theme(&files)));
        after
            .into_iter()
            .filter(|(name, digest)| before.get(name) != Some(digest))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn an_edit_changes_what_uses_it_and_nothing_else() {
        assert_eq!(changed("default/story.html", "x"), ["story.html"]);
        assert_eq!(changed("default/topic.html", "x"), ["topic.html"]);
        let bar = "{% component widgets.bar() %}-{% endcomponent widgets.bar %}";
        assert_eq!(
            changed("default/widgets/bar.html", bar),
            ["story.html", "widgets.bar", "widgets/bar.html"]
        );
        assert_eq!(
            changed("default/hooks/foot.html", "x"),
            ["base.html", "hooks/foot.html", "story.html", "topic.html"]
        );
    }

    #[test]
    fn a_file_of_the_site_before_one_of_the_theme_is_a_change() {
        assert_eq!(changed("story.html", "{% extends \"default/story.html\" %}"), ["story.html"]);
        assert_eq!(changed("widgets/bar.html", "x"), ["widgets/bar.html"]);
        let bar = "{% component widgets.bar() %}-{% endcomponent widgets.bar %}";
        assert_eq!(changed("own.html", bar), ["own.html", "story.html", "widgets.bar", "widgets/bar.html"]);
        let foot = ["base.html", "hooks/foot.html", "story.html", "topic.html"];
        assert_eq!(changed("hooks/foot.html", "x"), foot);
    }
}
