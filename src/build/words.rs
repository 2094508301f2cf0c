//! The words of every language of a site, kept between runs: made of the theme's texts, the names
//! of the axes and the locales, and of nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use super::memo::Memo;
use crate::content::axis::Axis;
use crate::diag::{Code, Diag};
use crate::locale::{Locale, primary};
use crate::page::world::Words;
use crate::render::ui_value;
use crate::site::Site;
use crate::text::{self, Language, Texts};
use crate::theme::{ENGLISH, Theme};

/// Words by the tag of their language.
pub type ByTag = BTreeMap<String, Arc<Words>>;

/// All that goes into words.
#[derive(Debug, PartialEq)]
pub struct Key {
    /// Of the theme, whose texts they are.
    digest: u128,
    tags: Vec<String>,
    axes: Vec<Axis>,
}

/// The words of a site's languages: its own, and those of its stories, editions and pages.
pub fn of(site: &Site, theme: &Theme, memo: &mut Memo) -> ByTag {
    let key = Key { digest: theme.digest, tags: tags(site), axes: site.rules.axes.list.clone() };
    if let Some((_, kept)) = memo.words.as_ref().filter(|(known, _)| *known == key) {
        return kept.clone();
    }
    let words = |tag: &String| {
        let language = language(tag, theme);
        let ui = ui_value(&language);
        (tag.clone(), Arc::new(Words::new(language, &key.axes, ui)))
    };
    let all: ByTag = key.tags.iter().map(words).collect();
    memo.words = Some((key, all.clone()));
    all
}

/// Words for a language of which nothing is known.
pub fn none(tag: &str, axes: &[Axis]) -> Words {
    Words::new(Language { locale: Locale::new(tag), texts: Texts::default() }, axes, Value::none())
}

/// Languages of the site that lack texts of the interface: English ones stand in for them.
pub fn lacking(site: &Site, theme: &Theme, config_path: &str) -> Vec<Diag> {
    let Some(english) = theme.texts.get(ENGLISH) else {
        return Vec::new();
    };
    let lack = |tag: &String| {
        let known = [tag.as_str(), primary(tag)].into_iter().find(|name| theme.texts.contains_key(*name));
        let Some((lang, texts)) = known.and_then(|lang| Some((lang, theme.texts.get(lang)?))) else {
            return Some(untranslated(site, tag, config_path));
        };
        let keys = texts.lacking(english);
        let first = keys.first()?;
        let message = format!("`{lang}` lacks {}; English stands in its place", named(&keys));
        let help = format!("add what is missing to i18n/{lang}.toml");
        // The place to show is that of the English text, which says what to translate.
        let place = theme.english_files.iter().find_map(|(path, text)| {
            let key = text::keys(path, text).into_iter().find(|key| key.value == *first)?;
            Some((path, key.span, text.clone()))
        });
        let diag = match place {
            Some((path, span, text)) => Diag::warning(Code::Text, path, message).at(span).text(text),
            None => {
                let path = theme.text_files.get(lang).map_or("i18n/", String::as_str);
                Diag::warning(Code::Text, path, message)
            }
        };
        Some(diag.help(help))
    };
    tags(site).iter().filter_map(lack).collect()
}

/// A language without any text, said of the file that asks for it.
fn untranslated(site: &Site, tag: &str, config_path: &str) -> Diag {
    let story = site.stories().iter().find(|entry| entry.story.lang.as_deref() == Some(tag));
    let path = match story {
        Some(entry) if site.config.lang != tag => &*entry.story.path,
        Some(_) | None => config_path,
    };
    let message = format!("the theme has no texts in `{tag}`; English ones stand in their place");
    Diag::warning(Code::Text, path, message).help(format!(
        "translate them in i18n/{}.toml; `dateline theme texts en` prints the English ones",
        primary(tag)
    ))
}

/// The first keys, and how many more there are.
fn named(keys: &[&str]) -> String {
    let first: Vec<String> = keys.iter().take(5).map(|key| format!("`{key}`")).collect();
    match keys.len() - first.len() {
        0 => format!("the text {}", first.join(", ")),
        more => format!("the texts {} and {more} more", first.join(", ")),
    }
}

fn tags(site: &Site) -> Vec<String> {
    let editions = site.editions().iter().filter_map(|entry| entry.edition.lang.as_deref());
    let docs = site.docs().iter().filter_map(|doc| doc.lang.as_deref());
    let mut tags: Vec<&str> = vec![&site.config.lang];
    for lang in site.story_langs().chain(editions).chain(docs) {
        // Languages are few, and most stories name none.
        if !tags.contains(&lang) {
            tags.push(lang);
        }
    }
    tags.sort_unstable();
    tags.into_iter().map(str::to_owned).collect()
}

/// A language with the theme's texts, English ones where it has none.
fn language(tag: &str, theme: &Theme) -> Language {
    let empty = Texts::default();
    let english = theme.texts.get("en").unwrap_or(&empty);
    let own = theme.texts.get(tag).or_else(|| theme.texts.get(primary(tag)));
    let texts = own.map_or_else(|| english.clone(), |own| own.clone().over(english));
    Language { locale: Locale::new(tag), texts }
}
