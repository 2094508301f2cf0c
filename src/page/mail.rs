//! An edition as a newsletter: `email.html` and `email.txt`.
//!
//! Mail programs know no style sheets of ours and no base address, so every address is absolute
//! and what an author's Markdown becomes gets its styles written into it.

use serde::Serialize;

use super::abroad::Abroad;
use super::head::Head;
use super::list::edition;
use super::numbers::{self, BarPart, blindspot_label};
use super::world::{Html, Words, World};
use crate::content::pages::Edition;
use crate::locale::{DateView, direction};
use crate::markdown;
use crate::site::{EditionEntry, StoryIx};

/// Bytes of a mail at most; Gmail cuts what is longer.
pub const LONGEST: usize = 102_000;

/// Pixels of a column at most: a sheet of 600 without its padding.
const COLUMN: u32 = 552;

/// What the template of a mail sees.
#[derive(Debug, Serialize)]
pub struct MailPage {
    mail: MailView,
}

#[derive(Debug, Serialize)]
struct MailView {
    title: String,
    number: Option<i64>,
    date: DateView,
    preheader: String,
    url: String,
    site_url: String,
    intro: Option<Html>,
    stories: Vec<MailStory>,
}

#[derive(Debug, Serialize)]
struct MailStory {
    title: String,
    url: String,
    lang: String,
    dir: &'static str,
    dateline: String,
    summary: Option<Html>,
    points: Vec<Html>,
    articles: u32,
    bar: Vec<BarPart>,
    rated: u32,
    enough: bool,
    blindspot: Option<String>,
}

/// The path of an edition's mail.
pub fn path(edition: &Edition) -> String {
    format!("{}email.html", edition::path(edition))
}

fn lang_of<'w>(world: &'w World, edition: &'w Edition) -> &'w str {
    edition.lang.as_deref().unwrap_or(&world.site.config.lang)
}

/// An edition as a mail.
pub fn view(world: &World, at: usize) -> (Head, MailPage) {
    let entry = &world.site.editions()[at];
    let edition = &entry.edition;
    let lang = lang_of(world, edition);
    let words = world.words(lang);
    let path = edition::path(edition);
    let mut head = Head::new(world, "email", &world.edition_title(edition), &path);
    head.lang = lang.to_owned();
    head.dir = direction(lang);
    head.noindex = true;
    let intro = Abroad::new(world, words, &edition.path, &path).within(COLUMN).block(&edition.intro, 2);
    let view = MailView {
        title: world.edition_title(edition),
        number: edition.number,
        date: words.language.locale.date(edition.date, world.site.zone()),
        preheader: preheader(world, entry),
        url: world.permalink(&path),
        site_url: world.permalink("/"),
        intro: (!intro.is_empty()).then(|| Html(styled(&intro))),
        stories: entry.stories.iter().map(|&story| mail_story(world, words, story)).collect(),
    };
    (head, MailPage { mail: view })
}

/// The line beside the subject; left out, the first headlines.
fn preheader(world: &World, entry: &EditionEntry) -> String {
    match &entry.edition.preheader {
        Some(preheader) => preheader.to_string(),
        None => {
            let titles = entry.stories.iter().take(3).map(|&at| world.headline(&world.site.story(at).story));
            titles.collect::<Vec<_>>().join(" · ")
        }
    }
}

fn mail_story(world: &World, words: &Words, at: StoryIx) -> MailStory {
    let entry = world.site.story(at);
    let story = &entry.story;
    let lang = world.site.lang(story);
    let own = world.words(lang);
    let texts = Abroad::new(world, own, &story.path, &entry.url).within(COLUMN);
    let (bar, rated, _, enough) = numbers::bar(world, words, &entry.summary.main);
    let spot = entry.summary.blindspot.as_ref().and_then(|spot| {
        let group = &words.groups[world.site.rules.axes.main?][spot.group as usize];
        Some(blindspot_label(words, group))
    });
    let html = |text: &str| Html(styled(&texts.inline(text)));
    MailStory {
        title: world.headline(story),
        url: world.permalink(&entry.url),
        lang: lang.to_owned(),
        dir: direction(lang),
        dateline: own.language.locale.dateline(story.place.as_deref(), entry.day),
        summary: story.summary.as_deref().map(html),
        points: story.points.iter().map(|point| html(&point.text)).collect(),
        articles: entry.summary.articles,
        bar,
        rated,
        enough,
        blindspot: spot,
    }
}

/// Tags that our Markdown writes, and what each becomes in a mail.
const STYLES: [(&str, &str); 16] = [
    ("<p>", "<p style=\"margin:0 0 12px\">"),
    ("<a href=", "<a style=\"color:#1f4e8c\" href="),
    ("<ul>", "<ul style=\"margin:0 0 12px;padding:0 20px\">"),
    ("<ol>", "<ol style=\"margin:0 0 12px;padding:0 20px\">"),
    ("<li>", "<li style=\"margin:0 0 6px\">"),
    ("<blockquote>", "<blockquote style=\"margin:0 0 12px;padding:0 12px;border-left:3px solid #cccccc\">"),
    ("<h2", "<h2 style=\"margin:16px 0 8px;font-size:21px;line-height:27px\""),
    ("<h3", "<h3 style=\"margin:16px 0 8px;font-size:18px;line-height:25px\""),
    ("<h4", "<h4 style=\"margin:16px 0 8px;font-size:16px;line-height:25px\""),
    ("<hr />", "<hr style=\"margin:16px 0;border:0;border-top:1px solid #d9d4ca\">"),
    (
        "<table>",
        "<table border=\"0\" cellpadding=\"4\" cellspacing=\"0\" style=\"margin:0 0 12px;border-collapse:collapse\">",
    ),
    ("<th>", "<th style=\"text-align:start;border-bottom:1px solid #d9d4ca\">"),
    ("<th ", "<th style=\"border-bottom:1px solid #d9d4ca\" "),
    ("<td", "<td style=\"border-bottom:1px solid #d9d4ca\""),
    ("<pre>", "<pre style=\"margin:0 0 12px;font-size:13px;white-space:pre-wrap\">"),
    ("<img ", "<img style=\"max-width:100%;height:auto;border:0\" "),
];

/// Our own HTML with styles written into it. A `<` of the author's is an entity by now, so what is
/// found here is a tag.
fn styled(html: &str) -> String {
    STYLES.iter().fold(html.to_owned(), |html, (tag, styled)| html.replace(tag, styled))
}

/// An edition as plain text.
pub fn text(world: &World, at: usize) -> Vec<u8> {
    let entry = &world.site.editions()[at];
    let edition = &entry.edition;
    let words = world.words(lang_of(world, edition));
    let number = edition.number.map(|n| words.language.fill("edition_n", Some(n.unsigned_abs()), &[]));
    let date = words.language.locale.date(edition.date, world.site.zone()).text;
    let line: Vec<String> =
        std::iter::once(world.site.config.title.clone()).chain(number).chain([date]).collect();
    let mut parts: Vec<String> = vec![
        world.edition_title(edition),
        line.join(" · "),
        format!("{}: {}", words.text("read_on_web"), world.permalink(&edition::path(edition))),
    ];
    let path = edition::path(edition);
    let texts = Abroad::new(world, words, &edition.path, &path);
    parts.extend(Some(texts.readable(&edition.intro)).filter(|intro| !intro.is_empty()));
    for &story in &entry.stories {
        parts.push("* * *".to_owned());
        parts.extend(story_text(world, words, story));
    }
    let text = parts.join("\n\n") + "\n";
    text.chars().filter(|&c| c == '\n' || !c.is_control()).collect::<String>().into_bytes()
}

fn story_text(world: &World, words: &Words, at: StoryIx) -> Vec<String> {
    let entry = world.site.story(at);
    let story = &entry.story;
    let own = world.words(world.site.lang(story));
    let dateline = own.language.locale.dateline(story.place.as_deref(), entry.day);
    let summary = story.summary.as_deref().map(markdown::plain).unwrap_or_default();
    let points: Vec<String> =
        story.points.iter().map(|point| format!("- {}", markdown::plain(&point.text))).collect();
    let articles = words.language.fill("n_articles", Some(u64::from(entry.summary.articles)), &[]);
    let mut parts = vec![world.headline(story), format!("{dateline} {summary}").trim().to_owned()];
    if !points.is_empty() {
        parts.push(points.join("\n"));
    }
    parts.push(format!("{articles}: {}", world.permalink(&entry.url)));
    parts
}
