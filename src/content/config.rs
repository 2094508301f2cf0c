//! `dateline.toml`: the configuration of a site, every key optional.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::axis::{self, Axes, RawAxis, RawRater};
use super::checks::{Checks, RawChecks};
use super::data::Data;
use super::lint::{Lint, RawLint};
use super::outlet;
use super::record::{Either, Entries, record};
use super::tree::Node;
use super::{front, toml_tree};
use crate::diag::{Code, Diag, Diags, Spanned, nearest};
use crate::link::{Address, address};

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

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
    let config = check(raw, &mut diags);
    (config, diags.attach(text))
}

fn check(raw: RawConfig, diags: &mut Diags) -> Config {
    let RawConfig {
        title,
        description,
        base_url,
        identity,
        lang,
        timezone,
        theme,
        search,
        count,
        min_rated,
        axes,
        raters,
        blindspot,
        permalink,
        paginate,
        outputs,
        nav,
        markdown,
        lint,
        check,
        theme_options,
        license,
        extra,
        marker: _,
    } = raw;
    let RawBlindspot { min_rated: blindspot_rated, max_share, min_opposite, marker: _ } = blindspot;
    let RawOutputs { story, feeds, outlets, archive, hosts, marker: _ } = outputs;
    let text = |text: OptText, default: &str| {
        text.map_or_else(|| default.to_owned(), |text| text.value.into_owned())
    };
    let timezone_name = timezone.as_ref().map_or("UTC", |zone| zone.value.as_ref()).to_owned();
    Config {
        title: text(title, "Untitled digest"),
        description: text(description, ""),
        base_url: base_url_from(base_url, diags),
        identity: identity.and_then(|identity| identity_from(&identity, diags)),
        lang: text(lang, "en"),
        timezone: timezone_from(timezone, diags),
        timezone_name,
        theme: theme.map_or_else(
            || Spanned { value: "default".to_owned(), span: Default::default() },
            |theme| theme.map(Cow::into_owned),
        ),
        search: search.unwrap_or(true),
        count: count.and_then(|count| unit_from(&count, diags)).unwrap_or(Unit::Outlets),
        min_rated: number(min_rated, 5, 0, 1_000_000, diags),
        axes: axis::read(axes, raters, &outlet::keys(), diags),
        blindspot: BlindspotRule {
            min_rated: number(blindspot_rated, 8, 1, 1_000_000, diags),
            max_share: number(max_share, 15, 0, 100, diags),
            min_opposite: number(min_opposite, 50, 0, 100, diags),
        },
        permalink: permalink_from(permalink, diags),
        paginate: number(paginate, 20, 1, 10_000, diags) as usize,
        story_outputs: choices(story, StoryOutput::ALL, StoryOutput::name, diags)
            .unwrap_or_else(|| vec![StoryOutput::Html, StoryOutput::Json]),
        feeds: choices(feeds, FeedOutput::ALL, FeedOutput::name, diags)
            .unwrap_or_else(|| vec![FeedOutput::Site, FeedOutput::Topics]),
        outlets: outlets.unwrap_or(true),
        archive: archive.unwrap_or(true),
        hosts: choices(hosts, HostOutput::ALL, HostOutput::name, diags).unwrap_or_default(),
        nav: nav.into_iter().filter_map(|entry| nav_from(entry, diags)).collect(),
        unsafe_html: markdown.unsafe_html,
        lint: Lint::read(lint, diags),
        checks: Checks::read(check, diags),
        theme_options: theme_options
            .0
            .into_iter()
            .map(|(name, value)| (name.map(Cow::into_owned), value))
            .collect(),
        license: license.map(|license| license.value.into_owned()),
        extra: extra.unwrap_or_default(),
    }
}

fn base_url_from(url: OptText, diags: &mut Diags) -> String {
    let Some(url) = url else {
        return "http://localhost/".to_owned();
    };
    match normal_base_url(&url.value) {
        Ok(base) => base,
        Err(reason) => {
            diags
                .error(Code::BadValue, url.span, format!("`{}` {reason}", url.value))
                .set_help("write it as `https://example.org/` or `https://example.org/news/`");
            "http://localhost/".to_owned()
        }
    }
}

/// `AUTHORITY,DATE` as RFC 4151 wants it.
fn identity_from(identity: &Spanned<Text>, diags: &mut Diags) -> Option<String> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'@'))
    };
    let is_date = |date: &str| {
        matches!(date.len(), 4 | 7 | 10) && date.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    if identity.value.split_once(',').is_some_and(|(name, date)| is_name(name) && is_date(date)) {
        return Some(identity.value.to_string());
    }
    diags
        .error(Code::BadValue, identity.span, format!("`{}` is no identity", identity.value))
        .set_help("write a domain or mail address, a comma and a year, such as `example.org,2025`");
    None
}

/// A base URL with `/` at its end, or what is wrong with it.
pub fn normal_base_url(url: &str) -> Result<String, &'static str> {
    if address(url) != Address::Web {
        return Err("is no web address");
    }
    if url.contains(['?', '#', '"', '<', '>', ' ', '\'']) {
        return Err("may not hold any of ? # \" ' < > nor a space");
    }
    Ok(format!("{}/", url.trim_end_matches('/')))
}

fn timezone_from(zone: OptText, diags: &mut Diags) -> TimeZone {
    let Some(zone) = zone else {
        return TimeZone::UTC;
    };
    TimeZone::get(&zone.value).unwrap_or_else(|_| {
        diags
            .error(Code::BadValue, zone.span, format!("`{}` is no time zone", zone.value))
            .set_help("write a name such as `Europe/Berlin` or `UTC`");
        TimeZone::UTC
    })
}

fn unit_from(unit: &Spanned<Text>, diags: &mut Diags) -> Option<Unit> {
    let found = Unit::ALL.into_iter().find(|known| known.name() == unit.value);
    if found.is_none() {
        diags
            .error(Code::BadValue, unit.span, format!("`{}` cannot be counted", unit.value))
            .set_help("write `outlets`, `articles` or `reports`");
    }
    found
}

pub(super) fn number(
    value: Option<Spanned<i64>>,
    default: u32,
    low: u32,
    high: u32,
    diags: &mut Diags,
) -> u32 {
    let Some(value) = value else {
        return default;
    };
    match u32::try_from(value.value) {
        Ok(number) if (low..=high).contains(&number) => number,
        _ => {
            diags
                .error(Code::BadValue, value.span, format!("{} is out of range", value.value))
                .set_help(format!("write a whole number from {low} to {high}"));
            default
        }
    }
}

fn permalink_from(pattern: OptText, diags: &mut Diags) -> String {
    let Some(pattern) = pattern else {
        return "/stories/{slug}/".to_owned();
    };
    let mut plain = pattern.value.to_string();
    for token in ["{slug}", "{year}", "{month}", "{day}"] {
        plain = plain.replace(token, "x");
    }
    let inner = plain.trim_matches('/');
    let reason = if !pattern.value.contains("{slug}") {
        Some("must hold {slug}, or two stories could share a path")
    } else {
        inner.split('/').find_map(|part| crate::slug::Slug::new(part).err())
    };
    if let Some(reason) = reason {
        let message = format!("the permalink `{}` {reason}", pattern.value);
        diags.error(Code::BadValue, pattern.span, message).set_help("write it as `/{year}/{month}/{slug}/`");
        return "/stories/{slug}/".to_owned();
    }
    format!("/{}/", pattern.value.trim_matches('/'))
}

fn choices<T: Copy>(
    words: Option<Vec<Spanned<Text>>>,
    all: &'static [T],
    name: fn(T) -> &'static str,
    diags: &mut Diags,
) -> Option<Vec<T>> {
    let words = words?;
    let mut list = Vec::new();
    for word in words {
        match all.iter().find(|choice| name(**choice) == word.value) {
            Some(choice) => list.push(*choice),
            None => {
                let names: Vec<&str> = all.iter().map(|choice| name(*choice)).collect();
                let help = match nearest(&word.value, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the choices are {}", names.join(", ")),
                };
                diags
                    .error(Code::BadValue, word.span, format!("`{}` is no choice here", word.value))
                    .set_help(help);
            }
        }
    }
    Some(list)
}

fn nav_from(entry: Spanned<RawNav>, diags: &mut Diags) -> Option<(String, String)> {
    let RawNav { name, url, marker: _ } = entry.value;
    let (Some(name), Some(url)) = (name, url) else {
        diags
            .error(Code::MissingKey, entry.span, "an entry of the navigation needs `name` and `url`")
            .set_help("write `name = \"About\"` and `url = \"/about/\"`");
        return None;
    };
    if address(&url.value) == Address::Unsafe {
        diags
            .error(Code::UnsafeLink, url.span, format!("`{}` cannot be linked", url.value))
            .set_help("write a path of the site such as `/about/`, or a web address");
        return None;
    }
    Some((name.value.into_owned(), url.value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let (_, diags) = parse("dateline.toml", text.as_bytes());
        diags.iter().map(|d| format!("{}:{} {}", d.position().line, d.position().column, d.message)).collect()
    }

    #[test]
    fn an_empty_configuration_is_complete() {
        let config = Config::default();
        assert_eq!(config.base_path(), "/");
        assert_eq!(config.axes.list.len(), 3);
        assert_eq!(config.axes.main().map(|axis| &*axis.id), Some("bias"));
        assert_eq!((config.min_rated, config.blindspot.max_share), (5, 15));
    }

    #[test]
    fn every_mistake_is_found_in_one_run() {
        let text = "titel = \"x\"\nbase_url = \"ftp://x\"\nmin_rated = -1\ncount = \"articel\"\n\
                    [axes.url]\nlevels = []\n[lint]\nunknown-kye = \"warn\"\n";
        assert_eq!(
            messages(text),
            [
                "1:1 unknown key `titel`",
                "2:12 `ftp://x` is no web address",
                "4:9 `articel` cannot be counted",
                "3:13 -1 is out of range",
                "5:7 `url` is a key of outlets, so no axis can be called so",
                "8:1 no diagnostic is called `unknown-kye`",
            ]
        );
    }

    #[test]
    fn axes_are_added_changed_and_removed() {
        let text = "[axes]\nownership = false\n[axes.medium]\nlevels = [{id=\"print\"},{id=\"tv\", name=\"TV\"}]\n\
                    [axes.bias]\nraters.x = {name=\"X\", labels={\"Lean Left\"=\"lean-left\"}}";
        let (config, diags) = parse("dateline.toml", text.as_bytes());
        assert_eq!(diags, []);
        let ids: Vec<&str> = config.axes.list.iter().map(|axis| &*axis.id).collect();
        assert_eq!(ids, ["bias", "factuality", "medium"]);
        assert_eq!(config.axes.list[0].raters[0].labels, [("Lean Left".into(), 2)]);
        assert_eq!(config.axes.list[2].groups.len(), 2);
    }

    #[test]
    fn a_label_or_group_that_leads_nowhere_is_located() {
        let text = "[axes.bias]\nraters.x = {labels={\"L\"=\"leanleft\"}}\n\
                    [axes.m]\ngroups=[{id=\"a\"}]\nlevels=[{id=\"x\",group=\"b\"}]";
        let found = messages(text);
        assert_eq!(found[0], "2:25 no level is called `leanleft`");
        assert!(found[1].starts_with("5:23 no group is called `b`"), "{found:?}");
    }

    #[test]
    fn base_path_is_the_path_of_the_base_url() {
        let (config, _) = parse("c", b"base_url = \"https://x.github.io/repo\"");
        assert_eq!((config.base_url.as_str(), config.base_path()), ("https://x.github.io/repo/", "/repo/"));
    }

    #[test]
    fn the_main_axis_stays_when_one_before_it_is_removed() {
        let text = "[axes.stance]\nmain = true\nkind = \"scale\"\nlevels = [{id=\"a\"}, {id=\"b\"}]\n[axes]\nfactuality = false\n";
        let (config, diags) = parse("dateline.toml", text.as_bytes());
        assert_eq!(diags, []);
        assert_eq!(config.axes.main().map(|axis| &*axis.id), Some("stance"));
    }

    #[test]
    fn groups_in_another_order_keep_their_levels() {
        let text =
            "[axes.bias]\ngroups = [{id=\"right\"}, {id=\"center\"}, {id=\"left\", color=\"#aa0000\"}]\n";
        let (config, diags) = parse("dateline.toml", text.as_bytes());
        assert_eq!(diags, []);
        let bias = &config.axes.list[0];
        let level = bias.level("far-left").unwrap();
        assert_eq!(&*bias.groups[bias.group_of(level) as usize].id, "left");
    }

    #[test]
    fn a_level_without_group_is_located() {
        let text = "title = \"T\"\n[axes.bias]\ngroups = [{id=\"left\"}, {id=\"right\"}]\n";
        let (_, diags) = parse("dateline.toml", text.as_bytes());
        assert_eq!(diags.len(), 1, "{diags:?}");
        assert_eq!((diags[0].position().line, diags[0].code.name()), (2, "missing-key"));
    }

    #[test]
    fn a_rater_of_all_axes_has_a_safe_address_and_no_labels() {
        let text = "[raters.x]\nurl = \"javascript:alert(1)\"\nlabels = { L = \"left\" }\n[axes.bias]\nraters.x = {}\n";
        let (config, diags) = parse("dateline.toml", text.as_bytes());
        let found: Vec<&str> = diags.iter().map(|diag| diag.code.name()).collect();
        assert_eq!(found, ["unsafe-link", "bad-value"]);
        assert_eq!(config.axes.list[0].raters[0].url, None);
    }
}
