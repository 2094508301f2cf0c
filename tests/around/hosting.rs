//! Site map, robots.txt and files for hosts.

use crate::built::{sample, site};

#[test]
fn the_site_map_lists_what_readers_may_find() {
    let built = sample(&[]);
    let map = built.read("sitemap.xml");
    for path in ["", "stories/marenia-rent-cap/", "topics/housing/", "about/", "search/", "methodology/"] {
        assert!(map.contains(&format!("<loc>https://example.org/{path}</loc>")), "{path}");
    }
    assert!(map.contains(
        "<loc>https://example.org/stories/marenia-rent-cap/</loc><lastmod>2026-11-20T16:50:00Z</lastmod>"
    ));
    for path in ["404", "email", "embed", "stories/rent-cap/", "assets", ".json", ".csv"] {
        assert!(!map.contains(path), "{path}");
    }
    assert!(built.read("robots.txt").contains("Sitemap: https://example.org/sitemap.xml"));
}

#[test]
fn an_author_may_write_robots_txt() {
    let files = [("dateline.toml", ""), ("static/robots.txt", "User-agent: *\nDisallow: /\n")];
    assert_eq!(site(&files, &[]).read("robots.txt"), files[1].1);
}

const STORY: (&str, &str) =
    ("content/stories/a.md", "+++\ntitle = \"A\"\ndate = 2026-01-02\naliases = [\"/old/a/\"]\n+++\n");

#[test]
fn files_for_hosts_are_written_where_they_are_asked_for() {
    let built = site(&[("dateline.toml", "[outputs]\nhosts = [\"netlify\"]\n"), STORY], &[]);
    let headers = built.read("_headers");
    assert!(headers.contains("default-src 'self'") && headers.contains("'wasm-unsafe-eval'"));
    assert!(headers.contains("/assets/*\n  Cache-Control: public, max-age=31536000, immutable"));
    assert_eq!(built.read("_redirects"), "/old/a/ /stories/a/ 301\n");
    let quiet = site(&[("dateline.toml", "search = false\n[outputs]\nhosts = [\"netlify\"]\n"), STORY], &[]);
    assert!(!quiet.read("_headers").contains("wasm"));
    assert!(!site(&[("dateline.toml", ""), STORY], &[]).has("_headers"));
}
