//! Which addresses may become links, and the host that an address belongs to.

/// Schemes that a link may have (spec section 2); everything else is dropped.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What an address is, as far as a link is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// http or https, with a host.
    Web,
    /// mailto or tel.
    Contact,
    /// A path or fragment within the site.
    Local,
    /// Nothing that may be linked: another scheme, `//host`, control characters, no host.
    Unsafe,
}

/// Sorts an address by what a browser would make of it.
///
/// Browsers drop tabs and line breaks and trim controls before they look for the scheme, so any
/// control character makes an address unsafe here.
pub fn address(url: &str) -> Address {
    if url.is_empty() || has_hidden(url) {
        return Address::Unsafe;
    }
    if url.starts_with(char::is_whitespace) || url.starts_with("//") || url.contains('\\') {
        return Address::Unsafe;
    }
    let is_end = |byte: &u8| matches!(byte, b':' | b'/' | b'?' | b'#');
    let scheme_end = url.as_bytes().iter().position(is_end);
    let scheme_end = scheme_end.filter(|&at| url.as_bytes()[at] == b':');
    let Some(scheme_end) = scheme_end else {
        return Address::Local;
    };
    let scheme = SCHEMES.iter().find(|scheme| url[..scheme_end].eq_ignore_ascii_case(scheme));
    match scheme {
        Some(&("http" | "https")) if host(url).is_some() => Address::Web,
        Some(&("mailto" | "tel")) => Address::Contact,
        _ => Address::Unsafe,
    }
}

/// Whether there is a control character, or one that is not seen.
fn has_hidden(url: &str) -> bool {
    match url.is_ascii() {
        true => url.bytes().any(|byte| byte.is_ascii_control()),
        false => url.chars().any(|c| c.is_control() || is_invisible(c)),
    }
}

/// Characters that change how a text reads without being seen (bidi controls, zero widths).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The host of an http or https address as written, without user, port and `www.`.
pub fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let bare = match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    };
    (!bare.is_empty() && !bare.contains(char::is_whitespace)).then_some(bare)
}

/// A host or domain in the one form in which two of them can be compared: lower case, IDNA
/// (`müller.example` = `xn--mller-kva.example`), no `www.`, no dot at the end.
pub fn normal_host(host: &str) -> String {
    let host = host.trim_end_matches('.');
    let lower = if host.is_ascii() {
        host.to_ascii_lowercase()
    } else {
        match url::Host::parse(host) {
            Ok(url::Host::Domain(name)) => name,
            _ => host.to_lowercase(),
        }
    };
    lower.strip_prefix("www.").map_or(lower.clone(), str::to_owned)
}

/// Whether a normal host can be the domain of an outlet: labels of letters, digits, `-` and `_`.
pub fn is_domain(host: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    host.split('.').all(|label| !label.is_empty() && label.bytes().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_contact_addresses_are_links() {
        assert_eq!(address("https://a.example/x?y#z"), Address::Web);
        assert_eq!(address("HTTP://a.example"), Address::Web);
        assert_eq!(address("mailto:a@b.example"), Address::Contact);
        assert_eq!(address("/stories/x/#point-p1"), Address::Local);
        assert_eq!(address("#x"), Address::Local);
        assert_eq!(address("a/b:c"), Address::Local);
        for bad in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "file:///etc",
            "//evil.example/x",
            "https://",
            "https:///x",
            "vbscript:x",
            "\\\\evil.example",
            "/\\evil.example",
            "https://a.example/\u{202E}x",
        ] {
            assert_eq!(address(bad), Address::Unsafe, "{bad:?}");
        }
    }

    #[test]
    fn host_is_the_name_without_user_port_and_www() {
        assert_eq!(host("https://www.News.example:8080/x"), Some("News.example"));
        assert_eq!(host("https://user:pw@a.example?x"), Some("a.example"));
        assert_eq!(host("https://a.example."), Some("a.example"));
        assert_eq!(host("https:///x"), None);
        assert_eq!(normal_host("WWW.Müller.example."), "xn--mller-kva.example");
    }
}
