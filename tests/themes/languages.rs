//! Languages of the interface: complete, with every plural form, and what happens where one lacks a text.

use std::collections::BTreeSet;
use std::path::Path;

use dateline::locale::{Locale, plural_categories};
use dateline::text::{self, Entry, Texts};

use crate::common::{Said, TestSite, program};

const LANGUAGES: [&str; 6] = ["ar", "de", "en", "es", "fr", "ja"];

fn texts(lang: &str) -> Texts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{lang}.toml"));
    let (texts, diags) = text::parse("x", lang, &std::fs::read_to_string(path).unwrap());
    assert_eq!(diags, [], "{lang}");
    texts
}

/// The names in braces of a text; `{lower}` is `{group}` as languages with capitals write it in a sentence.
fn names(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .map(|name| if name == "lower" { "group" } else { name })
        .collect()
}

#[test]
fn every_language_has_every_text_with_the_same_values() {
    let english = texts("en");
    for lang in LANGUAGES {
        let own = texts(lang);
        assert_eq!(own.lacking(&english), Vec::<&str>::new(), "{lang} lacks");
        assert_eq!(english.lacking(&own), Vec::<&str>::new(), "{lang} has what English lacks");
        for (key, entry) in english.entries() {
            let other = own.find(key).unwrap();
            let form = |entry: &Entry| entry.form(None, &Locale::new("en")).to_owned();
            let (wanted, found) = (form(entry), form(other));
            assert_eq!(names(&found), names(&wanted), "{lang}: {key}");
        }
    }
}

#[test]
fn every_plural_has_the_forms_that_cldr_wants_and_no_others() {
    assert_eq!(plural_categories("ar"), ["few", "many", "one", "other", "two", "zero"]);
    assert_eq!(plural_categories("ja"), ["other"]);
    assert_eq!(plural_categories("fr"), ["many", "one", "other"]);
    let english = texts("en");
    // Where English has one form for all numbers, the number stands apart from the words.
    let is_apart = |key: &str| matches!(english.find(key), Some(Entry::Plural(forms)) if forms.len() == 1);
    for lang in LANGUAGES {
        for (key, entry) in texts(lang).entries() {
            let Entry::Plural(forms) = entry else { continue };
            if is_apart(key) && forms.len() == 1 {
                continue;
            }
            let found: Vec<&str> = forms.keys().map(String::as_str).collect();
            assert_eq!(found, plural_categories(lang), "{lang}: {key}");
        }
    }
}

#[test]
fn a_text_that_a_language_lacks_is_english_with_a_warning_that_names_the_file() {
    let site = TestSite::new();
    site.write("dateline.toml", "title = \"Test\"\nlang = \"de\"\nsearch = false\ntheme = \"mine\"\n");
    site.write("themes/mine/i18n/en.toml", "motto = \"All the news\"\n");
    site.write("themes/mine/i18n/de.toml", "home = \"Start\"\n");
    site.write("themes/mine/templates/404.html", "{{ ui.motto }} {{ ui.home }}");
    assert_eq!(
        crate::said(&site, "themes/mine/i18n/en.toml"),
        [
            "1:1 warning[text] `de` lacks the text `motto`; English stands in its place; add what is missing to i18n/de.toml"
        ]
    );
    assert_eq!(site.page("404.html"), "All the news Start");
}

#[test]
fn a_language_without_texts_and_a_missing_plural_form_are_warnings() {
    let site = TestSite::new();
    site.story("um.md", "title = \"Um\"\ndate = 2025-01-01\nlang = \"pt\"");
    let said = crate::said(&site, "content/stories/um.md");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("the theme has no texts in `pt`"), "{said:?}");
    site.story("mar.md", "title = \"M\"\ndate = 2025-01-01\nlang = \"fr\"");
    site.write("i18n/fr.toml", "n_stories = { one = \"{n} article\", other = \"{n} articles\" }\n");
    assert_eq!(
        crate::said(&site, "i18n/fr.toml"),
        [
            "1:1 warning[text] `n_stories` lacks the form `many`, which `fr` has; add `many = \"…\"`; until then `other` stands there"
        ]
    );
}

#[test]
fn the_texts_of_a_language_are_printed_to_begin_a_translation_with() {
    // Where there is no site yet, too.
    let folder = tempfile::tempdir().unwrap();
    let run = |lang| {
        Said::from(program().current_dir(folder.path()).args(["theme", "texts", lang]).output().unwrap())
    };
    let said = run("en");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let (printed, diags) = text::parse("x", "en", &said.out);
    assert_eq!((printed, diags), (texts("en"), Vec::new()));
    let said = run("xx");
    assert_eq!(said.code, 2);
    assert!(said.err.contains("no texts in `xx`, but in ar, de, en, es, fr, ja"), "{}", said.err);
}
