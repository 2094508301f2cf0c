//! Files that try to leave the site, or to run where they are shown.

use super::common::TestSite;
use super::inert;

/// Drawings that run or load something when they are opened alone.
const DRAWINGS: [(&str, &str); 16] = [
    ("script", "<svg><script>pwned()</script></svg>"),
    ("a prefix", "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script>pwned()</s:script></svg>"),
    ("a handler", "<svg onload='pwned()'/>"),
    ("a link", "<svg><a href='javascript:pwned()'><text>x</text></a></svg>"),
    ("a link with a line break", "<svg><a href='java&#10;script:pwned()'/></svg>"),
    ("a link to data", "<svg><a href='data:image/svg+xml,x'/></svg>"),
    (
        "an old link",
        "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><a xlink:href='javascript:pwned()'/></svg>",
    ),
    ("an animated link", "<svg><a><animate attributeName='href' values='javascript:pwned()'/></a></svg>"),
    ("HTML", "<svg><foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>"),
    (
        "HTML by prefix",
        "<svg xmlns:h='http://www.w3.org/1999/xhtml'><h:meta http-equiv='refresh' content='0;url=//evil.example'/></svg>",
    ),
    ("an entity", "<!DOCTYPE svg [<!ENTITY x '&lt;script>pwned()&lt;/script>'>]><svg>&x;</svg>"),
    ("an attribute by default", "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'pwned()'>]><svg/>"),
    ("style that loads", "<svg><style>@import '//evil.example/x.css'</style></svg>"),
    ("escaped style that loads", "<svg><rect style='fill:u\\72l(//evil.example/x)'/></svg>"),
    ("a style sheet", "<?xml-stylesheet href='//evil.example/x.css'?><svg/>"),
    // In this encoding the comment is none: a browser sees the script.
    (
        "another encoding",
        "<?xml version='1.0' encoding='iso-2022-jp'?><svg>\x1b$B<!--\x1b(B<script>pwned()</script>--></svg>",
    ),
];

#[test]
fn a_drawing_that_runs_or_loads_something_is_refused() {
    for (what, drawing) in DRAWINGS {
        let drawing = drawing.replacen("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", 1);
        let site = TestSite::new();
        site.put("content/stories/a/x.svg", drawing.as_bytes());
        site.write("content/stories/a/index.md", "+++\ntitle = \"T\"\ndate = 2025-01-02\n+++\n![x](x.svg)\n");
        let said = site.run(&["build", "--message-format", "short"]);
        assert_eq!(said.code, 1, "{what}: {}", said.err);
        let is_named = ["error[unsafe-image]", "error[bad-image]"].iter().any(|code| said.err.contains(code));
        assert!(is_named, "{what}: {}", said.err);
    }
}

#[test]
fn a_plain_drawing_is_served_as_it_is() {
    let drawing = "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>\
                   <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><style>.a{fill:red}</style><a href='https://a.example/'><text>C:\\x</text></a></svg>";
    let site = TestSite::new();
    site.put("content/stories/a/x.svg", drawing.as_bytes());
    site.write("content/stories/a/index.md", "+++\ntitle = \"T\"\ndate = 2025-01-02\n+++\n![x](x.svg)\n");
    site.build();
    assert!(site.page("stories/a/index.html").contains("x.svg\""));
    assert_eq!(site.page("stories/a/x.svg"), drawing);
}

#[test]
fn names_of_files_stay_names() {
    let site = TestSite::new();
    let names = ["a b.txt", "\"><script>.txt", "a&b=c?d#e.txt", "%2e%2e.txt", "{{ x }}.txt", "é.txt"];
    for name in names {
        site.put(&format!("static/{name}"), b"mine");
        site.put(
            &format!("content/stories/a/{name}.svg"),
            b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        );
    }
    let pictures: String =
        names.iter().map(|name| format!("![x](<{}.svg>)\n\n", name.replace('>', "\\>"))).collect();
    site.write(
        "content/stories/a/index.md",
        &format!("+++\ntitle = \"T\"\ndate = 2025-01-02\n+++\n{pictures}"),
    );
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for (path, bytes) in site.output() {
        assert_eq!(inert::faults(&path, &bytes), [""; 0], "{path}");
    }
    assert!(names.iter().all(|name| site.output()[*name] == b"mine"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_left_out() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(
        elsewhere.path().join("secret.md"),
        "+++\ntitle = \"SECRET\"\ndate = 2025-01-02\n+++\nSECRET",
    )
    .unwrap();
    std::fs::write(elsewhere.path().join("secret.html"), "SECRET").unwrap();
    let site = TestSite::new();
    site.story("a.md", "title = \"T\"\ndate = 2025-01-02\nimage = { src = \"p.png\", alt = \"\" }");
    std::fs::create_dir_all(site.path("static")).unwrap();
    std::fs::create_dir_all(site.path("templates")).unwrap();
    for (from, to) in [
        ("secret.md", "content/stories/b.md"),
        ("secret.html", "static/b.txt"),
        ("", "static/folder"),
        ("", "content/stories/folder"),
        ("secret.html", "content/stories/p.png"),
        ("secret.html", "templates/story.html"),
        ("secret.md", "content/outlets.toml"),
    ] {
        symlink(elsewhere.path().join(from), site.path(to)).unwrap();
    }
    symlink("..", site.path("static/around")).unwrap();
    let said = site.run(&["build", "--message-format", "short"]);
    // The picture is gone with its link.
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("error[missing-image]"), "{}", said.err);
    assert_eq!(said.err.matches("warning[outside-site]").count(), 8, "{}", said.err);
    site.remove("content/stories/p.png").story("a.md", "title = \"T\"\ndate = 2025-01-02");
    site.build();
    let out = site.output();
    assert!(!out.values().any(|bytes| bytes.windows(6).any(|part| part == b"SECRET")), "a secret got out");
    assert!(!out.contains_key("b.txt") && !out.keys().any(|path| path.starts_with("folder/")));
}

/// What Markdown puts into attributes of its own: names of sources, words for pictures, addresses.
#[test]
fn what_a_text_quotes_stays_in_its_place() {
    let out = r#"\" onmouseover=\"pwned()\"><script>pwned()</script>"#;
    let site = TestSite::new();
    site.put("content/stories/a/x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    let body = "Said [@s1].\n\n![\\\" onerror=\\\"pwned()](x.svg \"\\\" onload=\\\"pwned()\")\n\n\
                ![<b onclick=pwned()>](<https://a.example/\" onmouseover=\"pwned()>)\n\n\
                > [!NOTE]\n> A note.\n\n## Heading {#a\"onclick=\"b}\n";
    site.write(
        "content/stories/a/index.md",
        &format!("+++\ntitle = \"T\"\ndate = 2025-01-02\n[[sources]]\nid = \"s1\"\nurl = \"https://a.example/\"\ntitle = \"{out}\"\n+++\n{body}"),
    );
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for (path, bytes) in site.output() {
        assert_eq!(inert::faults(&path, &bytes), [""; 0], "{path}");
    }
    let page = site.page("stories/a/index.html");
    assert!(
        page.contains("a.example/%22%20onmouseover=%22pwned()"),
        "the picture of another server is a link"
    );
    assert!(page.contains("alt=\"&quot; onerror=&quot;pwned()\""), "the picture has its words");
}
