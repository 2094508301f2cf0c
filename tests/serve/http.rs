//! What may be asked for, and by which name.

use crate::browser::{ask, get};
use crate::preview::{Preview, preview, put, site};

#[test]
fn only_own_host_names_are_answered() {
    let preview = preview();
    let port = preview.port;
    let status = |host: &str| ask(port, &format!("GET / HTTP/1.1\r\nHost: {host}")).status;
    assert_eq!(status(&format!("127.0.0.1:{port}")), 200);
    assert_eq!(status(&format!("localhost:{port}")), 200);
    for bad in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", "localhost:1"] {
        assert_eq!(status(bad), 421, "{bad}");
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:{port}");
    assert_eq!(ask(port, &absolute).status, 421);
    for path in ["/.dateline/events", "/.dateline/reload.js"] {
        assert_eq!(ask(port, &format!("GET {path} HTTP/1.1\r\nHost: evil.example:{port}")).status, 421);
    }
}

#[test]
fn nothing_but_planned_pages_is_served() {
    let preview = preview();
    preview.put("content/secret.txt", "secret");
    preview.put("templates/own.html", "secret");
    let paths = [
        "/../dateline.toml",
        "/%2e%2e/dateline.toml",
        "/dateline.toml",
        "//etc/passwd",
        "/static/own.css",
        "/content/secret.txt",
        "/stories/..%2f..%2fdateline.toml",
        "/.dateline/",
        "/.git/config",
        "//about",
        "//own.css",
        "/stories/",
    ];
    for path in paths {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("base_url") && !answer.text().contains("secret"), "{path}");
    }
    let port = preview.port;
    assert_eq!(
        ask(port, &format!("POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0")).status,
        405
    );
    let head = ask(port, &format!("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:{port}"));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn headers_say_what_it_is_and_let_nobody_else_in() {
    let preview = preview();
    let types = [
        ("/", "text/html; charset=utf-8"),
        ("/own.css", "text/css; charset=utf-8"),
        ("/picture.png", "image/png"),
        ("/stories/alpha/story.json", "application/json"),
        ("/.dateline/reload.js", "text/javascript; charset=utf-8"),
    ];
    for (path, mime) in types {
        let answer = preview.get(path);
        assert_eq!(answer.header("content-type"), Some(mime), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
    assert!(!preview.get("/own.css").text().contains(".dateline"));
}

#[test]
fn the_base_path_is_kept_and_led_to() {
    let dir = site();
    put(dir.path(), "dateline.toml", "title = \"First site\"\nbase_url = \"https://example.org/news/\"\n");
    let preview = Preview::of(dir, &[]);
    assert_eq!(preview.get("/").header("location"), Some("/news/"));
    assert_eq!(preview.get("/news").header("location"), Some("/news/"));
    assert_eq!(preview.get("/news/about").header("location"), Some("/news/about/"));
    assert_eq!(preview.get("/about/").status, 404);
    let page = preview.get("/news/stories/alpha/").text();
    assert!(page.contains(&format!("http://127.0.0.1:{}/news/stories/alpha/", preview.port)));
    assert!(!page.contains("example.org"));
}

#[test]
fn a_taken_port_leads_to_the_next() {
    let preview = preview();
    let taken = preview.port.to_string();
    let other = Preview::of(site(), &["--port", &taken]);
    assert!(other.port > preview.port);
    assert_eq!(get(other.port, "/").status, 200);
    assert!(other.event("note", |_| true)["text"].as_str().unwrap().contains(&taken));
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_asked_to() {
    use std::process::Command;
    let mut preview = preview();
    let _tab = crate::browser::Tab::open(preview.port, "/");
    let pid = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    crate::preview::within("the end", || preview.child.try_wait().unwrap().is_some());
    assert_eq!(preview.child.wait().unwrap().code(), Some(0));
}
