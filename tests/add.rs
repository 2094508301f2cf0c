//! `dateline add` against a server on this machine that serves pages of every shape. All are invented.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use support::{Ran, dateline, write};

const STORY: &str =
    "+++\n# mine\ntitle   = 'A story'   # odd\ndate = 2026-01-02\n\n[[points]]\ntext = \"p\"\n+++\nBody é\n";

/// Answers every request by its path until the test ends; returns `http://127.0.0.1:PORT`.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1)?.split('?').next()?.to_owned();
    let html = |body: &[u8], head: &str| {
        let start =
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n{head}\r\n", body.len());
        [start.as_bytes(), body].concat()
    };
    let kind = "Content-Type: text/html\r\n";
    let reply = match path.as_str() {
        "/full" => html(FULL.as_bytes(), "Content-Type: text/html; charset=utf-8\r\n"),
        "/copy" => html(FULL.replace("canonical", "none").as_bytes(), kind),
        "/bare" => html(b"<p>Nothing here", kind),
        "/broken" => html(BROKEN.as_bytes(), kind),
        "/latin1" => html(b"<title>Caf\xe9 reopens</title>", "Content-Type: text/html; charset=iso-8859-1\r\n"),
        "/gzip" => html(GZIP, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
        "/large" => html(&vec![b'x'; 10_000_000], kind),
        "/pdf" => html(b"%PDF", "Content-Type: application/pdf\r\n"),
        "/loop" => b"HTTP/1.1 302 Found\r\nLocation: /loop2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/loop2" => b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/far" => b"HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/endless" => return endless(stream, 65_536, 0),
        "/slow" => return endless(stream, 1, 100),
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
    };
    stream.write_all(&reply).ok()
}

/// A page that never ends.
fn endless(mut stream: TcpStream, size: usize, pause: u64) -> Option<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n").ok()?;
    loop {
        stream.write_all(&vec![b'x'; size]).ok()?;
        std::thread::sleep(std::time::Duration::from_millis(pause));
    }
}

const FULL: &str = r#"<html lang="de-AT"><head><title>No</title>
<link rel="canonical" href="/full?utm_source=feed">
<meta property="og:site_name" content="The Invented Post">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
 "headline": "Council votes: \"yes\" to the *bridge*", "datePublished": "2026-01-02T08:30:00+01:00",
 "description": "The council has settled a quarrel of two years [@s1]: the old bridge <stays>, and the new one waits.",
 "author": [{"name": "Ada Example"}, {"name": "Ben Sample"}], "isAccessibleForFree": "False"}]}</script></head></html>"#;

const BROKEN: &str = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "From broken data",
"datePublished": "2026-01-03", "author": {"name": }</script><title>Not this</title>"#;

/// `<title>Zipped</title>`, compressed.
const GZIP: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 179, 41, 201, 44, 201, 73, 181, 139, 202, 44, 40, 72, 77, 177, 209, 135,
    240, 0, 151, 2, 60, 219, 21, 0, 0, 0,
];

fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "dateline.toml", "title = \"Test\"\n");
    write(dir.path(), "content/stories/2026-01-02-one.md", STORY);
    dir
}

fn add(root: &Path, arguments: &[&str]) -> Ran {
    let mut all = vec!["-r", root.to_str().unwrap(), "add", "one"];
    all.extend(arguments);
    dateline(&all)
}

fn story(root: &Path) -> String {
    fs::read_to_string(root.join("content/stories/2026-01-02-one.md")).unwrap()
}

/// Adds one page; gives the run and what the story gained.
fn gained(path: &str) -> (Ran, String) {
    let dir = site();
    let ran = add(dir.path(), &["--allow-private", "--timeout", "2", &format!("{}{path}", server())]);
    let text = story(dir.path());
    let (before, after) = STORY.split_at(STORY.find("+++\nBody").unwrap());
    assert!(text.starts_with(before) && text.ends_with(after), "{text}");
    let built = dateline(&["-r", dir.path().to_str().unwrap(), "build"]);
    assert_eq!(built.code, 0, "{built:?}\n{text}");
    (ran, text[before.len()..text.len() - after.len()].to_owned())
}

#[test]
fn a_page_fills_in_the_source() {
    let (ran, block) = gained("/full");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("new outlet The Invented Post"), "{ran:?}");
    for line in [
        "\n[[sources]]\nid = \"the-invented-post\"\noutlet = \"the-invented-post\"\n",
        "/full\"\ntitle = \"Council votes: \\\"yes\\\" to the *bridge*\"\n",
        "excerpt = \"The council has settled a quarrel of two years \\\\[@s1\\\\]: the old bridge \\\\<stays>, and",
        "published = 2026-01-02T07:30:00Z\nauthor = \"Ada Example, Ben Sample\"\nlang = \"de-AT\"\npaywall = true\n",
    ] {
        assert!(block.contains(line), "{line}\n---\n{block}");
    }
}

#[test]
fn pages_of_every_shape_give_a_source() {
    for (path, wanted) in [
        ("/bare", "# The page names no title.\n[[sources]]"),
        ("/broken", "title = \"From broken data\"\npublished = 2026-01-03\n"),
        ("/latin1", "title = \"Café reopens\""),
        ("/gzip", "title = \"Zipped\""),
    ] {
        let (ran, block) = gained(path);
        assert!(ran.code == 0 && block.contains(wanted), "{path} {ran:?}\n{block}");
    }
}

#[test]
fn what_cannot_be_read_says_why_and_changes_nothing() {
    for (path, wanted) in [
        ("/missing", "there is no such page (404)"),
        ("/large", "larger than 5 MB"),
        ("/endless", "larger than 5 MB"),
        ("/slow", "longer than 2 seconds"),
        ("/loop", "go round in a circle"),
        ("/far", "not file"),
        ("/pdf", "application/pdf"),
    ] {
        let (ran, block) = gained(path);
        assert!(ran.code == 1 && ran.err.contains(wanted) && block.is_empty(), "{path} {ran:?}\n{block}");
    }
}

#[test]
fn one_that_fails_leaves_the_others_and_repeats_are_refused() {
    let (dir, server) = (site(), server());
    let urls: Vec<String> = ["full", "missing", "latin1", "full?utm_medium=x", "copy"]
        .iter()
        .map(|path| format!("{server}/{path}"))
        .collect();
    let mut arguments = vec!["--allow-private"];
    arguments.extend(urls.iter().map(String::as_str));
    let ran = add(dir.path(), &arguments);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("404") && ran.err.contains("has it already"), "{ran:?}");
    let text = story(dir.path());
    assert_eq!(text.matches("[[sources]]").count(), 3, "{text}");
    assert!(text.contains("# Perhaps the text of `the-invented-post`"), "{text}");
    let again = add(dir.path(), &["--allow-private", &urls[0]]);
    assert!(again.code == 1 && again.err.contains("has it already"), "{again:?}");
    assert_eq!(story(dir.path()), text);
}

#[test]
fn private_addresses_are_refused() {
    let dir = site();
    let ran = add(dir.path(), &[&format!("{}/full", server()), "http://[::1]:9/", "http://localhost:9/"]);
    assert_eq!(ran.err.matches("private network").count(), 3, "{ran:?}");
    assert_eq!(story(dir.path()), STORY);
}

#[test]
fn a_saved_page_needs_no_network() {
    let dir = site();
    write(dir.path(), "saved.html", FULL);
    let file = dir.path().join("saved.html");
    let ran = add(dir.path(), &["https://post.example/a", "--html", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(story(dir.path()).contains("url = \"https://post.example/full\""));
    assert!(
        fs::read_to_string(dir.path().join("content/outlets/the-invented-post.toml"))
            .unwrap()
            .contains("post.example")
    );
}

#[test]
fn a_known_outlet_is_found_by_its_domain() {
    let dir = site();
    write(dir.path(), "content/outlets/mine.toml", "name = \"Mine\"\ndomains = [\"post.example\"]\n");
    write(dir.path(), "saved.html", FULL);
    let file = dir.path().join("saved.html");
    let ran = add(dir.path(), &["https://www.post.example/a", "--html", file.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(story(dir.path()).contains("id = \"mine\"\noutlet = \"mine\""));
    assert_eq!(fs::read_dir(dir.path().join("content/outlets")).unwrap().count(), 1);
}

#[test]
fn yaml_stays_as_it_is_and_the_source_is_printed() {
    let dir = site();
    write(dir.path(), "content/stories/two.md", "---\ntitle: Two\ndate: 2026-01-02\n---\n");
    write(dir.path(), "saved.html", FULL);
    let file = dir.path().join("saved.html");
    let ran = dateline(&[
        "-r",
        dir.path().to_str().unwrap(),
        "add",
        "two",
        "https://post.example/a",
        "--html",
        file.to_str().unwrap(),
    ]);
    assert!(ran.code == 1 && ran.err.contains("YAML") && ran.out.contains("[[sources]]"), "{ran:?}");
    assert_eq!(fs::read_to_string(dir.path().join("content/stories/two.md")).unwrap().len(), 36);
}

#[test]
fn an_unknown_story_is_named_with_the_nearest() {
    let dir = site();
    let ran = dateline(&["-r", dir.path().to_str().unwrap(), "add", "oen", "https://post.example/a"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean `one`?"), "{ran:?}");
}
