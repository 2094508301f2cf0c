//! What others publish: importers never panic, and what they write is a file that Dateline reads.

use dateline::content::{config, outlet, story};
use dateline::diag::{Code, Diag, has_error};
use dateline::import::{self, Context, Imported, Kind, charset, metadata};

/// A site that knows no outlet.
struct Nobody;

impl import::Outlets for Nobody {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn by_host(&self, _: &str) -> Option<String> {
        None
    }
}

/// Reads a format, and then everything that it made.
pub fn import(kind: Kind, bytes: &[u8]) {
    let as_sources = bytes.first().is_some_and(|byte| byte % 2 == 1);
    let context = Context { name: "x".to_owned(), today: jiff::civil::date(2025, 7, 31), as_sources };
    let Ok(mut imported) = import::read(kind, bytes, &context) else { return };
    import::add_missing_outlets(&mut imported, &Nobody);
    readable(&imported);
}

fn readable(imported: &Imported) {
    for draft in &imported.stories {
        let text = draft.to_markdown();
        let path = format!("content/stories/{}.md", draft.name);
        let (story, diags) = story::parse(&path, text.as_bytes());
        good(&diags, &text);
        assert!(story.is_some_and(|story| story.draft), "{text}");
    }
    let axes = config::parse("dateline.toml", b"").0.axes;
    for draft in &imported.outlets {
        let text = draft.to_toml();
        let path = format!("content/outlets/{}.toml", draft.id);
        // Raters and labels that the site's configuration does not know yet are for its author to add.
        let (outlet, mut diags) = outlet::parse(&path, &draft.id, text.as_bytes(), &axes);
        diags.retain(|diag| !matches!(diag.code, Code::UnknownId | Code::UnmappedLabel));
        good(&diags, &text);
        assert!(!outlet.is_empty(), "{text}");
    }
}

fn good(diags: &[Diag], text: &str) {
    let said: Vec<&String> = diags.iter().map(|diag| &diag.message).collect();
    assert!(!has_error(diags), "{said:?} in\n{text}");
}

/// A web page, as `add` reads it.
pub fn web_page(bytes: &[u8]) {
    let html = charset::decode(bytes, None);
    let page = metadata::read(&html, "https://www.news.example/a?utm_source=x#y");
    let source = import::draft::Source {
        id: Some("a".to_owned()),
        url: Some(page.url),
        title: page.title,
        excerpt: page.excerpt,
        published: page.published,
        author: page.author,
        lang: page.lang,
        paywall: page.paywall,
        ..Default::default()
    };
    for table in [source.to_table(), format!("sources = [{}]\n", source.to_inline())] {
        let text = format!("+++\ntitle = \"t\"\ndate = 2025-07-31\n{table}+++\n");
        let (story, diags) = story::parse("content/stories/a.md", text.as_bytes());
        good(&diags, &text);
        assert!(story.is_some_and(|story| story.sources.len() == 1), "{text}");
    }
}
