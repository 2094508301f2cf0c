//! The view of a story's page: all that its template can see.

pub(super) mod article;
mod blocks;
pub(super) mod charts;
mod reporters;

use serde::Serialize;
use tera::Value;

use super::card::card;
use super::cite::{Cite, Prose};
use super::embed::Embed;
use super::numbers::{self, BlindspotView};
use super::world::{Html, Link, Named, Words, World};
use crate::content::config::StoryOutput;
use crate::content::story::{RevisionKind, Story};
use crate::coverage::{self, Coverage};
use crate::locale::{DateView, direction};
use crate::markdown;
use crate::site::{Entry, StoryIx};

pub use article::{SourceView, todays_levels};

/// All that a story's template sees beside site and page.
#[derive(Debug, Serialize)]
pub struct StoryView {
    id: String,
    slug: String,
    title: String,
    url: String,
    permalink: String,
    lang: String,
    dir: &'static str,
    date: DateView,
    updated: Option<DateView>,
    place: Option<String>,
    dateline: String,
    summary: Option<Html>,
    topics: Vec<Value>,
    authors: Vec<String>,
    image: Option<ImageView>,
    points: Vec<PointView>,
    body: Option<Html>,
    has_body: bool,
    perspectives: Vec<blocks::PerspectiveView>,
    headlines: Vec<article::HeadlineGroup>,
    timeline: Vec<blocks::EventView>,
    quotes: Vec<blocks::QuoteView>,
    sections: Vec<blocks::SectionView>,
    questions: Vec<blocks::QuestionView>,
    revisions: Vec<RevisionView>,
    disclosure: Option<Html>,
    withdrawn: Option<Html>,
    follows: Option<Link>,
    followed_by: Vec<Link>,
    sources: Vec<Value>,
    filters: Vec<article::FilterView>,
    related: Vec<Value>,
    previous: Option<Link>,
    next: Option<Link>,
    cite: CiteThis,
    data: DataLinks,
    embeds: Vec<Embed>,
    coverage: CoverageView,
    extra: Value,
}

/// A picture of the site.
#[derive(Debug, Clone, Serialize)]
pub struct ImageView {
    src: String,
    srcset: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    alt: String,
    caption: Option<Html>,
    credit: Option<String>,
}

#[derive(Debug, Serialize)]
struct PointView {
    id: String,
    anchor: String,
    html: Html,
    cites: Vec<Cite>,
    denied_by: Vec<Cite>,
    single: bool,
    outlets: u32,
}

#[derive(Debug, Serialize)]
struct RevisionView {
    date: DateView,
    note: Html,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct CiteThis {
    plain: String,
    bibtex: String,
    csl_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct DataLinks {
    json: Option<String>,
    csv: Option<String>,
    csl: Option<String>,
    /// The first two and the methodology, rendered. What failed is left out, so that its page fails too.
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Value>,
}

#[derive(Debug, Serialize)]
struct CoverageView {
    articles: u32,
    outlets: u32,
    reports: u32,
    copies: u32,
    unit: &'static str,
    units: [&'static str; 3],
    /// Whether every axis has the same numbers in all units.
    same: bool,
    updated: Option<DateView>,
    reporters: Option<reporters::ReportersView>,
    first: Option<charts::FirstView>,
    axes: Vec<Value>,
    main: Option<Value>,
    blindspot: Option<BlindspotView>,
    /// The rule, where the main axis is one that can have blindspots.
    blindspot_rule: Option<String>,
    matrix: Option<charts::MatrixView>,
    reported: Option<charts::ReportedView>,
    timeline: Option<charts::TimelineView>,
    places: Vec<charts::PlaceView>,
    copies_list: Vec<article::CopiesView>,
}

/// A story with its full coverage, counted for its page.
pub struct Counted<'s> {
    /// The story among the site's.
    pub at: StoryIx,
    /// The linked story.
    pub entry: &'s Entry,
    /// Its numbers.
    pub coverage: Coverage,
}

/// Counts a story of the site.
pub fn counted<'s>(world: &'s World, at: StoryIx) -> Counted<'s> {
    let site = &world.site;
    let entry = site.story(at);
    let coverage = coverage::count(&entry.story, &site.registry, &site.rules, site.zone());
    Counted { at, entry, coverage }
}

/// The view of a story. `base` is what stands before links to its parts: nothing on its own page.
pub fn view(world: &World, counted: &Counted, base: &str) -> StoryView {
    let Counted { at, entry, coverage } = counted;
    let story = &entry.story;
    let lang = world.site.lang(story);
    let words = world.words(lang);
    let locale = &words.language.locale;
    let zone = world.site.zone();
    let prose = Prose::of_story(world, words, story, coverage, &entry.url).seen_from_elsewhere(base);
    let date = |when| locale.date(when, zone);
    let articles = article::articles(world, words, &prose, story, coverage);
    let values: Vec<Value> = articles.iter().map(Value::from_serializable).collect();
    let body = markdown::block(world.site.body(*at), "", 2, &prose).html;
    let [newer, older] = world.site.neighbours(*at);
    StoryView {
        id: story.id.as_deref().unwrap_or(story.slug.as_str()).to_owned(),
        slug: story.slug.as_str().to_owned(),
        title: world.headline(story),
        url: world.href(&entry.url),
        permalink: world.permalink(&entry.url),
        lang: lang.to_owned(),
        dir: direction(lang),
        date: date(story.date),
        updated: story.updated.map(date),
        place: story.place.as_deref().map(str::to_owned),
        dateline: locale.dateline(story.place.as_deref(), entry.day),
        summary: story.summary.as_deref().map(|text| prose.inline(text)),
        topics: entry.topics.iter().map(|&topic| world.topic(topic)).collect(),
        authors: story.authors.iter().map(|author| author.to_string()).collect(),
        image: image(world, &prose, story),
        points: points(&prose, story, coverage),
        has_body: !body.is_empty(),
        body: (!body.is_empty()).then_some(Html(body)),
        perspectives: blocks::perspectives(world, words, &prose, story),
        headlines: article::headlines(world, words, (&articles, &values), coverage),
        timeline: blocks::timeline(words, zone, &prose, story),
        quotes: blocks::quotes(&prose, story),
        sections: blocks::sections(&prose, story),
        questions: blocks::questions(&prose, story),
        revisions: revisions(&prose, story, &date),
        disclosure: story.disclosure.as_deref().map(|text| prose.inline(text)),
        withdrawn: story.withdrawn.as_deref().map(|text| prose.inline(text)),
        follows: entry.follows.map(|other| link_to(world, other)),
        followed_by: entry.followed_by.iter().map(|&other| link_to(world, other)).collect(),
        filters: article::filters(world, words, coverage),
        related: world.site.related(*at).into_iter().map(|other| card(world, words, other)).collect(),
        previous: older.map(|other| link_to(world, other)),
        next: newer.map(|other| link_to(world, other)),
        cite: cite_this(world, entry, lang),
        data: data_links(world, words, entry),
        embeds: super::embed::links(world, words, entry, coverage),
        coverage: coverage_view(world, words, story, coverage, &articles),
        sources: values,
        extra: Value::from_serializable(&story.extra),
    }
}

fn points(prose: &Prose, story: &Story, coverage: &Coverage) -> Vec<PointView> {
    let view = |(at, point): (usize, &crate::content::story::Point)| PointView {
        id: point.id.to_string(),
        anchor: format!("point-{}", point.id),
        html: prose.inline(&markdown::without_citations(&point.text)),
        cites: prose.cites(&point.cites),
        denied_by: prose.cites(&point.denied_by),
        single: coverage.matrix.get(at).is_some_and(|row| row.is_single()),
        outlets: coverage.matrix.get(at).map_or(0, |row| row.outlets),
    };
    story.points.iter().enumerate().map(view).collect()
}

fn revisions(
    prose: &Prose,
    story: &Story,
    date: &impl Fn(crate::content::date::When) -> DateView,
) -> Vec<RevisionView> {
    let view = |revision: &crate::content::story::Revision| RevisionView {
        date: date(revision.date),
        note: prose.inline(&revision.note),
        kind: revision_kind(revision.kind),
    };
    story.revisions.iter().map(view).collect()
}

/// The word for a kind of revision.
pub fn revision_kind(kind: RevisionKind) -> &'static str {
    match kind {
        RevisionKind::Update => "update",
        RevisionKind::Correction => "correction",
    }
}

/// The picture of a story, if its file is there.
pub fn image(world: &World, prose: &Prose, story: &Story) -> Option<ImageView> {
    let image = story.image.as_ref()?;
    let picture = world.pictures.get(&prose.image_path(&image.src.value)?)?;
    Some(ImageView {
        src: world.href(&picture.url),
        srcset: super::cite::srcset(world, picture),
        width: picture.size.map(|(width, _)| width),
        height: picture.size.map(|(_, height)| height),
        alt: image.alt.as_deref().unwrap_or_default().to_owned(),
        caption: image.caption.as_deref().map(|text| prose.inline(text)),
        credit: image.credit.as_deref().map(str::to_owned),
    })
}

/// A link to another story.
pub fn link_to(world: &World, at: StoryIx) -> Link {
    let entry = world.site.story(at);
    Link { name: world.headline(&entry.story), url: world.href(&entry.url) }
}

fn cite_this(world: &World, entry: &Entry, lang: &str) -> CiteThis {
    let story = &entry.story;
    let site = &world.site.config.title;
    let url = world.permalink(&entry.url);
    let day = world.words(lang).language.locale.day(entry.day);
    let authors = story.authors.join(", ");
    let by = if authors.is_empty() { String::new() } else { format!("{authors}. ") };
    CiteThis {
        plain: format!("{by}{}. {site}, {day}. {url}", story.title.value),
        bibtex: super::bibtex::entry(entry, site, &url),
        csl_url: world
            .writes(StoryOutput::Csl)
            .then(|| world.href(&format!("{}sources.csl.json", entry.url))),
    }
}

fn data_links(world: &World, words: &Words, entry: &Entry) -> DataLinks {
    let link = |output: StoryOutput, file: &str| {
        world.writes(output).then(|| world.href(&format!("{}{file}", entry.url)))
    };
    let json = link(StoryOutput::Json, "story.json");
    let csv = link(StoryOutput::Csv, "sources.csv");
    let links = world.data_links(words, [json.clone(), csv.clone()]);
    DataLinks { json, csv, csl: link(StoryOutput::Csl, "sources.csl.json"), links }
}

fn coverage_view(
    world: &World,
    words: &Words,
    story: &Story,
    coverage: &Coverage,
    articles: &[SourceView],
) -> CoverageView {
    let zone = world.site.zone();
    let same = coverage.axes.iter().all(coverage::AxisCoverage::is_same)
        && coverage.articles == coverage.outlets
        && coverage.articles == coverage.reports;
    let axis =
        |(at, counted)| Value::from_serializable(&numbers::axis::view(world, words, at, counted, same));
    let axes: Vec<Value> = coverage.axes.iter().enumerate().map(axis).collect();
    let latest = coverage.latest.and_then(|at| story.sources[at as usize].published);
    CoverageView {
        articles: coverage.articles,
        outlets: coverage.outlets,
        reports: coverage.reports,
        copies: coverage.articles - coverage.reports,
        unit: world.site.config.count.name(),
        units: ["outlets", "articles", "reports"],
        same,
        updated: latest.map(|when| words.language.locale.date(when, zone)),
        reporters: reporters::reporters(world, words, story, coverage),
        first: charts::first(world, words, story, coverage),
        main: world.site.rules.axes.main.map(|main| axes[main].clone()),
        axes,
        blindspot: coverage.blindspot.as_ref().and_then(|spot| numbers::blindspot(world, words, spot)),
        blindspot_rule: coverage::blindspot::outer_groups(&world.site.rules)
            .map(|_| numbers::blindspot_rule(world, words)),
        matrix: charts::matrix(world, words, story, coverage),
        reported: charts::reported(world, words, story),
        timeline: charts::timeline(words, zone, story),
        places: charts::places(world, words, coverage),
        copies_list: article::copies_list(world, words, story, coverage, articles),
    }
}

/// A group of the main axis by its place.
pub fn main_group<'w>(world: &World, words: &'w Words, group: usize) -> Option<&'w Named> {
    words.groups.get(world.site.rules.axes.main?)?.get(group)
}
