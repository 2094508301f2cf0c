//! Answers without a network: which page a path asks for, what it is, and the reload script in it.

use std::borrow::Cow;

/// Where the server's own files are found.
pub const SCRIPT: &str = "/.dateline/reload.js";
/// Where browsers are told of changes.
pub const EVENTS: &str = "/.dateline/events";

/// What HTML gets before the end of its body.
pub fn script_tag(version: &str) -> String {
    format!("<script src=\"{SCRIPT}\" data-version=\"{version}\"></script>")
}

/// HTML with the reload script before the end of its body.
pub fn with_script(mut html: Vec<u8>, version: &str) -> Vec<u8> {
    let end = html.windows(7).rposition(|part| part.eq_ignore_ascii_case(b"</body>"));
    let at = end.unwrap_or(html.len());
    html.splice(at..at, script_tag(version).into_bytes());
    html
}

/// A page that says what is wrong, where there is no good one.
pub fn trouble_page(text: &str, version: &str) -> Vec<u8> {
    let text = escaped(text);
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Dateline: not built</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head><body><h1>The page could not be built</h1>\
         <p>It appears by itself once this is mended:</p><pre>{text}</pre></body></html>\n"
    );
    with_script(page.into_bytes(), version)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A URL path as text; none if it is not UTF-8.
pub fn decoded(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(Cow::Borrowed(path));
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = match tail {
            [high, low, after @ ..] if *first == b'%' => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, after),
                _ => return None,
            },
            _ if *first == b'%' => return None,
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// The content type of a file of the output.
pub fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let known = TYPES.iter().find(|(known, _)| *known == ending);
    known.map_or("application/octet-stream", |(_, mime)| mime)
}

const TYPES: [(&str, &str); 34] = [
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml"),
    ("opml", "text/x-opml; charset=utf-8"),
    ("xsl", "application/xslt+xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("bib", "text/plain; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("wasm", "application/wasm"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("zip", "application/zip"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let html = with_script(b"<body>a</body> </BODY></html>".to_vec(), "v");
        let tag = script_tag("v");
        assert_eq!(String::from_utf8(html).unwrap(), format!("<body>a</body> {tag}</BODY></html>"));
        assert_eq!(with_script(b"a".to_vec(), "v"), format!("a{tag}").into_bytes());
    }

    #[test]
    fn paths_are_decoded_or_refused() {
        assert_eq!(decoded("/a%20b/%C3%BC").as_deref(), Some("/a b/ü"));
        for bad in ["/%", "/%4", "/%zz", "/%ff"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_wrong_cannot_run() {
        let page = String::from_utf8(trouble_page("<script>x</script>", "v")).unwrap();
        assert!(!page.contains("<script>x") && page.contains("&lt;script&gt;x"));
    }
}
