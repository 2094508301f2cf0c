//! The kinds of pages, and whom each is for.

use super::embed::Widget;
use super::machine;
use crate::coverage::OutletIx;
use crate::site::{StoryIx, TopicIx};

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Page `n` of the home page.
    Home(usize),
    /// A story.
    Story(StoryIx),
    /// `story.json`.
    StoryJson(StoryIx),
    /// A widget of a story, to be framed elsewhere.
    Embed(StoryIx, Widget),
    /// `oembed.json`.
    OEmbed(StoryIx),
    /// A widget of a story as a picture.
    Svg(StoryIx, Widget),
    /// `card.png`.
    Card(StoryIx),
    /// Page `n` of the list of topics.
    Topics(usize),
    /// Page `n` of a topic.
    Topic(TopicIx, usize),
    /// Page `n` of the list of outlets.
    Outlets(usize),
    /// Page `n` of an outlet.
    Outlet(OutletIx, usize),
    /// Page `n` of the blindspots.
    Blindspots(usize),
    /// Page `n` of the list of editions.
    Editions(usize),
    /// An edition.
    Edition(usize),
    /// The archive.
    Archive,
    /// Page `n` of a month.
    Month(usize, usize),
    /// The methodology.
    Methodology,
    /// A plain page.
    Doc(usize),
    /// What hosts show for a path that is not there.
    NotFound,
    /// An earlier path of a story.
    Redirect(StoryIx),
    /// What only programs read.
    Machine(machine::File),
    /// An edition as a mail.
    Mail(usize),
    /// The search.
    Search,
    /// A file of the theme.
    Asset(String),
    /// A file of the site, copied as it is: its path in the site.
    Copy(String),
    /// A picture of the site without metadata: its path in the site, and its width if smaller.
    Picture(String, Option<u32>),
    /// An empty file.
    Empty,
}

/// Whom a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Readers, who may come from a search engine. A template makes it.
    Readers,
    /// Readers who come another way: framed elsewhere, sent, led on, lost. A template makes it.
    Guests,
    /// Programs. No template makes it.
    Programs,
}

impl Kind {
    /// Whom a page of this kind is for.
    pub fn audience(&self) -> Audience {
        match self {
            Kind::Home(_)
            | Kind::Story(_)
            | Kind::Topics(_)
            | Kind::Topic(..)
            | Kind::Outlets(_)
            | Kind::Outlet(..)
            | Kind::Blindspots(_)
            | Kind::Editions(_)
            | Kind::Edition(_)
            | Kind::Archive
            | Kind::Month(..)
            | Kind::Methodology
            | Kind::Doc(_)
            | Kind::Search => Audience::Readers,
            Kind::Embed(..) | Kind::NotFound | Kind::Redirect(_) | Kind::Mail(_) => Audience::Guests,
            Kind::StoryJson(_)
            | Kind::OEmbed(_)
            | Kind::Svg(..)
            | Kind::Card(_)
            | Kind::Machine(_)
            | Kind::Asset(_)
            | Kind::Copy(_)
            | Kind::Picture(..)
            | Kind::Empty => Audience::Programs,
        }
    }

    /// Whether a template of the theme makes it.
    pub fn has_template(&self) -> bool {
        self.audience() != Audience::Programs
    }
}
