//! What cannot be made harmless is refused, with its place and a code; nothing is written.

use super::common::TestSite;

/// A file that is refused: what it is, where, its bytes, the code of the error.
type Refused = (&'static str, &'static str, Vec<u8>, &'static str);

fn story(front: &str) -> Vec<u8> {
    format!("+++\ntitle = \"T\"\ndate = 2025-01-02\n{front}\n+++\n\nBody.\n").into_bytes()
}

fn bomb() -> Vec<u8> {
    let mut text = "---\ntitle: T\ndate: 2025-01-02\nextra:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..12 {
        let aliases = vec![format!("*a{}", at - 1); 10].join(",");
        text.push_str(&format!("  a{at}: &a{at} [{aliases}]\n"));
    }
    (text + "---\n").into_bytes()
}

fn cases() -> Vec<Refused> {
    let path = "content/stories/a.md";
    let mut cases: Vec<Refused> = vec![
        ("bytes that are not UTF-8", path, b"+++\ntitle = \"\xff\"\n+++\n".to_vec(), "encoding"),
        ("UTF-16", path, b"\xff\xfe+\0+\0+\0".to_vec(), "encoding"),
        ("NUL", path, b"+++\ntitle = \"T\"\n+++\na\0b".to_vec(), "encoding"),
        ("escaped NUL", path, story("place = \"a\\u0000b\""), "hidden-character"),
        (
            "an escape sequence in the body",
            path,
            b"+++\ntitle = \"T\"\n+++\na\x1b[2Jb".to_vec(),
            "hidden-character",
        ),
        ("an escaped escape sequence", path, story("summary = \"a\\u001b[31m\""), "hidden-character"),
        ("a C1 control", path, story("summary = \"a\\u009b31m\""), "hidden-character"),
        ("an override", path, story("summary = \"a\u{202E}b\""), "hidden-character"),
        ("an isolate that stays open", path, story("summary = \"a\\u2066b\""), "hidden-character"),
        ("an override in own data", path, story("[extra]\na = [{ b = \"\\u202E\" }]"), "hidden-character"),
        ("an override in a key", path, story("[extra]\n\"a\\u202E\" = 1"), "hidden-character"),
        ("an override in YAML", path, "---\ntitle: \"a\\u202Eb\"\n---\n".into(), "hidden-character"),
        ("front matter without end", path, b"+++\ntitle = \"T\"\n".to_vec(), "syntax"),
        ("lists in lists", path, story(&format!("x = {}", "[".repeat(100_000))), "syntax"),
        ("tables in tables", path, story(&format!("x = {}", "{a=".repeat(50_000))), "syntax"),
        ("a key of many dots", path, story(&format!("a{} = 1", ".a".repeat(50_000))), "syntax"),
        ("aliases of aliases", path, bomb(), "syntax"),
        ("brackets in YAML", path, format!("---\na: {}\n---\n", "[".repeat(100_000)).into(), "syntax"),
        ("a language that is markup", path, story("lang = \"en\\\"><b>\""), "bad-value"),
        ("an alias out of the site", path, story("aliases = [\"/../x/\"]"), "bad-slug"),
        (
            "an edition of a path",
            "content/editions/e.md",
            b"+++\ntitle=\"E\"\ndate=2025-01-02\nstories=[\"../a\"]\n+++\n".to_vec(),
            "unknown-id",
        ),
        ("a theme of a path", "dateline.toml", b"theme = \"../../etc\"".to_vec(), "unknown-theme"),
        ("a permalink of a path", "dateline.toml", b"permalink = \"/../{slug}/\"".to_vec(), "bad-value"),
        (
            "a base that is no web address",
            "dateline.toml",
            b"base_url = \"javascript:pwned()\"".to_vec(),
            "bad-value",
        ),
        (
            "a base with markup",
            "dateline.toml",
            b"base_url = \"https://a.example/\\\"><b>\"".to_vec(),
            "bad-value",
        ),
        (
            "navigation to script",
            "dateline.toml",
            b"nav = [{ name = \"x\", url = \"javascript:pwned()\" }]".to_vec(),
            "unsafe-link",
        ),
        (
            "an axis that is style",
            "dateline.toml",
            b"[axes.\"a{}b\"]\nlevels = [{ id = \"x\" }]".to_vec(),
            "bad-value",
        ),
        (
            "a level that is style",
            "dateline.toml",
            b"[axes.a]\nlevels = [{ id = \"x{}y\" }]".to_vec(),
            "bad-value",
        ),
        (
            "a colour that is style",
            "dateline.toml",
            b"[axes.a]\nlevels = [{ id = \"x\", color = \"red;}body{x\" }]".to_vec(),
            "bad-value",
        ),
        ("an outlet of a path", "content/outlets.toml", b"[\"../x\"]\nname = \"X\"".to_vec(), "bad-slug"),
        ("a story named as markup", "content/stories/\"><b>.md", story(""), "bad-slug"),
        (
            "a picture out of the site",
            path,
            story("image = { src = \"../../../../etc/passwd\" }"),
            "missing-image",
        ),
        ("a picture of the disk", path, story("image = { src = \"/etc/passwd\" }"), "missing-image"),
    ];
    let slugs = [
        "../../x",
        "/etc/passwd",
        "CON",
        "nul.txt",
        ".hidden",
        "a/b",
        "a\\\\b",
        "..",
        ".",
        " ",
        "a%2fb",
        "a?b",
        "a#b",
        "a:b",
        "a\u{200b}b",
    ];
    for slug in slugs {
        cases.push(("a slug", path, story(&format!("slug = \"{slug}\"")), "bad-slug"));
    }
    cases.push(("a long slug", path, story(&format!("slug = \"{}\"", "x".repeat(300))), "bad-slug"));
    cases
}

#[test]
fn what_cannot_be_made_harmless_is_refused() {
    for (what, path, bytes, code) in cases() {
        let site = TestSite::new();
        site.put(path, &bytes);
        let said = site.run(&["build", "--message-format", "short"]);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
        assert!(matches!(said.code, 1 | 3), "{what} ({shown}): code {}, {}", said.code, said.err);
        assert!(said.err.contains(&format!("error[{code}]")), "{what} ({shown}): {}", said.err);
        assert!(said.err.contains(&format!("{path}:")), "{what} ({shown}): {}", said.err);
        assert!(!site.path("public").exists(), "{what} ({shown}) was written");
        assert!(said.err.len() < 20_000, "{what}: {} bytes", said.err.len());
    }
}

#[test]
fn a_mark_at_the_beginning_and_other_line_ends_change_nothing() {
    let text = "+++\ntitle = \"T\"\ndate = 2025-01-02\npoints = [\"one\", \"\"\"two\nlines\"\"\"]\n+++\n\nA\nb.\n\n- c\n";
    let page = |bytes: &[u8]| {
        let site = TestSite::new();
        site.put("content/stories/a.md", bytes);
        site.build();
        site.page("stories/a/index.html").replace('\r', "")
    };
    let plain = page(text.as_bytes());
    assert_eq!(page(format!("\u{FEFF}{text}").as_bytes()), plain);
    assert_eq!(page(text.replace('\n', "\r\n").as_bytes()), plain);
    assert_eq!(page(format!("\u{FEFF}{}", text.replace('\n', "\r\n")).as_bytes()), plain);
}
