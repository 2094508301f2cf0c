//! Links that work from file://, where folders have no index.

/// Stands for the site's root until a page's own place is known; see [`links`].
pub const ROOT: &str = "dateline-root:/";

/// Replaces the stand-in for the site's root by the way there from a page, so that links work
/// from file://, where folders have no index.
pub fn links(bytes: Vec<u8>, path: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return bytes;
    };
    if !text.contains(ROOT) {
        return bytes;
    }
    let up = "../".repeat(path.matches('/').count());
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(ROOT);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| {
            matches!(c, '"' | '\'' | '#' | '?' | '<' | '>' | '&' | ')' | ',') || c.is_whitespace()
        });
        let (target, rest) = part.split_at(end.unwrap_or(part.len()));
        out.push_str(&up);
        out.push_str(target);
        if target.is_empty() || target.ends_with('/') {
            out.push_str("index.html");
        }
        out.push_str(rest);
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files() {
        let page = format!("<a href=\"{ROOT}\">x</a> {ROOT}topics/a/#b {ROOT}x.css?y");
        let found = links(page.into_bytes(), "stories/a/index.html");
        assert_eq!(
            String::from_utf8(found).unwrap(),
            "<a href=\"../../index.html\">x</a> ../../topics/a/index.html#b ../../x.css?y"
        );
    }
}
