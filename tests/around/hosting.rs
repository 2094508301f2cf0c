//! Site map, robots.txt and files for hosts.

use crate::built::{self, Built, sample, site};

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
    let cloudflare = site(&[("dateline.toml", "[outputs]\nhosts = [\"cloudflare\"]\n"), STORY], &[]);
    for file in ["_headers", "_redirects"] {
        assert_eq!(cloudflare.read(file), built.read(file), "Cloudflare Pages reads the same {file}");
    }
    let gitlab = site(&[("dateline.toml", "[outputs]\nhosts = [\"gitlab\"]\n"), STORY], &[]);
    assert_eq!(gitlab.read("_redirects"), built.read("_redirects"));
    assert!(!gitlab.has("_headers"), "GitLab would publish it as a page");
    let quiet = site(&[("dateline.toml", "search = false\n[outputs]\nhosts = [\"netlify\"]\n"), STORY], &[]);
    assert!(!quiet.read("_headers").contains("wasm"));
    assert!(!site(&[("dateline.toml", ""), STORY], &[]).has("_headers"));
}

/// How a host answers a path that is no file.
struct Host {
    page: &'static str,
    /// Sends an address without `/` at the end to the one with it, rather than showing the page at once.
    redirects: bool,
    reads_redirects: bool,
}

const HOSTS: [Host; 6] = [
    Host { page: "github-pages", redirects: true, reads_redirects: false },
    Host { page: "gitlab-pages", redirects: true, reads_redirects: true },
    Host { page: "netlify", redirects: false, reads_redirects: true },
    Host { page: "cloudflare-pages", redirects: true, reads_redirects: true },
    Host { page: "s3", redirects: true, reads_redirects: false },
    Host { page: "nginx", redirects: true, reads_redirects: false },
];

/// Status, and the file that is shown or the address that is led to.
fn ask(host: &Host, built: &Built, path: &str) -> (u16, String) {
    if host.reads_redirects && built.has("_redirects") {
        for line in built.read("_redirects").lines() {
            let [from, to, status] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            if from == path {
                return (status.parse().unwrap(), to.to_owned());
            }
        }
    }
    let inner = path.trim_start_matches('/');
    if !inner.is_empty() && !inner.ends_with('/') {
        if built.has(inner) {
            return (200, inner.to_owned());
        }
        let index = format!("{inner}/index.html");
        return match (built.has(&index), host.redirects) {
            (true, true) => (301, format!("{path}/")),
            (true, false) => (200, index),
            (false, _) => (404, "404.html".to_owned()),
        };
    }
    let index = format!("{inner}index.html");
    if built.has(&index) { (200, index) } else { (404, "404.html".to_owned()) }
}

#[test]
fn every_host_shows_the_site_by_its_own_rules() {
    let config = "search = false\nbase_url = \"https://x.example/\"\n[outputs]\nhosts = [\"netlify\"]\n";
    let built = site(&[("dateline.toml", config), STORY], &[]);
    for host in &HOSTS {
        let page = host.page;
        assert_eq!(ask(host, &built, "/"), (200, "index.html".to_owned()), "{page}");
        assert_eq!(ask(host, &built, "/stories/a/"), (200, "stories/a/index.html".to_owned()), "{page}");
        let (status, _) = ask(host, &built, "/stories/a");
        assert_eq!(status, if host.redirects { 301 } else { 200 }, "{page}");
        assert_eq!(ask(host, &built, "/atom.xml").0, 200, "{page}");
        assert_eq!(ask(host, &built, "/no/such/").0, 404, "{page}");
        let (status, shown) = ask(host, &built, "/old/a/");
        match host.reads_redirects {
            true => assert_eq!((status, &*shown), (301, "/stories/a/"), "{page}"),
            false => assert!(built.read(&shown).contains("url=/stories/a/"), "{page}"),
        }
        // What is shown at any depth for a page that is not there finds its style sheet.
        let html = built.read("404.html");
        assert!(html.contains("href=\"/assets/style."), "{page}");
        let documented = built::document(&format!("docs/content/pages/hosting/{page}.md"));
        assert!(documented.contains("404.html"), "{page}");
    }
}

#[test]
fn the_pages_about_hosts_show_what_init_writes() {
    let keep = tempfile::tempdir().unwrap();
    let root = keep.path().join("site");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["init", "--github", "--netlify"])
        .arg(&root)
        .output()
        .unwrap();
    assert!(done.status.success());
    for (page, file) in [("github-pages", ".github/workflows/pages.yml"), ("netlify", "netlify.toml")] {
        let written = std::fs::read_to_string(root.join(file)).unwrap();
        let documented = built::document(&format!("docs/content/pages/hosting/{page}.md"));
        assert!(documented.contains(&format!("{file}\n{written}```")), "{page}");
    }
    let netlify = std::fs::read_to_string(root.join("netlify.toml")).unwrap();
    netlify.parse::<toml::Table>().unwrap();
}

#[test]
fn a_page_that_is_too_large_for_some_hosts_is_a_warning() {
    let mebibyte = "x".repeat(1024 * 1024);
    let template = format!("{{% for one in [{}] %}}{mebibyte}{{% endfor %}}", ["1"; 26].join(","));
    let files = [("dateline.toml", "search = false\n"), ("templates/404.html", &template)];
    let built = site(&files, &["--message-format", "short"]);
    assert_eq!(built.said.matches("large-output").count(), 1, "{}", built.said);
    assert!(
        built.said.contains("`404.html` has 26 MiB") && built.said.contains("warning[large-output]"),
        "{}",
        built.said
    );
    let (keep, output) = built::run(&files, &["--deny-warnings"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!keep.path().join("out/index.html").exists(), "nothing is written where warnings are denied");
    let allowed = "search = false\n[lint]\nlarge-output = \"allow\"\n";
    let built = site(&[("dateline.toml", allowed), files[1]], &["--deny-warnings"]);
    assert!(built.has("404.html") && !built.said.contains("large-output"), "{}", built.said);
}
