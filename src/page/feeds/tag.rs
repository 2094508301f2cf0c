//! Identities of entries: tag: URIs (RFC 4151) that stay when a slug or a domain changes.
//!
//! The rule: an `id` that is a URI itself is taken as it is. Else the authority is `identity` of the
//! configuration; where that is not set, it is the host of the base URL and the story's year, but
//! for a story with an `id` of its own a fixed one, because such an id promises to outlive the
//! domain.

use url::Url;

use crate::page::world::{World, push_path};

/// Stands for "whoever set this id" where the site names no identity.
const ANYBODY: &str = "dateline.invalid,2025";

/// What an identity is made from.
pub struct Named<'n> {
    /// `id` of the file, if set.
    pub id: Option<&'n str>,
    /// The slug.
    pub slug: &'n str,
    /// The year of its date.
    pub year: i16,
    /// Stands before the name, to tell editions from stories.
    pub prefix: &'static str,
}

/// The identity of an entry.
pub fn uri(world: &World, named: &Named) -> String {
    let Named { id, slug, year, prefix } = named;
    if let Some(id) = id.filter(|id| is_uri(id)) {
        return id.to_owned();
    }
    let config = &world.site.config;
    let authority = match (&config.identity, id) {
        (Some(identity), _) => identity.clone(),
        (None, Some(_)) => ANYBODY.to_owned(),
        (None, None) => format!("{},{year:04}", host(&config.base_url)),
    };
    let mut uri = format!("tag:{authority}:{prefix}");
    push_path(&mut uri, id.unwrap_or(slug));
    uri
}

fn host(base_url: &str) -> String {
    let host = crate::link::host(base_url).map(crate::link::normal_host);
    let plain =
        host.filter(|host| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')));
    plain.unwrap_or_else(|| "dateline.invalid".to_owned())
}

/// Whether an id is an absolute URI of a kind that people use as identity.
fn is_uri(id: &str) -> bool {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte));
    is_plain && Url::parse(id).is_ok_and(|url| matches!(url.scheme(), "tag" | "urn" | "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_uris_are_taken_as_they_are() {
        assert!(is_uri("tag:old.example,2024:a") && is_uri("urn:uuid:1-2") && is_uri("https://a.example/x"));
        assert!(!is_uri("iss") && !is_uri("javascript:x") && !is_uri("urn:a b") && !is_uri("tag:a\"b"));
    }

    #[test]
    fn the_host_is_one_that_a_tag_may_hold() {
        assert_eq!(host("https://www.Example.org:8080/a/"), "example.org");
        assert_eq!(host("http://[::1]/"), "dateline.invalid");
    }
}
