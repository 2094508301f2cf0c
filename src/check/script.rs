//! Languages and scripts that contradict each other.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use super::{Case, Finding};
use crate::locale::primary;
use crate::markdown;

/// Letters that a text must have before its script says anything.
const ENOUGH: usize = 12;

/// Scripts, and the languages that are written in them. Languages with a choice that their tag
/// does not make (Azerbaijani, Kurdish, Punjabi, Uzbek) are left out.
const WRITTEN: &[(&[Script], &[&str])] = &[
    (
        &[Script::Latin],
        &[
            "af", "ca", "cs", "cy", "da", "de", "en", "eo", "es", "et", "eu", "fi", "fil", "fr", "ga", "gl",
            "hr", "hu", "id", "is", "it", "lb", "lt", "lv", "ms", "mt", "nb", "nl", "nn", "no", "pl", "pt",
            "ro", "sk", "sl", "sq", "sv", "sw", "tl", "tr", "vi",
        ],
    ),
    (&[Script::Cyrillic], &["be", "bg", "ky", "mk", "ru", "tg", "uk"]),
    (&[Script::Cyrillic, Script::Latin], &["bs", "kk", "sr"]),
    (&[Script::Arabic], &["ar", "ckb", "fa", "ps", "sd", "ug", "ur"]),
    (&[Script::Hebrew], &["he", "yi"]),
    (&[Script::Greek], &["el"]),
    (&[Script::Armenian], &["hy"]),
    (&[Script::Georgian], &["ka"]),
    (&[Script::Devanagari], &["hi", "mr", "ne"]),
    (&[Script::Bengali], &["as", "bn"]),
    (&[Script::Gujarati], &["gu"]),
    (&[Script::Tamil], &["ta"]),
    (&[Script::Telugu], &["te"]),
    (&[Script::Kannada], &["kn"]),
    (&[Script::Malayalam], &["ml"]),
    (&[Script::Sinhala], &["si"]),
    (&[Script::Thai], &["th"]),
    (&[Script::Lao], &["lo"]),
    (&[Script::Khmer], &["km"]),
    (&[Script::Myanmar], &["my"]),
    (&[Script::Ethiopic], &["am", "ti"]),
    (&[Script::Han], &["yue", "zh"]),
    (&[Script::Han, Script::Hiragana, Script::Katakana], &["ja"]),
    (&[Script::Hangul, Script::Han], &["ko"]),
];

/// A story or source in another script than its language is written in.
pub fn contradiction(case: &Case) -> Vec<Finding> {
    let story = case.story;
    let lang = case.site.lang(story);
    let summary = story.summary.as_deref().map(markdown::plain).unwrap_or_default();
    let mut found = Vec::new();
    if let Some(why) = contradicts(lang, &format!("{} {summary}", story.title.value)) {
        let finding = case.finding(format!("the story {why}"));
        let finding = if story.lang.is_some() { finding.key("lang") } else { finding.at(story.title.span) };
        found.push(finding.help("correct `lang`; a tag can name the script, such as `sr-Latn`"));
    }
    for (at, source) in story.sources.iter().enumerate() {
        let text = source.title().unwrap_or_default();
        if let Some(why) = contradicts(source.lang().unwrap_or(lang), text) {
            let key = if source.lang().is_some() { "lang" } else { "title" };
            let finding =
                case.finding(format!("the title of `{}` {why}", source.id())).item("sources", at, key);
            found.push(finding.help("set `lang` of the source to the language that it is written in"));
        }
    }
    found
}

/// How a text contradicts its language, if it does.
fn contradicts(lang: &str, text: &str) -> Option<String> {
    let expected = scripts(lang)?;
    let mut counts: BTreeMap<&str, (usize, Script)> = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        counts.entry(c.script().full_name()).or_insert((0, c.script())).0 += 1;
    }
    let all: usize = counts.values().map(|(count, _)| count).sum();
    let fitting: usize =
        counts.values().filter(|(_, script)| expected.contains(script)).map(|(count, _)| count).sum();
    if all < ENOUGH || fitting * 2 >= all {
        return None;
    }
    let (_, most) = counts.values().max_by_key(|(count, _)| *count)?;
    Some(format!(
        "is written in {}, and `{lang}` is written in {}",
        most.full_name(),
        expected[0].full_name()
    ))
}

/// The scripts of a language: the one that its tag names, else the usual ones.
fn scripts(lang: &str) -> Option<Vec<Script>> {
    let named =
        lang.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    match named {
        Some("Hans" | "Hant") => Some(vec![Script::Han]),
        Some(name) => Script::from_short_name(name).map(|script| vec![script]),
        None => {
            let primary = primary(lang).to_ascii_lowercase();
            let (scripts, _) = WRITTEN.iter().find(|(_, langs)| langs.contains(&primary.as_str()))?;
            Some(scripts.to_vec())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::contradicts;

    #[test]
    fn a_text_in_the_script_of_its_language_is_fine() {
        for (lang, text) in [
            ("en", "The bridge opens after forty years"),
            ("ru", "Мост открыт после сорока лет спора"),
            ("ja", "四十年の論争の末、新しい橋が開通した"),
            ("sr-Latn", "Most je otvoren posle četrdeset godina"),
            ("sr", "Most je otvoren posle četrdeset godina"),
            ("ar", "افتتاح الجسر بعد أربعين عاما BBC"),
            ("xx", "Мост открыт после сорока лет спора"),
            ("en", "Мост"),
        ] {
            assert_eq!(contradicts(lang, text), None, "{lang} {text}");
        }
    }

    #[test]
    fn a_text_in_another_script_contradicts() {
        let why = contradicts("de-AT", "Мост открыт после сорока лет спора").unwrap();
        assert_eq!(why, "is written in Cyrillic, and `de-AT` is written in Latin");
        assert!(contradicts("sr-Cyrl", "Most je otvoren posle četrdeset godina").is_some());
        assert!(contradicts("ar", "The bridge opens after forty years").is_some());
    }
}
