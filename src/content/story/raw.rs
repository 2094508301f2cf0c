//! The keys of a story file, as written.

use std::borrow::Cow;

use crate::content::data::Data;
use crate::content::date::When;
use crate::content::lint::RawLint;
use crate::content::record::{Either, Entries, record};
use crate::diag::Spanned;

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

record! {
    /// A story: what happened, the key points, and the articles that reported it.
    pub struct RawStory<'s> {
        /// The headline. The only key that must be there.
        title: OptText<'s>,
        /// The part of the URL that names the story; left out, the file name without its date.
        slug: OptText<'s>,
        /// A stable identity for feeds that survives a changed slug; left out, the slug.
        id: OptText<'s>,
        /// The day or moment of the story; left out, the date that the file name begins with.
        date: Option<Spanned<When>>,
        /// When the story was last brought up to date.
        updated: Option<Spanned<When>>,
        /// The language as a BCP 47 tag, such as `de` or `pt-BR`; left out, the site's.
        lang: OptText<'s>,
        /// A draft is built only with `--drafts`.
        draft: bool,
        /// After this date the story is built only with `--expired`.
        expires: Option<Spanned<When>>,
        /// Among stories of one day, a higher weight stands first.
        weight: i64,
        /// Earlier paths of the story, each of which redirects here.
        aliases: Vec<Spanned<Text<'s>>>,
        /// Who wrote the digest.
        authors: Vec<Text<'s>>,
        /// The picture of the story.
        image: Option<Spanned<RawImage<'s>>>,
        /// The place that the dateline names: `Russia` prints as RUSSIA, JUL 31 –.
        place: OptText<'s>,
        /// One paragraph, inline Markdown.
        summary: OptText<'s>,
        /// Names of topics.
        topics: Vec<Spanned<Text<'s>>>,
        /// Slugs of stories to point to.
        related: Vec<Spanned<Text<'s>>>,
        /// Slugs of the same story in other languages.
        translations: Vec<Spanned<Text<'s>>>,
        /// The slug of the earlier chapter of a running story.
        follows: OptText<'s>,
        /// How the digest was made (by hand, with AI, imported); printed.
        disclosure: OptText<'s>,
        /// Why the story was withdrawn: a tombstone page takes its place.
        withdrawn: OptText<'s>,
        /// The key points, as texts or as tables.
        points: Vec<Either<Spanned<Text<'s>>, Spanned<RawPoint<'s>>>>,
        /// The articles that reported the story.
        sources: Vec<Spanned<RawSource<'s>>>,
        /// Summaries of the sides, or named narratives.
        perspectives: Vec<Spanned<RawPerspective<'s>>>,
        /// What happened when.
        timeline: Vec<Spanned<RawEvent<'s>>>,
        /// What was said.
        quotes: Vec<Spanned<RawQuote<'s>>>,
        /// Free-form sections: background, what is next, did you know.
        sections: Vec<Spanned<RawSection<'s>>>,
        /// Questions and answers.
        questions: Vec<Spanned<RawQuestion<'s>>>,
        /// Changes after publication, printed newest first.
        revisions: Vec<Spanned<RawRevision<'s>>>,
        /// Totals that somebody else counted; shown as theirs, never mixed with ours.
        reported: Option<Spanned<RawReported<'s>>>,
        /// What to do about kinds of problems in this file: codes, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

record! {
    /// A picture that stands beside the story or in static/.
    pub struct RawImage<'s> {
        /// The file, relative to the story, or from the site's root with a `/` in front.
        src: OptText<'s>,
        /// What the picture shows, for those who cannot see it.
        alt: OptText<'s>,
        /// The line below it, inline Markdown.
        caption: OptText<'s>,
        /// Who made it.
        credit: OptText<'s>,
    }
}

record! {
    /// A key point.
    pub struct RawPoint<'s> {
        /// A name within the story; left out, p1, p2, ….
        id: OptText<'s>,
        /// The point, inline Markdown.
        text: OptText<'s>,
        /// Ids of the sources that say so.
        cites: Vec<Spanned<Text<'s>>>,
        /// Ids of the sources that deny it.
        denied_by: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// An article that reported the story.
    pub struct RawSource<'s> {
        /// A name within the story; left out, s1, s2, ….
        id: OptText<'s>,
        /// Id of the outlet; left out, it is found by the domain of the url.
        outlet: OptText<'s>,
        /// The address of the article; left out for print and broadcast.
        url: OptText<'s>,
        /// The headline of the article.
        title: OptText<'s>,
        /// Its lead or another short passage, inline Markdown.
        excerpt: OptText<'s>,
        /// When it was published.
        published: Option<Spanned<When>>,
        /// Its byline.
        author: OptText<'s>,
        /// Its language, if it is not the story's.
        lang: OptText<'s>,
        /// Whether it stands behind a paywall; left out, as its outlet says.
        paywall: Option<bool>,
        /// An archived copy.
        archive: Option<Spanned<RawArchive<'s>>>,
        /// Id of the source whose text this one republishes.
        copy_of: OptText<'s>,
        /// Id of the outlet (an agency) whose text it is.
        wire: OptText<'s>,
    }
}

record! {
    /// An archived copy of an article.
    pub struct RawArchive<'s> {
        /// Its address.
        url: OptText<'s>,
        /// When it was archived.
        date: Option<Spanned<When>>,
    }
}

record! {
    /// A side's summary, or a named narrative.
    pub struct RawPerspective<'s> {
        /// What it is called.
        name: OptText<'s>,
        /// A group of the main axis.
        side: OptText<'s>,
        /// The summary, inline Markdown.
        text: OptText<'s>,
        /// Ids of the sources that say so.
        cites: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// An event on the timeline.
    pub struct RawEvent<'s> {
        /// When it happened.
        date: Option<Spanned<When>>,
        /// What happened, inline Markdown.
        text: OptText<'s>,
        /// Ids of the sources that say so.
        cites: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// Something that was said.
    pub struct RawQuote<'s> {
        /// The words, inline Markdown, without quotation marks.
        text: OptText<'s>,
        /// Who said them.
        speaker: OptText<'s>,
        /// Who that is.
        role: OptText<'s>,
        /// Ids of the sources that quote them.
        cites: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// A free-form section.
    pub struct RawSection<'s> {
        /// Its heading.
        title: OptText<'s>,
        /// Its text, Markdown.
        text: OptText<'s>,
        /// A list, inline Markdown.
        items: Vec<Spanned<Text<'s>>>,
        /// Ids of the sources that say so.
        cites: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// A question and its answer.
    pub struct RawQuestion<'s> {
        /// The question, inline Markdown.
        question: OptText<'s>,
        /// The answer, inline Markdown.
        answer: OptText<'s>,
        /// Ids of the sources that say so.
        cites: Vec<Spanned<Text<'s>>>,
    }
}

record! {
    /// A change after publication.
    pub struct RawRevision<'s> {
        /// When it was made.
        date: Option<Spanned<When>>,
        /// What was changed, inline Markdown.
        note: OptText<'s>,
        /// `update` or `correction`.
        kind: OptText<'s>,
    }
}

record! {
    /// Totals that somebody else counted.
    pub struct RawReported<'s> {
        /// Who counted.
        by: OptText<'s>,
        /// Where they say so.
        url: OptText<'s>,
        /// When they said so.
        date: Option<Spanned<When>>,
        /// How many articles they counted.
        articles: Option<Spanned<i64>>,
        /// Per cent by axis, then by group (by level where the axis has no groups).
        axes: Entries<'s, Entries<'s, Spanned<i64>>>,
    }
}
