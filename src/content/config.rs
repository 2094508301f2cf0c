//! `dateline.toml`: the configuration of a site, every key optional.

mod check;
mod raw;

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::axis::Axes;
use super::checks::Checks;
use super::data::Data;
use super::lint::Lint;
use super::tree::Node;
use super::{front, toml_tree};
use crate::diag::{Diag, Diags, Spanned};

pub use check::normal_base_url;
pub(super) use check::number;
pub use raw::{RawConfig, RawNav};

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

/// What a distribution counts (spec section 4, rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Distinct outlets.
    Outlets,
    /// Listed sources.
    Articles,
    /// Independent reports.
    Reports,
}

impl Unit {
    /// All units in the order of the page.
    pub const ALL: [Unit; 3] = [Unit::Outlets, Unit::Articles, Unit::Reports];

    /// The word in configuration and data.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Outlets => "outlets",
            Unit::Articles => "articles",
            Unit::Reports => "reports",
        }
    }
}

macro_rules! choices {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $variant_doc:literal])* $variant:ident $word:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $variant_doc])* $variant,)* }

        impl $name {
            /// Every choice.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word in the configuration.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    };
}

choices! {
    /// A file that a story can have.
    StoryOutput {
        /// The page.
        Html "html",
        /// story.json.
        Json "json",
        /// sources.csv.
        Csv "csv",
        /// sources.csl.json.
        Csl "csl",
        /// One SVG a widget.
        Svg "svg",
        /// One bare page a widget, and oembed.json.
        Embed "embed",
        /// card.png.
        Card "card",
    }
}

choices! {
    /// A kind of list that can have feeds.
    FeedOutput {
        /// The newest stories of the site.
        Site "site",
        /// Every topic.
        Topics "topics",
        /// Every outlet.
        Outlets "outlets",
        /// Stories with a blindspot.
        Blindspots "blindspots",
        /// Editions.
        Editions "editions",
    }
}

choices! {
    /// A host that reads files of its own.
    HostOutput {
        /// Netlify: `_headers` and `_redirects`.
        Netlify "netlify",
        /// Cloudflare Pages: the same.
        Cloudflare "cloudflare",
        /// GitLab Pages: `_redirects`.
        Gitlab "gitlab",
    }
}

impl HostOutput {
    /// Whether it reads `_headers`; all of them read `_redirects`.
    pub fn reads_headers(self) -> bool {
        match self {
            HostOutput::Netlify | HostOutput::Cloudflare => true,
            HostOutput::Gitlab => false,
        }
    }
}

/// When a story counts as a blindspot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlindspotRule {
    /// Rated reports, at least.
    pub min_rated: u32,
    /// Per cent, at most.
    pub max_share: u32,
    /// Per cent, at least.
    pub min_opposite: u32,
}

/// A checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Where the site stands; ends in `/`.
    pub base_url: String,
    /// The tagging entity of ids in feeds (RFC 4151), if the site names one.
    pub identity: Option<String>,
    /// BCP 47 tag.
    pub lang: String,
    /// Time zone of dates without offset.
    pub timezone: TimeZone,
    /// Its name, as written.
    pub timezone_name: String,
    /// Name of the theme.
    pub theme: Spanned<String>,
    /// Whether there is a search.
    pub search: bool,
    /// What distributions count at first sight.
    pub count: Unit,
    /// Below this many rated, no percentages.
    pub min_rated: u32,
    /// Axes.
    pub axes: Axes,
    /// Rule of blindspots.
    pub blindspot: BlindspotRule,
    /// Pattern of story paths, with `/` at both ends.
    pub permalink: String,
    /// Stories a page; at least 1.
    pub paginate: usize,
    /// Files of a story.
    pub story_outputs: Vec<StoryOutput>,
    /// Lists that have feeds.
    pub feeds: Vec<FeedOutput>,
    /// Whether outlets have pages.
    pub outlets: bool,
    /// Whether there is an archive.
    pub archive: bool,
    /// Hosts whose files are written.
    pub hosts: Vec<HostOutput>,
    /// Name and address, in order.
    pub nav: Vec<(String, String)>,
    /// Raw HTML in Markdown.
    pub unsafe_html: bool,
    /// What to do about kinds of diags.
    pub lint: Lint,
    /// From where on `dateline check` speaks.
    pub checks: Checks,
    /// Options of the theme as written; the theme checks them.
    pub theme_options: Vec<(Spanned<String>, Node<'static>)>,
    /// Licence of the digest.
    pub license: Option<String>,
    /// Own data.
    pub extra: Data,
}

impl Default for Config {
    fn default() -> Config {
        parse("dateline.toml", b"").0
    }
}

impl Config {
    /// The path part of the base URL, with `/` at both ends.
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.find("://").map_or(0, |at| at + 3);
        let slash = self.base_url[after_scheme..].find('/');
        slash.map_or("/", |at| &self.base_url[after_scheme + at..])
    }

    /// Whether stories have this file.
    pub fn writes(&self, output: StoryOutput) -> bool {
        self.story_outputs.contains(&output)
    }

    /// Whether this kind of list has feeds.
    pub fn feeds(&self, feed: FeedOutput) -> bool {
        self.feeds.contains(&feed)
    }
}

/// Reads `dateline.toml`.
pub fn parse(path: &str, bytes: &[u8]) -> (Config, Vec<Diag>) {
    let mut diags = Diags::new(path);
    let text = front::text(bytes, &mut diags).unwrap_or_default();
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let table = toml_tree::parse(&text[start..], start, &mut diags);
    let raw = RawConfig::from_table(table, &mut diags);
    let config = check::check(raw, &mut diags);
    (config, diags.attach(text))
}

#[cfg(test)]
mod tests;
