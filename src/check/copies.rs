//! Suspected copies: sources that begin with the same words and do not say that they are one
//! report (spec section 4, rule 9).
//!
//! Leads are compared without dateline, marks, capitals and what was cut off. Sources are sorted
//! into buckets by how their lead begins, and a bucket by its leads, so that only neighbours are
//! compared: the time grows with the number of sources, not with that of pairs.

use std::collections::HashMap;

use super::{Case, Finding};
use crate::content::story::SourceIx;
use crate::markdown;

/// What leads must share to be one text: letters and digits, those of East Asian scripts twice.
const SHARED: usize = 60;
/// What a lead must have to be looked at, where it was cut off early.
const LEAST: usize = 40;

/// Sources whose lead is that of another report of the story: one finding a report.
pub fn suspected(case: &Case) -> Vec<Finding> {
    let sources = case.story.sources.iter().zip(0..);
    let leads = sources.filter_map(|(source, at)| {
        let text = markdown::plain(source.excerpt()?);
        Some((lead(&text), at)).filter(|(lead, _)| weight(lead) >= LEAST)
    });
    let mut found: Vec<(SourceIx, Finding)> =
        alike(leads.collect()).into_iter().flat_map(|group| findings(case, &group)).collect();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// The groups of two and more that share their lead, each in the order of its leads.
fn alike(leads: Vec<(String, SourceIx)>) -> Vec<Vec<SourceIx>> {
    let mut buckets: HashMap<String, Vec<(String, SourceIx)>> = HashMap::new();
    for (lead, at) in leads {
        let key = lead[..within(&lead, LEAST)].to_owned();
        buckets.entry(key).or_default().push((lead, at));
    }
    let mut groups = Vec::new();
    for (_, mut bucket) in buckets {
        bucket.sort();
        // In this order, a lead that begins others stands right before them.
        let mut group: Vec<SourceIx> = Vec::new();
        let mut begins = "";
        for (lead, at) in &bucket {
            let beginning = &lead[..within(lead, SHARED)];
            if group.is_empty() || !beginning.starts_with(begins) {
                groups.push(std::mem::take(&mut group));
                begins = beginning;
            }
            group.push(*at);
        }
        groups.push(group);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// One finding for every report of a group but the first that was published.
fn findings(case: &Case, group: &[SourceIx]) -> Vec<(SourceIx, Finding)> {
    let report = |at: SourceIx| case.coverage.sources[at as usize].report;
    let source = |at: SourceIx| &case.story.sources[at as usize];
    let zone = case.site.zone();
    let published = |at: SourceIx| source(at).published.map(|when| when.moment(zone));
    // Without a date, the first listed is taken for the original.
    let earliest = group.iter().copied().min_by_key(|&at| (published(at).is_none(), published(at), at));
    let Some(original) = earliest.map(report) else { return Vec::new() };
    let mut told = vec![original];
    let mut members = group.to_vec();
    members.sort_unstable();
    let mut found = Vec::new();
    for at in members {
        if told.contains(&report(at)) {
            continue;
        }
        told.push(report(at));
        let (copy, original) = (source(at).id(), source(original).id());
        let finding = case
            .finding(format!("`{copy}` begins with the words of `{original}`"))
            .item("sources", at as usize, "excerpt")
            .help(format!(
                "if it republishes that text: copy_of = \"{original}\"; if both have it from an agency: `wire`"
            ));
        found.push((at, finding));
    }
    found
}

/// The letters and digits of a lead in lower case, without its dateline.
fn lead(text: &str) -> String {
    let text = without_dateline(text);
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How much a text says, roughly in letters.
fn weight(text: &str) -> usize {
    text.chars().map(letters).sum()
}

fn letters(c: char) -> usize {
    if matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}') {
        2
    } else {
        1
    }
}

/// The byte up to which a text has this weight; its end if it has less.
fn within(text: &str, most: usize) -> usize {
    let mut sum = 0;
    for (at, c) in text.char_indices() {
        sum += letters(c);
        if sum > most {
            return at;
        }
    }
    text.len()
}

/// Bytes within which a dateline ends.
const DATELINE: usize = 90;
/// What ends a dateline.
const ENDS: [&str; 8] = ["—", "–", "――", " - ", " -- ", "--", "＝", "=="];

/// A text without `MOSCOW (Agency) —`, `【東京】`, `[Berlin]` before it.
fn without_dateline(text: &str) -> &str {
    let mut text = text.trim_start();
    for (open, close) in [('【', '】'), ('［', '］'), ('[', ']'), ('(', ')'), ('（', '）')] {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(end) = inner[..inner.floor_char_boundary(DATELINE)].find(close)
        {
            text = inner[end + close.len_utf8()..].trim_start();
        }
    }
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let end = ENDS.iter().filter_map(|end| Some((head.find(end)?, end.len()))).min();
    match end {
        Some((at, length)) if is_dateline(&head[..at]) => text[at + length..].trim_start(),
        _ => text,
    }
}

/// Whether the words before a dash name a place, a day or an agency: few, and none that begins
/// with a small letter, but for words in brackets and between names (`Rio de Janeiro`).
fn is_dateline(head: &str) -> bool {
    let words: Vec<&str> = head.split_whitespace().collect();
    let is_small = |word: &&&str| word.chars().next().is_some_and(char::is_lowercase);
    let long = words.iter().filter(is_small).filter(|word| word.chars().count() > 3).count();
    !words.is_empty() && words.len() <= 8 && (long == 0 || head.contains(['(', '/', '（']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str =
        "The council has opened the “new” bridge after a quarrel of forty years over its toll.";

    fn same(a: &str, b: &str) -> bool {
        let leads = [a, b].into_iter().zip(0..).map(|(text, at)| (lead(text), at));
        alike(leads.filter(|(lead, _)| weight(lead) >= LEAST).collect()).len() == 1
    }

    #[test]
    fn datelines_capitals_quotes_and_cuts_hide_no_copy() {
        for copy in [
            format!("PORT ANNA — {LEAD}"),
            format!("Port Anna, Jan. 2 (Agency) – {LEAD}"),
            format!("RIO DE JANEIRO (Agency) - {LEAD}"),
            format!("[Port Anna] {LEAD}"),
            LEAD.to_uppercase(),
            LEAD.replace(['“', '”'], "'"),
            format!("{}…", &LEAD[..LEAD.find(" over").unwrap()]),
            format!("{} for…", &LEAD[..LEAD.find(" forty").unwrap()]),
            LEAD.replace("its toll.", "its price, said the mayor."),
        ] {
            assert!(same(LEAD, &copy), "{copy}");
        }
        assert!(same(
            "【東京共同】政府は二日、四十年にわたる論争の末に新しい橋を開通させたと発表した。",
            "政府は二日、四十年にわたる論争の末に新しい橋を開通させたと発表した…"
        ));
    }

    #[test]
    fn other_and_short_leads_are_no_copies() {
        assert!(!same(
            LEAD,
            "The council has opened the new market after a quarrel of four weeks over its roof."
        ));
        assert!(!same("The council has opened the bridge.", "The council has opened the bridge."));
        assert!(!same(
            LEAD,
            "He said — and nobody in the hall said a word against it — that the bridge was open at last."
        ));
    }

    #[test]
    fn many_sources_with_one_beginning_are_one_group() {
        let leads = (0..100_000).map(|at| (lead(&format!("{LEAD} {at}")), at)).collect();
        let groups = alike(leads);
        assert_eq!((groups.len(), groups[0].len()), (1, 100_000));
    }
}
