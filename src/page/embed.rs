//! Widgets to embed elsewhere: the one list of them, from which embed pages, pictures, oEmbed
//! data and the links of a story's page follow.

use serde::Serialize;
use tera::Value;

use super::head::Head;
use super::story;
use super::world::{Words, World};
use crate::content::axis::AxisIx;
use crate::content::config::StoryOutput;
use crate::content::story::Story;
use crate::coverage::Coverage;
use crate::coverage::blindspot::outer_groups;
use crate::locale::direction;
use crate::markdown::escaped;
use crate::site::{Entry, StoryIx};

/// A widget of a story that can stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Widget {
    /// How many articles, outlets and reports.
    Details,
    /// Whether one outer group barely reports.
    Blindspot,
    /// The distribution over one axis.
    Distribution(AxisIx),
    /// Totals that somebody else counted.
    Reported,
    /// The earliest article in the list.
    First,
    /// Articles by day.
    Timeline,
    /// Outlets by country, language and scope.
    Places,
    /// Articles that share one text.
    Copies,
    /// What each side says.
    Perspectives,
    /// Key points × groups.
    Matrix,
    /// Headlines by group.
    Headlines,
}

/// The widgets of a story, in the order of its page. Whether a story has one depends on its file
/// alone, not on what is counted, so an address lives as long as what it shows can be asked for.
pub fn widgets(world: &World, story: &Story) -> Vec<Widget> {
    let mut list = vec![Widget::Details];
    if outer_groups(&world.site.rules).is_some() {
        list.push(Widget::Blindspot);
    }
    list.extend((0..world.site.rules.axes.list.len()).map(Widget::Distribution));
    if story.reported.is_some() {
        list.push(Widget::Reported);
    }
    list.extend([Widget::First, Widget::Timeline, Widget::Places, Widget::Copies]);
    if !story.perspectives.is_empty() {
        list.push(Widget::Perspectives);
    }
    if world.site.rules.axes.main.is_some() {
        if !story.points.is_empty() {
            list.push(Widget::Matrix);
        }
        list.push(Widget::Headlines);
    }
    list
}

impl Widget {
    /// The name in addresses.
    pub fn id(self, world: &World) -> String {
        match self {
            Widget::Details => "details".to_owned(),
            Widget::Distribution(axis) => format!("distribution-{}", world.site.rules.axes.list[axis].id),
            Widget::Blindspot => "blindspot".to_owned(),
            Widget::Perspectives => "perspectives".to_owned(),
            Widget::Reported => "reported".to_owned(),
            Widget::First => "first".to_owned(),
            Widget::Timeline => "timeline".to_owned(),
            Widget::Places => "places".to_owned(),
            Widget::Copies => "copies".to_owned(),
            Widget::Matrix => "matrix".to_owned(),
            Widget::Headlines => "headlines".to_owned(),
        }
    }

    /// What readers see.
    pub fn name(self, words: &Words) -> String {
        let key = match self {
            Widget::Distribution(axis) => return words.axes[axis].clone(),
            Widget::Details => "coverage_details",
            Widget::Blindspot => "blindspot",
            Widget::Perspectives => "perspectives",
            Widget::Reported => "reported_totals",
            Widget::First => "first_report",
            Widget::Timeline => "coverage_over_time",
            Widget::Places => "places",
            Widget::Copies => "copies",
            Widget::Matrix => "who_reports_what",
            Widget::Headlines => "headlines_compared",
        };
        words.text(key).to_owned()
    }

    /// The path of its embed page.
    pub fn page_path(self, world: &World, entry: &Entry) -> String {
        format!("{}embed/{}/", entry.url, self.id(world))
    }

    /// The path of its picture.
    pub fn svg_path(self, world: &World, entry: &Entry) -> String {
        format!("{}{}.svg", entry.url, self.id(world))
    }

    /// Pixels that its embed page needs in a frame of 320 pixels, its folds closed.
    pub fn height(self, world: &World, story: &Story, coverage: &Coverage) -> u32 {
        let groups = |axis: AxisIx| coverage.axes[axis].outlets.groups.len() as u32;
        let main = world.site.rules.axes.main.map_or(0, groups);
        let body = match self {
            Widget::Details => 480 + main * 28,
            Widget::Distribution(axis) => 240 + groups(axis) * 28,
            Widget::Reported => 180 + story.reported.as_ref().map_or(0, |it| it.axes.len() as u32 * 220),
            Widget::Blindspot => 150,
            Widget::Perspectives => 160 + perspectives_height(story),
            Widget::First => 180,
            Widget::Timeline => 220,
            Widget::Places => 640,
            Widget::Copies => 200 + coverage.articles.saturating_sub(coverage.reports).min(12) * 20,
            Widget::Matrix => 200 + coverage.matrix.len() as u32 * 95,
            Widget::Headlines => 200 + main * 320,
        };
        // The headline of the story above and the line below.
        body + 120
    }
}

/// Pixels of the texts of all perspectives one below the other, about 40 characters a line.
fn perspectives_height(story: &Story) -> u32 {
    let lines = |text: &str| text.chars().count() as u32 / 40 + 1;
    story.perspectives.iter().map(|one| 84 + lines(&one.text) * 24).sum()
}

/// A widget to embed elsewhere, as templates see it.
#[derive(Debug, Serialize)]
pub struct Embed {
    widget: String,
    name: String,
    svg: Option<String>,
    html: Option<String>,
    snippet: Option<String>,
}

/// The widgets of a story with their addresses and what to paste elsewhere.
pub fn links(world: &World, words: &Words, entry: &Entry, coverage: &Coverage) -> Vec<Embed> {
    let (embed, svg) = (world.writes(StoryOutput::Embed), world.writes(StoryOutput::Svg));
    if !(embed || svg) || entry.story.withdrawn.is_some() {
        return Vec::new();
    }
    let link = |widget: Widget| Embed {
        widget: widget.id(world),
        name: widget.name(words),
        svg: svg.then(|| world.href(&widget.svg_path(world, entry))),
        html: embed.then(|| world.href(&widget.page_path(world, entry))),
        snippet: embed.then(|| snippet(world, words, entry, coverage, widget)),
    };
    widgets(world, &entry.story).into_iter().map(link).collect()
}

/// The frame that shows a widget on another page.
fn snippet(world: &World, words: &Words, entry: &Entry, coverage: &Coverage, widget: Widget) -> String {
    let src = world.permalink(&widget.page_path(world, entry));
    let title = format!("{}: {}", widget.name(words), world.headline(&entry.story));
    let height = widget.height(world, &entry.story, coverage);
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>",
        escaped(&src),
        escaped(&title)
    )
}

/// The variables of an embed page.
#[derive(Debug, Serialize)]
pub struct EmbedPage {
    widget: String,
    /// The view of the story, seen from elsewhere; its embed pages follow one another and share it.
    story: Value,
}

/// The embed page of a widget.
pub fn page(world: &World, at: StoryIx, widget: Widget) -> (Head, EmbedPage) {
    let entry = world.site.story(at);
    let lang = world.site.lang(&entry.story);
    let words = world.words(lang);
    let title = format!("{}: {}", widget.name(words), world.headline(&entry.story));
    let mut head = Head::new(world, "embed", &title, &entry.url);
    head.lang = lang.to_owned();
    head.dir = direction(lang);
    head.noindex = true;
    head.feeds = Vec::new();
    let view = || {
        let counted = story::counted(world, at);
        Value::from_serializable(&story::view(world, &counted, &world.permalink(&entry.url)))
    };
    (head, EmbedPage { widget: widget.id(world), story: world.repeats.elsewhere.get(at, view) })
}

/// What consumers of oEmbed read (oembed.com, version 1.0).
#[derive(Debug, Serialize)]
pub struct OEmbed<'w> {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'w str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_name: Option<String>,
    provider_name: &'w str,
    provider_url: String,
    /// Seconds.
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_height: Option<u32>,
}

/// Pixels of the frame that oEmbed proposes.
const WIDTH: u32 = 480;

/// Seconds for which a consumer may keep oEmbed data: a day.
const CACHE_AGE: u32 = 86_400;

/// The oEmbed data of a story: its coverage details in a frame.
pub fn oembed(world: &World, at: StoryIx) -> OEmbed<'_> {
    let story::Counted { entry, coverage, .. } = story::counted(world, at);
    let story = &entry.story;
    let words = world.words(world.site.lang(story));
    let authors = story.authors.join(", ");
    let card = world.writes(StoryOutput::Card);
    OEmbed {
        version: "1.0",
        kind: "rich",
        title: &story.title.value,
        author_name: (!authors.is_empty()).then_some(authors),
        provider_name: &world.site.config.title,
        provider_url: world.permalink("/"),
        cache_age: CACHE_AGE,
        html: snippet(world, words, entry, &coverage, Widget::Details),
        width: WIDTH,
        height: Widget::Details.height(world, story, &coverage),
        thumbnail_url: card.then(|| world.permalink(&card_path(entry))),
        thumbnail_width: card.then_some(CARD.0),
        thumbnail_height: card.then_some(CARD.1),
    }
}

/// Pixels of `card.png`.
pub const CARD: (u32, u32) = (1200, 630);

/// The path of a story's card.
pub fn card_path(entry: &Entry) -> String {
    format!("{}card.png", entry.url)
}

/// The path of a story's oEmbed data.
pub fn oembed_path(entry: &Entry) -> String {
    format!("{}oembed.json", entry.url)
}

/// Where the oEmbed data of a story stand.
pub fn oembed_url(world: &World, entry: &Entry) -> Option<String> {
    let has = world.writes(StoryOutput::Embed) && entry.story.withdrawn.is_none();
    has.then(|| world.permalink(&oembed_path(entry)))
}
