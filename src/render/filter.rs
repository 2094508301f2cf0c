//! Filters of templates, and the value that carries the texts of a language.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use crate::locale::Locale;
use crate::text::{Entry, Language, fill};

/// The key of a text with plural forms that says whose plural rules choose one.
const LANG: &str = "lang";

/// Locales by tag, as far as texts with plural forms need them.
pub type Locales = Arc<BTreeMap<String, Locale>>;

/// A filter that Dateline adds to those of Tera.
pub struct Filter {
    /// What stands after the `|`.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// How it is used.
    pub example: &'static str,
    /// What the example gives.
    pub result: &'static str,
    register: fn(&mut Tera, &'static str, Locales),
}

/// Every filter of Dateline: registered, documented and tested from this list.
pub const FILTERS: &[Filter] = &[
    Filter {
        name: "fill",
        doc: "Puts values into a text of `ui`; `n` chooses the plural form and is written as the language writes numbers.",
        example: "{{ ui.n_articles | fill(n=1234) }}",
        result: "1,234 articles",
        register: |tera, name, locales| {
            tera.register_filter(name, move |text: &Value, kwargs: Kwargs, _: &State| {
                fill_filter(text, &kwargs, &locales)
            });
        },
    },
    Filter {
        name: "number",
        doc: "Writes a whole number as a language of the site writes it, usually `lang=page.lang`.",
        example: "{{ 1234 | number(lang=\"en\") }}",
        result: "1,234",
        register: |tera, name, locales| {
            tera.register_filter(name, move |value: &Value, kwargs: Kwargs, _: &State| {
                number_filter(value, &kwargs, &locales)
            });
        },
    },
];

/// Registers the filters of Dateline, in addition to those of Tera.
pub fn register(tera: &mut Tera, locales: Locales) {
    for filter in FILTERS {
        (filter.register)(tera, filter.name, locales.clone());
    }
}

/// `ui` of templates: plain texts as they are; those with plural forms as maps of forms, with
/// what the filter `fill` needs to choose one.
pub fn ui_value(language: &Language) -> Value {
    let mut map = Map::new();
    for (key, entry) in language.texts.entries() {
        let value = match entry {
            Entry::Plain(text) => Value::normal_string(text),
            Entry::Plural(forms) => {
                let mut value = Map::new();
                for (form, text) in forms {
                    value.insert(Key::from(form.clone()), Value::normal_string(text));
                }
                value.insert(Key::from(LANG), Value::normal_string(&language.locale.tag));
                Value::from(value)
            }
        };
        map.insert(Key::from(key.to_owned()), value);
    }
    Value::from(map)
}

/// `{{ ui.n_articles | fill(n=42) }}`: puts values into a text; `n` chooses the plural form and
/// is written as the language writes numbers.
fn fill_filter(text: &Value, kwargs: &Kwargs, locales: &Locales) -> TeraResult<String> {
    let locale = form_of(text, LANG).and_then(|lang| locales.get(lang));
    let count = kwargs.get::<&Value>("n")?.and_then(whole);
    let form = match text.as_str() {
        Some(text) => text,
        None => plural_form(text, count, locale)?,
    };
    Ok(fill(form, |name, out| match (kwargs.get::<&Value>(name), count, locale) {
        (Ok(Some(_)), Some(count), Some(locale)) if name == "n" => {
            out.push_str(&locale.number(count));
            true
        }
        (Ok(Some(value)), _, _) => {
            match value.as_str() {
                Some(text) => out.push_str(text),
                None => out.push_str(&value.to_string()),
            }
            true
        }
        _ => false,
    }))
}

/// `{{ topic.count | number(lang=page.lang) }}`: what is no whole number, or of no language of the site, stays as it is.
fn number_filter(value: &Value, kwargs: &Kwargs, locales: &Locales) -> TeraResult<Value> {
    let locale = locales.get(kwargs.must_get::<&str>("lang")?);
    let written = whole(value).zip(locale).map(|(count, locale)| Value::normal_string(&locale.number(count)));
    Ok(written.unwrap_or_else(|| value.clone()))
}

fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_i64().and_then(|n| u64::try_from(n).ok()))
}

fn plural_form<'t>(text: &'t Value, count: Option<u64>, locale: Option<&Locale>) -> TeraResult<&'t str> {
    let category = locale.zip(count).map_or("other", |(locale, count)| locale.plural(count));
    form_of(text, category)
        .or_else(|| form_of(text, "other"))
        .ok_or_else(|| Error::message("`fill` takes a text of `ui`, or one with plural forms"))
}

/// What a text with plural forms has under a key.
fn form_of<'t>(text: &'t Value, key: &str) -> Option<&'t str> {
    text.as_map()?.iter().find(|(known, _)| known.as_str() == Some(key))?.1.as_str()
}
