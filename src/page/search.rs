//! The search page, and what the index knows: of every story title, summary, points, headlines and
//! outlets, with filters by topic, outlet, group of the main axis, and year; of every plain page its
//! text.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Page;
use super::cite::publisher_name;
use super::head::Head;
use super::story::counted;
use super::world::World;
use crate::coverage::Publisher;
use crate::diag::{Code, Diag};
use crate::markdown;
use crate::site::StoryIx;
use crate::site::outline::DocIx;

/// Where the search stands.
pub const PATH: &str = "/search/";

/// Where the index stands.
pub const FOLDER: &str = "pagefind/";

/// A story or plain page as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Path from the site's root, without `/` in front.
    pub url: String,
    /// All words that find it.
    pub content: String,
    /// BCP 47 tag.
    pub lang: String,
    /// What a result shows.
    pub meta: BTreeMap<String, String>,
    /// What results can be narrowed by.
    pub filters: BTreeMap<String, Vec<String>>,
    /// What results can be ordered by.
    pub sort: BTreeMap<String, String>,
}

/// The head of the search page.
pub fn head(world: &World) -> Head {
    Head::new(world, "search", world.own.text("search"), PATH)
}

/// Files of the site in the folder of the index, which a build would write over.
pub fn reserved(world: &World, pages: &[Page]) -> Vec<Diag> {
    if !world.site.config.search {
        return Vec::new();
    }
    let taken = pages.iter().filter(|page| page.path.to_lowercase().starts_with(FOLDER));
    taken
        .map(|page| {
            let message = format!("`{}` stands where the index of the search goes", page.path);
            Diag::error(Code::DuplicatePath, &page.source, message)
                .help("move it, or set `search = false` in the configuration")
        })
        .collect()
}

/// What the index knows of a story.
pub fn record(world: &World, at: StoryIx) -> Record {
    let counted = counted(world, at);
    let entry = counted.entry;
    let story = &entry.story;
    let lang = world.site.lang(story);
    let words = world.words(lang);
    let mut parts: Vec<String> = vec![story.title.value.to_string()];
    parts.extend(story.summary.as_deref().map(markdown::plain));
    parts.extend(story.points.iter().map(|point| markdown::plain(&point.text)));
    parts.extend(story.sources.iter().filter_map(|source| source.title().map(str::to_owned)));
    let mut outlets: Vec<String> = Vec::new();
    for facts in &counted.coverage.sources {
        if !matches!(facts.publisher, Publisher::Unnamed(_)) {
            outlets.push(publisher_name(world, words, &facts.publisher).to_owned());
        }
    }
    outlets.sort();
    outlets.dedup();
    parts.extend(outlets.iter().cloned());
    let topics: Vec<String> =
        entry.topics.iter().map(|&topic| world.site.topic(topic).name.to_string()).collect();
    let filters = [
        ("topic", topics),
        ("outlet", outlets),
        ("group", groups(world, &counted.coverage)),
        ("year", vec![format!("{:04}", entry.day.year())]),
    ];
    let moment = crate::content::date::second(entry.moment).to_string();
    // `at` sorts the results of several languages, each of which has an index of its own.
    let meta = [
        ("title", world.headline(story)),
        ("date", words.language.locale.day(entry.day)),
        ("at", entry.moment.as_second().to_string()),
    ];
    let sentence =
        |part: String| if part.ends_with(['.', '!', '?', '…', '。']) { part } else { part + "." };
    Record {
        url: world.permalink(&entry.url)[world.site.config.base_url.len()..].to_owned(),
        content: parts.into_iter().map(sentence).collect::<Vec<_>>().join(" "),
        lang: lang.to_owned(),
        meta: owned(meta),
        filters: owned(filters),
        sort: owned([("date", moment)]),
    }
}

/// What the index knows of a plain page: its title, its sentence and its text. It has no filters,
/// and stands behind every story by date if it has none.
pub fn record_of_page(world: &World, at: DocIx) -> Record {
    let doc = &world.site.docs()[at];
    let moment = doc.date.map_or(Timestamp::UNIX_EPOCH, |date| date.moment(world.site.zone()));
    let mut meta = owned([("title", doc.title.to_string()), ("at", moment.as_second().to_string())]);
    let lang = doc.lang.as_deref().unwrap_or(&world.site.config.lang);
    if let Some(date) = doc.date {
        let day = date.day(world.site.zone());
        meta.insert("date".to_owned(), world.words(lang).language.locale.day(day));
    }
    let parts = [&*doc.title, doc.description.as_deref().unwrap_or_default(), &*doc.body];
    Record {
        url: world.permalink(&super::doc::path(doc))[world.site.config.base_url.len()..].to_owned(),
        content: parts.map(markdown::plain).join(" "),
        lang: lang.to_owned(),
        meta,
        filters: BTreeMap::new(),
        sort: owned([("date", crate::content::date::second(moment).to_string())]),
    }
}

/// The groups of the main axis that report a story, in the words of the site.
fn groups(world: &World, coverage: &crate::coverage::Coverage) -> Vec<String> {
    let Some(main) = world.site.rules.axes.main else {
        return Vec::new();
    };
    let shares = coverage.axes[main].outlets.groups.iter().zip(&world.own.groups[main]);
    shares.filter(|(share, _)| share.count > 0).map(|(_, group)| group.name.clone()).collect()
}

fn owned<V, const N: usize>(entries: [(&str, V); N]) -> BTreeMap<String, V> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
