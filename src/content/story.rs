//! A story: one file, checked. Pure in its bytes.
//!
//! References between files (outlets, other stories, groups) keep their places here and are
//! resolved when the site is linked; references within the file are indices already.

mod keep;
mod name;
mod parse;
mod place;
pub mod raw;

pub use name::{Name, name_of, name_of_file};
pub use parse::parse;

use super::data::Data;
use super::date::When;
use super::lint::Lint;
use super::texts::Texts;
use crate::diag::{Span, Spanned};
use crate::slug::Slug;

/// A text owned by a story.
pub type Text = Box<str>;

/// The place of a source in its story's list, from 0.
pub type SourceIx = u32;

/// A checked story.
#[derive(Debug, Clone)]
pub struct Story {
    /// The file, relative to the site's root, with `/`.
    pub path: Text,
    /// The part of the URL that names it.
    pub slug: Slug,
    /// Stable identity for feeds, if set.
    pub id: Option<Text>,
    /// The headline.
    pub title: Spanned<Text>,
    /// Day or moment.
    pub date: When,
    /// Last brought up to date.
    pub updated: Option<When>,
    /// BCP 47 tag, if not the site's.
    pub lang: Option<Text>,
    /// Only with `--drafts`.
    pub draft: bool,
    /// Only with `--expired` after this.
    pub expires: Option<When>,
    /// Higher stands first within a day.
    pub weight: i64,
    /// Earlier paths, checked, with `/` at both ends or ending in `.html`.
    pub aliases: Vec<Spanned<Text>>,
    /// Who wrote the digest.
    pub authors: Vec<Text>,
    /// Its picture.
    pub image: Option<Image>,
    /// The place of the dateline.
    pub place: Option<Text>,
    /// One paragraph, inline Markdown.
    pub summary: Option<Text>,
    /// Names of topics, without repeats.
    pub topics: Vec<Spanned<Text>>,
    /// Slugs of stories to point to.
    pub related: Vec<Spanned<Text>>,
    /// Slugs of the same story in other languages.
    pub translations: Vec<Spanned<Text>>,
    /// Slug of the earlier chapter.
    pub follows: Option<Spanned<Text>>,
    /// How the digest was made.
    pub disclosure: Option<Text>,
    /// Why it was withdrawn.
    pub withdrawn: Option<Text>,
    /// Key points.
    pub points: Vec<Point>,
    /// The articles.
    pub sources: Vec<Source>,
    /// Sides and narratives.
    pub perspectives: Vec<Perspective>,
    /// What happened when, in file order.
    pub timeline: Vec<Event>,
    /// What was said.
    pub quotes: Vec<Quote>,
    /// Free-form sections.
    pub sections: Vec<Section>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// Changes after publication, newest first.
    pub revisions: Vec<Revision>,
    /// Somebody else's totals.
    pub reported: Option<Box<Reported>>,
    /// What to do about kinds of problems in this file.
    pub lint: Lint,
    /// Own data.
    pub extra: Data,
    /// Markdown.
    pub body: Body,
    /// Where the body begins in the file, for messages.
    pub body_start: u32,
    /// Digest of the file's bytes: equal bytes, equal story.
    pub digest: u128,
    /// Digest of the bytes that stand before the body: equal bytes, equal story but for that.
    pub front_digest: u128,
}

/// The Markdown of a story, which its own page shows and no other: so it is asked of the site, which
/// notes the look, and an edit of it leaves all other pages as they are.
#[derive(Debug, Clone, Default)]
pub struct Body(Text);

impl Body {
    /// What was written.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A picture of the site.
#[derive(Debug, Clone)]
pub struct Image {
    /// As written.
    pub src: Spanned<Text>,
    /// What it shows; `None` if the author did not say.
    pub alt: Option<Text>,
    /// Line below it.
    pub caption: Option<Text>,
    /// Who made it.
    pub credit: Option<Text>,
}

/// A key point.
#[derive(Debug, Clone)]
pub struct Point {
    /// Unique in the story.
    pub id: Text,
    /// Inline Markdown.
    pub text: Text,
    /// Sources that say so: `cites`, then those cited in the text; no repeats.
    pub cites: Vec<SourceIx>,
    /// Sources that deny it.
    pub denied_by: Vec<SourceIx>,
}

/// An article.
#[derive(Debug, Clone)]
pub struct Source {
    /// In this order: id, id of the outlet, address, headline, excerpt.
    texts: Texts<5>,
    /// Where the id of the outlet was written.
    outlet_span: Span,
    /// Day or moment.
    pub published: Option<When>,
    /// Source whose text this one republishes.
    pub copy_of: Option<SourceIx>,
    /// What few sources have.
    pub more: Option<Box<SourceMore>>,
    /// Where the source stands in the file.
    pub span: Span,
}

/// What few sources have; apart, to keep the many small.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceMore {
    /// Id of the agency whose text it is.
    pub wire: Option<Spanned<Text>>,
    /// Byline.
    pub author: Option<Text>,
    /// Language, if not the story's.
    pub lang: Option<Text>,
    /// Behind a paywall; `None` as its outlet says.
    pub paywall: Option<bool>,
    /// Archived copy.
    pub archive: Option<Archive>,
}

/// An archived copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Archive {
    /// Checked address.
    pub url: Text,
    /// When.
    pub date: Option<When>,
}

/// A side's summary or a narrative.
#[derive(Debug, Clone)]
pub struct Perspective {
    /// What it is called.
    pub name: Option<Text>,
    /// Group of the main axis.
    pub side: Option<Spanned<Text>>,
    /// Inline Markdown.
    pub text: Text,
    /// Sources.
    pub cites: Vec<SourceIx>,
}

/// An event on the timeline.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub date: When,
    /// Inline Markdown.
    pub text: Text,
    /// Sources.
    pub cites: Vec<SourceIx>,
}

/// Something that was said.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Inline Markdown.
    pub text: Text,
    /// Who said it.
    pub speaker: Option<Text>,
    /// Who that is.
    pub role: Option<Text>,
    /// Sources.
    pub cites: Vec<SourceIx>,
}

/// A free-form section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Heading.
    pub title: Text,
    /// Markdown.
    pub text: Option<Text>,
    /// Inline Markdown each.
    pub items: Vec<Text>,
    /// Sources.
    pub cites: Vec<SourceIx>,
}

/// A question and its answer.
#[derive(Debug, Clone)]
pub struct Question {
    /// Inline Markdown.
    pub question: Text,
    /// Inline Markdown.
    pub answer: Text,
    /// Sources.
    pub cites: Vec<SourceIx>,
}

/// A change after publication.
#[derive(Debug, Clone)]
pub struct Revision {
    /// When.
    pub date: When,
    /// Inline Markdown.
    pub note: Text,
    /// Whether something was wrong before.
    pub kind: RevisionKind,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionKind {
    /// Something new.
    Update,
    /// Something was wrong.
    Correction,
}

/// Totals that somebody else counted.
#[derive(Debug, Clone)]
pub struct Reported {
    /// Who.
    pub by: Text,
    /// Checked address.
    pub url: Option<Text>,
    /// When.
    pub date: Option<When>,
    /// How many articles.
    pub articles: Option<u64>,
    /// Axis, then group or level, then per cent (0 to 100).
    pub axes: Vec<(Spanned<Text>, Vec<ReportedShare>)>,
}

/// A group (or level) and its share in per cent.
pub type ReportedShare = (Spanned<Text>, u8);

impl Source {
    /// Unique in the story.
    pub fn id(&self) -> &str {
        self.texts.get(0).unwrap_or_default()
    }

    /// Id of an outlet, if written.
    pub fn outlet(&self) -> Option<Spanned<&str>> {
        self.texts.get(1).map(|id| Spanned::new(id, self.outlet_span))
    }

    /// Checked address (http or https).
    pub fn url(&self) -> Option<&str> {
        self.texts.get(2)
    }

    /// Headline.
    pub fn title(&self) -> Option<&str> {
        self.texts.get(3)
    }

    /// Inline Markdown.
    pub fn excerpt(&self) -> Option<&str> {
        self.texts.get(4)
    }

    /// Id of the agency whose text it is.
    pub fn wire(&self) -> Option<Spanned<&str>> {
        let wire = self.more.as_ref()?.wire.as_ref()?;
        Some(Spanned::new(&*wire.value, wire.span))
    }

    /// The language, if it is not the story's.
    pub fn lang(&self) -> Option<&str> {
        self.more.as_ref()?.lang.as_deref()
    }
}

#[cfg(test)]
mod tests;
