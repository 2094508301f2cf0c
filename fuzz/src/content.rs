//! Files that a person writes: parsed, and brought into canonical form.

use dateline::content::{config, outlet, pages, story};
use dateline::diag::Diag;
use dateline::edit;

/// A story, an outlet, an edition and the configuration of these bytes, TOML or YAML.
pub fn front_matter(bytes: &[u8]) {
    let axes = config::parse("dateline.toml", b"").0.axes;
    for path in ["content/stories/a.md", "content/stories/a.toml"] {
        let (story, diags) = story::parse(path, bytes);
        sound(&diags, bytes);
        assert!(story.is_some() || dateline::diag::has_error(&diags), "nothing, and no reason");
    }
    sound(&outlet::parse("content/outlets/a.toml", "a", bytes, &axes).1, bytes);
    sound(&outlet::parse_many("content/outlets.toml", bytes, &axes).1, bytes);
    sound(&pages::edition("content/editions/a.md", bytes).1, bytes);
    sound(&config::parse("dateline.toml", bytes).1, bytes);
}

/// Every problem has a place inside of the file.
fn sound(diags: &[Diag], bytes: &[u8]) {
    for diag in diags {
        let at = diag.position();
        assert!(at.line >= 1 && at.column >= 1);
        assert!(!diag.message.is_empty());
        if let Some(span) = diag.span {
            assert!(span.start as usize <= bytes.len() + 3, "{diag:?}");
        }
    }
}

/// `fmt`: what it writes means the same, and is what it would write again.
pub fn format(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(record) = edit::record_of("content/stories/a.md") else { return };
    let Ok(once) = edit::format(text, false, record) else { return };
    let (before, _) = story::parse("content/stories/a.md", bytes);
    let (after, _) = story::parse("content/stories/a.md", once.as_bytes());
    let facts = |story: &story::Story| {
        (story.title.value.clone(), story.body.text().to_owned(), story.sources.len(), story.points.len())
    };
    assert_eq!(before.as_ref().map(facts), after.as_ref().map(facts), "{once}");
    assert_eq!(edit::format(&once, false, record).as_deref(), Ok(&*once), "twice is not once");
}
