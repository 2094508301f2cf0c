//! Markdown with citations: whatever the text, the HTML runs nothing.

use std::borrow::Cow;

use dateline::markdown::{self, Context};

use super::inert;

/// A site with no files and one source, `s1`.
struct Plain;

impl Context for Plain {
    fn cite(&self, ids: &[&str]) -> Option<String> {
        ids.iter().all(|id| *id == "s1").then(|| "<a href=\"#source-s1\">1</a>".to_owned())
    }

    fn link<'u>(&self, url: &'u str) -> Cow<'u, str> {
        Cow::Borrowed(url)
    }

    fn image(&self, _: &str, _: &str, _: &str) -> Option<String> {
        None
    }

    fn alert(&self, kind: &str) -> String {
        kind.to_owned()
    }

    fn quotes(&self) -> [&str; 4] {
        ["“", "”", "‘", "’"]
    }

    fn unsafe_html(&self) -> bool {
        false
    }
}

/// Renders a text in every way that there is.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    let text = text.replace(['\u{202D}', '\u{202E}', '\u{FFFE}', '\u{FFFF}'], "");
    let block = markdown::block(&text, "body-", 2, &Plain).html;
    let inline = markdown::inline(&text, &Plain);
    for html in [&block, &inline] {
        let page = format!("<!doctype html><title>x</title><main>{html}</main><i id=end></i>");
        assert_eq!(inert::faults("x.html", page.as_bytes()), Vec::<String>::new(), "{html}");
        ends_where_it_began(&page);
    }
    markdown::plain(&text);
    markdown::inspect(&text);
    markdown::without_citations(&text);
    markdown::readable(&text, |url| Cow::Owned(url.to_owned()));
    assert!(markdown::citations(&text).iter().all(|id| !id.is_empty() && !id.contains(['<', '"', '&'])));
}

/// What follows a text is not swallowed by it.
fn ends_where_it_began(page: &str) {
    let page = scraper::Html::parse_document(page);
    let Ok(end) = scraper::Selector::parse("body > i#end") else { return };
    assert!(page.select(&end).next().is_some(), "an element of the text is not closed: {}", page.html());
}
