//! A raw configuration to a checked one: defaults, and what is wrong with values.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::raw::{RawBlindspot, RawConfig, RawNav, RawOutputs};
use super::{BlindspotRule, Config, FeedOutput, HostOutput, OptText, StoryOutput, Text, Unit};
use crate::content::checks::Checks;
use crate::content::lint::Lint;
use crate::content::{axis, outlet};
use crate::diag::{Code, Diags, Spanned, nearest};
use crate::link::{Address, address};

pub(super) fn check(raw: RawConfig, diags: &mut Diags) -> Config {
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

pub(super) fn base_url_from(url: OptText, diags: &mut Diags) -> String {
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
pub(super) fn identity_from(identity: &Spanned<Text>, diags: &mut Diags) -> Option<String> {
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

pub(super) fn timezone_from(zone: OptText, diags: &mut Diags) -> TimeZone {
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

pub(super) fn unit_from(unit: &Spanned<Text>, diags: &mut Diags) -> Option<Unit> {
    let found = Unit::ALL.into_iter().find(|known| known.name() == unit.value);
    if found.is_none() {
        diags
            .error(Code::BadValue, unit.span, format!("`{}` cannot be counted", unit.value))
            .set_help("write `outlets`, `articles` or `reports`");
    }
    found
}

pub(in crate::content) fn number(
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

pub(super) fn permalink_from(pattern: OptText, diags: &mut Diags) -> String {
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

pub(super) fn choices<T: Copy>(
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

pub(super) fn nav_from(entry: Spanned<RawNav>, diags: &mut Diags) -> Option<(String, String)> {
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
