//! Languages: dates, numbers, plural forms, names of countries, quotation marks.
//!
//! In: a language tag. Out: a [`Locale`]. Tables of dates and names stand in `locale/`; plural
//! rules come from ICU4X. Texts of the user interface belong to themes, not to this module.

mod pattern;
mod typeset;

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::content::date::When;
use crate::content::toml_tree;
use crate::content::tree::{Kind, Table};
use crate::diag::Diags;
use pattern::{Names, Pattern, push_number};

/// How dates and numbers are written, by language.
static FORMATS: LazyLock<Table> = LazyLock::new(|| tables(include_str!("locale/formats.toml")));
/// Names of countries and languages, by kind and language.
static NAMES: LazyLock<Table> = LazyLock::new(|| tables(include_str!("locale/names.toml")));
const RTL: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];

/// A date as templates see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DateView {
    /// RFC 3339: a day, or a moment in UTC.
    pub iso: String,
    /// In words, such as `July 31, 2025`.
    pub text: String,
    /// Shortened, without the year, such as `Jul 31`.
    pub short: String,
    /// Hours and minutes in the site's time zone, if a time is known.
    pub time: Option<String>,
}

/// How one language writes.
pub struct Locale {
    /// The tag as written, such as `de-AT`.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Double open and close, single open and close.
    pub quotes: [String; 4],
    names: Names,
    long: Pattern,
    short: Pattern,
    dateline: String,
    upper: bool,
    group: String,
    /// Digits before the first separator of groups at least.
    grouping: usize,
    plurals: Option<PluralRules>,
    territories: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

/// The first part of a tag: `de` of `de-AT`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// `rtl` for languages written from right to left.
pub fn direction(tag: &str) -> &'static str {
    if RTL.contains(&primary(tag)) { "rtl" } else { "ltr" }
}

impl Locale {
    /// The locale of a tag; languages without tables write dates as numbers and names in English.
    pub fn new(tag: &str) -> Locale {
        let language = primary(tag);
        let table = FORMATS.get(language).or(FORMATS.get("other")).and_then(as_table);
        let regional = regional(&FORMATS, tag);
        let value = |key: &str| {
            let own = regional.and_then(|table| table.get(key));
            own.or_else(|| table.and_then(|table| table.get(key))).map(|node| &node.kind)
        };
        let text = |key: &str| value(key).map(text_of).unwrap_or_default();
        let list = |key: &str| value(key).map(texts_of).unwrap_or_default();
        let mut quotes = list("quotes").into_iter();
        let section = |name: &str| {
            let kind = NAMES.get(name).and_then(as_table);
            let found = kind.and_then(|table| table.get(language).or(table.get("en")));
            found.and_then(as_table).map(pairs).unwrap_or_default()
        };
        Locale {
            tag: tag.to_owned(),
            dir: direction(tag),
            quotes: std::array::from_fn(|_| quotes.next().unwrap_or_default()),
            names: Names { months: list("months"), short_months: list("short_months"), first: text("first") },
            long: Pattern::new(&text("long")),
            short: Pattern::new(&text("short")),
            dateline: text("dateline"),
            upper: matches!(value("upper"), Some(Kind::Boolean(true))),
            group: text("group"),
            grouping: if matches!(value("grouping"), Some(Kind::Integer(2))) { 2 } else { 1 },
            plurals: plural_rules(language),
            territories: section("territory"),
            languages: section("language"),
        }
    }

    /// A title or name with the quotation marks, apostrophes and dashes of the language.
    pub fn typeset(&self, text: &str) -> String {
        typeset::typeset(text, &self.quotes)
    }

    /// The plural category of a count: `one`, `few`, `other`, ….
    pub fn plural(&self, count: u64) -> &'static str {
        self.plurals.as_ref().map_or("other", |rules| category_name(rules.category_for(count)))
    }

    /// A whole number with its groups of three digits apart: from 1,000 on, or from 10.000 on where
    /// the language wants it so.
    pub fn number(&self, value: u64) -> String {
        let digits = value.to_string();
        if digits.len() < 3 + self.grouping {
            return digits;
        }
        let mut out = String::with_capacity(digits.len() + 8);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        out
    }

    /// A date for templates; moments are shown on the clock of `zone`.
    pub fn date(&self, when: When, zone: &TimeZone) -> DateView {
        let (day, time) = match when {
            When::Day(day) => (day, None),
            When::Local(_) | When::Moment(_) => {
                let clock = zone.to_datetime(when.moment(zone));
                let mut time = String::with_capacity(5);
                push_number(&mut time, clock.hour() as u16, 2);
                time.push(':');
                push_number(&mut time, clock.minute() as u16, 2);
                (clock.date(), Some(time))
            }
        };
        DateView { iso: when.iso(zone), text: self.day(day), short: self.short_day(day), time }
    }

    /// A day in words.
    pub fn day(&self, day: Date) -> String {
        self.long.fill(day, &self.names)
    }

    /// A day shortened, without the year.
    pub fn short_day(&self, day: Date) -> String {
        self.short.fill(day, &self.names)
    }

    /// A month with its year.
    pub fn month(&self, day: Date) -> String {
        match primary(&self.tag) {
            "ja" | "zh" => format!("{}年{}月", day.year(), day.month()),
            "es" | "pt" => format!("{} de {}", pattern::name(&self.names.months, day), day.year()),
            _ => format!("{} {}", pattern::name(&self.names.months, day), day.year()),
        }
    }

    /// `RUSSIA, JUL 31 –`, as the language writes it; without place the date alone.
    pub fn dateline(&self, place: Option<&str>, day: Date) -> String {
        let short = self.short_day(day);
        let line = match place {
            Some(place) => {
                let place = self.isolated(place);
                self.dateline.replace("{place}", &place).replace("{date}", &short)
            }
            None => self
                .dateline
                .replace("{place}, ", "")
                .replace("{place}، ", "")
                .replace("{place}・", "")
                .replace("{date}", &short),
        };
        if self.upper { line.to_uppercase() } else { line }
    }

    /// A name in another script as a unit of its own, or the number after it would join it in a line that
    /// runs from right to left.
    fn isolated<'n>(&self, name: &'n str) -> Cow<'n, str> {
        let is_other = |c: char| c.is_alphabetic() && c < '\u{590}';
        match self.dir == "rtl" && name.contains(is_other) {
            true => Cow::Owned(format!("\u{2068}{name}\u{2069}")),
            false => Cow::Borrowed(name),
        }
    }

    /// The name of a country by its ISO 3166 code, or the code.
    pub fn territory<'n>(&'n self, code: &'n str) -> &'n str {
        look_up(&self.territories, code)
    }

    /// The name of a language by its tag, or the tag.
    pub fn language<'n>(&'n self, tag: &'n str) -> &'n str {
        match look_up(&self.languages, primary(tag)) {
            name if name == primary(tag) => tag,
            name => name,
        }
    }
}

/// A language's name for itself, such as `Deutsch`, or its tag.
pub fn own_name(tag: &str) -> String {
    let own = NAMES.get("own").and_then(as_table).and_then(|own| own.get(primary(tag)));
    own.map_or_else(|| tag.to_owned(), |node| text_of(&node.kind))
}

/// The categories that whole numbers fall into in a language, as CLDR has them; none if the
/// language is unknown.
pub fn plural_categories(tag: &str) -> Vec<&'static str> {
    let rules = plural_rules(primary(tag));
    let mut names: Vec<&str> = rules.iter().flat_map(PluralRules::categories).map(category_name).collect();
    names.sort_unstable();
    names
}

fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn plural_rules(language: &str) -> Option<PluralRules> {
    let locale: icu_locale_core::Locale = language.parse().ok()?;
    PluralRules::try_new_cardinal(locale.into()).ok()
}

fn tables(text: &'static str) -> Table<'static> {
    toml_tree::parse(text, 0, &mut Diags::new("locale"))
}

fn as_table<'t>(node: &'t crate::content::tree::Node<'static>) -> Option<&'t Table<'static>> {
    match &node.kind {
        Kind::Table(table) => Some(table),
        _ => None,
    }
}

/// What is other in the region of a tag: of the table `LANGUAGE-001`, if it lists the region.
fn regional<'t>(formats: &'t Table<'static>, tag: &str) -> Option<&'t Table<'static>> {
    let table = formats.get(&format!("{}-001", primary(tag))).and_then(as_table)?;
    let regions = texts_of(&table.get("regions")?.kind);
    let is_there = tag.split(['-', '_']).skip(1).any(|part| regions.iter().any(|region| part == region));
    is_there.then_some(table)
}

fn texts_of(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::List(items) => items.iter().map(|item| text_of(&item.kind)).collect(),
        _ => Vec::new(),
    }
}

fn text_of(kind: &Kind) -> String {
    match kind {
        Kind::Text(text) => text.to_string(),
        _ => String::new(),
    }
}

fn pairs(table: &Table) -> Vec<(String, String)> {
    let entries = table.entries().iter();
    let mut list: Vec<_> = entries.map(|entry| (entry.key.to_string(), text_of(&entry.value.kind))).collect();
    list.sort();
    list
}

fn look_up<'n>(list: &'n [(String, String)], key: &'n str) -> &'n str {
    list.binary_search_by(|(known, _)| known.as_str().cmp(key)).map_or(key, |at| &list[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Date {
        "2025-07-31".parse().unwrap()
    }

    #[test]
    fn dates_and_datelines_read_as_the_language_writes_them() {
        for (tag, long, line) in [
            ("en", "July 31, 2025", "RUSSIA, JUL 31 –"),
            ("en-US", "July 31, 2025", "RUSSIA, JUL 31 –"),
            ("en-GB", "31 July 2025", "RUSSIA, 31 JUL –"),
            ("de-AT", "31. Juli 2025", "Russia, 31. Juli –"),
            ("fr", "31 juillet 2025", "Russia, 31 juil. —"),
            ("ja", "2025年7月31日", "【Russia・7月31日】"),
            ("xx", "2025-07-31", "Russia, 2025-07-31 –"),
        ] {
            let locale = Locale::new(tag);
            assert_eq!(
                (locale.day(day()).as_str(), locale.dateline(Some("Russia"), day()).as_str()),
                (long, line)
            );
        }
        assert_eq!(Locale::new("en").dateline(None, day()), "JUL 31 –");
        let arabic = Locale::new("ar");
        assert_eq!(arabic.dateline(Some("Russia"), day()), "\u{2068}Russia\u{2069}، 31 يوليو –");
        assert_eq!(arabic.dateline(Some("روسيا"), day()), "روسيا، 31 يوليو –");
        assert_eq!(Locale::new("fr").day("2025-08-01".parse().unwrap()), "1er août 2025");
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let arabic = Locale::new("ar");
        let forms: Vec<&str> = [0, 1, 2, 3, 11, 100].map(|n| arabic.plural(n)).to_vec();
        assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(Locale::new("de").number(1234567), "1.234.567");
        let four = ["en", "de", "es", "fr", "ar", "ja", "xx"].map(|tag| Locale::new(tag).number(9999));
        assert_eq!(four, ["9,999", "9.999", "9999", "9\u{202F}999", "9,999", "9,999", "9999"]);
        assert_eq!(
            (Locale::new("es").number(12345), Locale::new("en").number(999)),
            ("12.345".into(), "999".into())
        );
    }

    #[test]
    fn names_of_countries_and_languages_are_known() {
        let german = Locale::new("de");
        assert_eq!((german.territory("DE"), german.territory("ZZ")), ("Deutschland", "ZZ"));
        assert_eq!(german.language("en"), "Englisch");
        assert_eq!(own_name("de-CH"), "Deutsch");
        assert_eq!((direction("ar"), direction("en")), ("rtl", "ltr"));
    }
}
