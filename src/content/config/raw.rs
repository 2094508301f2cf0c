//! What `dateline.toml` may hold: the lists of its keys.

use super::{OptText, Text};
use crate::content::axis::{RawAxis, RawRater};
use crate::content::checks::RawChecks;
use crate::content::data::Data;
use crate::content::lint::RawLint;
use crate::content::record::{Either, Entries, record};
use crate::content::tree::Node;
use crate::diag::Spanned;

record! {
    /// The configuration of a site.
    pub struct RawConfig<'s> {
        /// The name of the site.
        title: OptText<'s>,
        /// One sentence about it.
        description: OptText<'s>,
        /// Where the site will stand, such as `https://example.org/news/`.
        base_url: OptText<'s>,
        /// Who the ids in feeds belong to, for ever: a domain or mail address you owned on a date, such as `example.org,2025`.
        identity: OptText<'s>,
        /// The language of stories and pages that name none, a BCP 47 tag (default `en`).
        lang: OptText<'s>,
        /// The time zone of dates without offset, such as `Europe/Berlin` (default `UTC`).
        timezone: OptText<'s>,
        /// A theme in themes/ or a built-in one (default `default`).
        theme: OptText<'s>,
        /// Whether the site has a search (default true).
        search: Option<bool>,
        /// What distributions count at first sight: `outlets`, `articles` or `reports`.
        count: OptText<'s>,
        /// Below this many rated outlets no percentage is shown (default 5).
        min_rated: Option<Spanned<i64>>,
        /// The axes by which outlets are classified; `NAME = false` removes a built-in one.
        axes: Entries<'s, Either<Spanned<bool>, RawAxis<'s>>>,
        /// What is said of raters on several axes: name, url, license.
        raters: Entries<'s, RawRater<'s>>,
        /// When a story counts as a blindspot.
        blindspot: RawBlindspot<'s>,
        /// The path of a story, made of {slug}, {year}, {month}, {day} (default `/stories/{slug}/`).
        permalink: OptText<'s>,
        /// Stories on one page of a list (default 20).
        paginate: Option<Spanned<i64>>,
        /// What is written beside the pages.
        outputs: RawOutputs<'s>,
        /// The entries of the navigation.
        nav: Vec<Spanned<RawNav<'s>>>,
        /// How Markdown is read.
        markdown: RawMarkdown<'s>,
        /// Codes of diagnostics, each `allow`, `warn` or `deny`.
        lint: RawLint<'s>,
        /// From where on `dateline check` speaks, and which addresses it does not ask.
        check: RawChecks<'s>,
        /// Options of the theme; `dateline theme list` names them.
        theme_options: Entries<'s, Node<'static>>,
        /// The licence of the digest, as text.
        license: OptText<'s>,
        /// Own data for own templates.
        extra: Option<Data>,
    }
}

record! {
    /// When a story counts as a blindspot (spec section 4, rule 6).
    pub struct RawBlindspot<'s> {
        /// At least this many rated reports (default 8).
        min_rated: Option<Spanned<i64>>,
        /// One outer group has at most this share, in per cent (default 15).
        max_share: Option<Spanned<i64>>,
        /// The opposite one has at least this share, in per cent (default 50).
        min_opposite: Option<Spanned<i64>>,
    }
}

record! {
    /// What is written beside the pages.
    pub struct RawOutputs<'s> {
        /// Of every story: html, json, csv, csl, svg, embed, card (default html and json).
        story: Option<Vec<Spanned<Text<'s>>>>,
        /// Which lists have feeds: site, topics, outlets, blindspots, editions (default site and topics).
        feeds: Option<Vec<Spanned<Text<'s>>>>,
        /// Whether every outlet has a page (default true).
        outlets: Option<bool>,
        /// Whether there is an archive by month (default true).
        archive: Option<bool>,
        /// Files for hosts: `netlify` and `cloudflare` write _headers and _redirects, `gitlab` writes _redirects.
        hosts: Option<Vec<Spanned<Text<'s>>>>,
    }
}

record! {
    /// An entry of the navigation.
    pub struct RawNav<'s> {
        /// What readers see.
        name: OptText<'s>,
        /// A path of the site, or a web address.
        url: OptText<'s>,
    }
}

record! {
    /// How Markdown is read.
    pub struct RawMarkdown<'s> {
        /// Whether raw HTML is passed through (default false).
        unsafe_html: bool,
    }
}
