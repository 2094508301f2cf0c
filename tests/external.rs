//! `dateline check --external` against servers on this machine. All pages are invented.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::{Said, TestSite};

/// What a server was asked: method and path, and when.
type Log = Arc<Mutex<Vec<(String, Instant)>>>;

struct Server {
    address: String,
    log: Log,
}

impl Server {
    /// Answers every request until the test ends.
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let log: Log = Arc::default();
        let shared = log.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = shared.clone();
                std::thread::spawn(move || answer(stream, &log));
            }
        });
        Server { address, log }
    }

    fn asked(&self) -> Vec<String> {
        self.log.lock().unwrap().iter().map(|(line, _)| line.clone()).collect()
    }

    /// How often a request came.
    fn count(&self, line: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == line).count()
    }
}

fn answer(mut stream: TcpStream, log: &Log) -> Option<()> {
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
    let line = first.rsplit_once(' ')?.0.to_owned();
    let earlier = {
        let mut log = log.lock().unwrap();
        log.push((line.clone(), Instant::now()));
        log.iter().filter(|(asked, _)| *asked == line).count() - 1
    };
    let (method, path) = line.split_once(' ')?;
    let status = |status: &str, head: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{head}\r\n")
    };
    let reply = match (method, path.split('?').next()?) {
        ("HEAD", "/no-head") => status("405 Method Not Allowed", ""),
        ("HEAD", "/head-404") => status("404 Not Found", ""),
        (_, "/gone" | "/archived" | "/kept") => status("404 Not Found", ""),
        (_, "/moved") => status("301 Moved", "Location: /good\r\n"),
        (_, "/moved-to-nowhere") => status("302 Found", "Location: /gone\r\n"),
        (_, "/circle") => status("302 Found", "Location: /circle\r\n"),
        (_, "/busy") if earlier == 0 => status("429 Too Many Requests", "Retry-After: 1\r\n"),
        (_, "/always-busy") => status("429 Too Many Requests", "Retry-After: 0\r\n"),
        (_, "/wall") => status("403 Forbidden", ""),
        (_, "/broken") => status("500 Oh", ""),
        // Hangs up on a HEAD and on the first GET.
        ("HEAD", "/shy") => return None,
        ("GET", "/shy") if earlier == 0 => return None,
        (_, "/slow") => {
            std::thread::sleep(Duration::from_secs(20));
            status("200 OK", "")
        }
        (_, "/wayback/available") => archive(path),
        _ => status("200 OK", ""),
    };
    stream.write_all(reply.as_bytes()).ok()
}

/// An archive that has one page.
fn archive(path: &str) -> String {
    let body = match path.ends_with("%2Farchived") {
        true => {
            r#"{"archived_snapshots":{"closest":{"available":true,"url":"http://archive.example/web/1/x","timestamp":"20250731101112"}}}"#
        }
        false => r#"{"archived_snapshots":{}}"#,
    };
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// A site whose about page links to these addresses, each on a line of its own from line 5 on.
fn site(links: &[String]) -> TestSite {
    let site = TestSite::new();
    let lines: String = links.iter().map(|link| format!("<{link}>\n")).collect();
    site.write("content/pages/about.md", &format!("+++\ntitle = \"About\"\n+++\n\n{lines}"));
    site
}

fn check(site: &TestSite, archive: &Server, args: &[&str]) -> Said {
    let base = [
        "check",
        "--external",
        "--allow-private",
        "--timeout",
        "1",
        "--archive",
        &archive.address,
        "--message-format",
        "short",
    ];
    site.run(&[&base, args].concat())
}

fn links(server: &Server, paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| format!("{}{path}", server.address)).collect()
}

#[test]
fn what_is_gone_is_said_at_its_place_and_what_answers_is_not() {
    let server = Server::start();
    let paths = [
        "/good",
        "/gone",
        "/moved#part",
        "/no-head",
        "/head-404",
        "/moved-to-nowhere",
        "/circle",
        "/wall",
        "/broken",
    ];
    let site = site(&links(&server, &paths));
    let said = check(&site, &server, &[]);
    assert_eq!(said.code, 4, "{}", said.err);
    let lines: BTreeMap<&str, &str> = said
        .err
        .lines()
        .filter_map(|line| line.strip_prefix("content/pages/about.md:")?.split_once(':'))
        .collect();
    let reasons = [
        ("6", "there is no such page (404)"),
        ("10", "there is no such page (404)"),
        ("11", "the redirects go round in a circle"),
        ("13", "the server answers with status 500"),
    ];
    assert_eq!(lines.len(), reasons.len(), "{}", said.err);
    for (line, reason) in reasons {
        assert!(
            lines[line].contains("error[dead-address]") && lines[line].ends_with(reason),
            "{line}: {}",
            said.err
        );
    }
    assert!(
        said.out.contains("9 other addresses (0 answered some days ago, 1 not shown to programs)"),
        "{}",
        said.out
    );
    assert_eq!(
        (server.count("HEAD /good"), server.count("GET /good")),
        (2, 0),
        "asked for itself and by /moved"
    );
    assert_eq!((server.count("HEAD /no-head"), server.count("GET /no-head")), (1, 1));
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    let server = Server::start();
    let site = site(&links(&server, &["/busy", "/always-busy"]));
    let said = check(&site, &server, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("1 not shown to programs"), "{}", said.out);
    let log = server.log.lock().unwrap();
    let times: Vec<Instant> =
        log.iter().filter(|(line, _)| line == "HEAD /busy").map(|(_, at)| *at).collect();
    assert_eq!(times.len(), 2);
    assert!(times[1] - times[0] >= Duration::from_millis(950), "Retry-After: 1");
    assert_eq!(log.iter().filter(|(line, _)| line == "HEAD /always-busy").count(), 3, "and no more");
}

#[test]
fn a_connection_that_breaks_is_tried_once_more() {
    let server = Server::start();
    let site = site(&links(&server, &["/shy"]));
    let said = check(&site, &server, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(server.count("GET /shy"), 2);
}

#[test]
fn one_server_gets_one_question_at_a_time_with_a_pause() {
    let server = Server::start();
    let site = site(&links(&server, &["/1", "/2", "/3"]));
    assert_eq!(check(&site, &server, &[]).code, 0);
    let log = server.log.lock().unwrap();
    let times: Vec<Instant> = log.iter().map(|(_, at)| *at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(250)));
}

#[test]
fn a_silent_server_is_given_up_and_others_are_asked() {
    let (server, other) = (Server::start(), Server::start());
    let mut all = links(&server, &["/slow", "/slower"]);
    all.extend(links(&other, &["/good"]));
    let site = site(&all);
    let said = check(&site, &other, &[]);
    assert_eq!(said.code, 4);
    assert_eq!(said.err.matches("the server took longer than 1 seconds").count(), 2, "{}", said.err);
    assert_eq!(server.count("HEAD /slower") + server.count("GET /slower"), 0);
    assert_eq!(other.count("HEAD /good"), 1);
}

#[test]
fn what_answered_is_remembered_for_some_days() {
    let server = Server::start();
    let site = site(&links(&server, &["/good", "/gone"]));
    check(&site, &server, &[]);
    let said = check(&site, &server, &[]);
    assert!(said.out.contains("2 other addresses (1 answered some days ago)"), "{}", said.out);
    assert_eq!((server.count("HEAD /good"), server.count("HEAD /gone")), (1, 2));
    check(&site, &server, &["--max-age", "0"]);
    assert_eq!(server.count("HEAD /good"), 2);
}

#[test]
fn addresses_that_the_site_skips_are_not_asked() {
    let server = Server::start();
    let site = site(&links(&server, &["/good", "/private/gone"]));
    let skip = format!("{}/private/", server.address);
    site.write(
        "dateline.toml",
        &format!("base_url = \"https://test.example/\"\nsearch = false\n[check]\nskip = [\"{skip}\"]\n"),
    );
    assert_eq!(check(&site, &server, &[]).code, 0);
    assert_eq!(server.asked(), ["HEAD /good"]);
    site.write("dateline.toml", "search = false\n[check]\nskip = [\"private\"]\n");
    let said = check(&site, &server, &[]);
    assert!(
        said.code == 3 && said.err.contains("dateline.toml:3:9: error[bad-value]: `private` is no beginning"),
        "{}",
        said.err
    );
}

#[test]
fn an_archived_copy_is_suggested_and_one_that_is_named_mends_the_source() {
    let server = Server::start();
    let site = TestSite::new();
    let source = |path: &str, more: &str| format!("[[sources]]\nurl = \"{}{path}\"\n{more}", server.address);
    let archive = "archive = { url = \"https://archive.example/2\" }\n";
    site.story(
        "2025-01-01-a.md",
        &format!(
            "title = \"A\"\nlint = {{ unknown-outlet = \"allow\", unused-source = \"allow\" }}\n{}{}",
            source("/archived", ""),
            source("/kept", archive)
        ),
    );
    site.write("dateline.toml", "search = false\n[check]\nskip = [\"https://archive.example/\"]\n");
    let base = ["check", "--external", "--allow-private", "--archive", &server.address];
    let said = site.run(&base);
    assert_eq!(said.code, 4, "{}", said.err);
    assert!(said.err.contains("content/stories/2025-01-01-a.md:5:8"), "{}", said.err);
    assert!(
        said.err.contains("archive = { url = \"https://archive.example/web/1/x\", date = 2025-07-31 }"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("/kept`"), "{}", said.err);
    assert!(said.out.contains("1 gone and archived"), "{}", said.out);
}

#[test]
fn private_addresses_are_refused_unless_allowed_and_nothing_is_asked_without_the_flag() {
    let server = Server::start();
    let site = site(&links(&server, &["/good"]));
    let said = site.run(&["check", "--external", "--archive", &server.address, "--message-format", "short"]);
    assert!(said.code == 4 && said.err.contains("is an address of a private network"), "{}", said.err);
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(server.asked(), Vec::<String>::new());
}
