//! Beside every percentage stands its count, and beside every count what it is a part of.

use scraper::ElementRef;

use crate::{Sample, all, numbers, one, words};

/// Whether a text has a whole per cent in it, in the way of any language.
fn has_percent(text: &str) -> bool {
    text.contains(['%', '٪', '％'])
}

/// Goes through every page, embed page, mail and picture of the site.
pub fn check(sample: &Sample) {
    let mut shares = 0;
    for file in sample.files.keys().filter(|file| file.ends_with(".html")) {
        let html = sample.page(file);
        let page = html.root_element();
        for table in all(page, ".leg:not(.theirs), .num, .rank, .places, .matrix table") {
            shares += check_table(table, file);
        }
        // One line or paragraph each, outside tables and the rules in words.
        for line in all(page, ".find, .blind, .strip, .card > .meta, .col h3 span, .cl li, .ends > span") {
            let text = words(line);
            let found = numbers(&text);
            if has_percent(&text) {
                assert!(found.len() >= 3, "{file}: a share without its count or its whole: {text}");
                shares += 1;
            }
            assert!(
                found.len() >= 2 || !line.value().classes().any(|class| class == "ends"),
                "{file}: {text}"
            );
        }
        for head in all(page, ".col h3 span") {
            assert_eq!(numbers(&words(head)).len(), 2, "{file}: {}", words(head));
        }
    }
    assert!(shares > 1000, "{shares} shares looked at");
    check_pictures(sample);
}

/// Every number of a row is part of a whole that the head, the caption, the row or the cell names.
fn check_table(table: ElementRef, file: &str) -> usize {
    let above: String = all(table, "thead th, caption").into_iter().map(words).collect::<Vec<_>>().join(" ");
    let has_whole_above = !numbers(&above).is_empty();
    let mut shares = 0;
    for row in all(table, "tbody tr") {
        let head: String = all(row, "th small, th .tag").into_iter().map(words).collect();
        for cell in all(row, "td") {
            let text = words(cell);
            let found = numbers(&text);
            if found.is_empty() {
                continue;
            }
            let in_row = all(row, "td").into_iter().any(|other| {
                numbers(&words(other)).len() > 1 || other != cell && !numbers(&words(other)).is_empty()
            });
            let named = has_whole_above || found.len() > 1 || !head.is_empty() || in_row;
            assert!(named, "{file}: {text} of what? {}", words(row));
            if has_percent(&text) {
                let counted = found.len() > 1 || in_row;
                assert!(counted && has_whole_above, "{file}: {text} without count or whole: {}", words(row));
                shares += 1;
            }
        }
    }
    shares
}

/// In a picture the whole stands in words beside the shares.
fn check_pictures(sample: &Sample) {
    let pictures =
        sample.files.keys().filter(|file| file.contains("/distribution-") && file.ends_with(".svg"));
    let mut seen = 0;
    for file in pictures {
        let html = scraper::Html::parse_fragment(sample.text(file));
        let texts: Vec<String> = all(html.root_element(), "text").into_iter().map(words).collect();
        let shares = texts.iter().filter(|text| has_percent(text) && numbers(text).len() == 1).count();
        let wholes = texts.iter().filter(|text| !has_percent(text) && numbers(text).len() == 2).count();
        assert!(shares == 0 || wholes > 0, "{file}: {texts:?}");
        let described = words(one(html.root_element(), "desc").unwrap());
        assert!(shares == 0 || numbers(&described).len() > shares * 2, "{file}: {described}");
        seen += shares;
    }
    assert!(seen > 100, "{seen} shares in pictures");
}
