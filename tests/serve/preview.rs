//! A site in a temporary folder with a preview that runs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::browser::{Answer, get};

pub struct Preview {
    pub dir: tempfile::TempDir,
    pub port: u16,
    pub child: Child,
    /// What it said on stdout.
    events: Arc<Mutex<Vec<Value>>>,
}

pub fn story(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ntopics = [\"Harbour\"]\n+++\n{body}\n")
}

/// A site with two stories, a plain page, a style sheet and a picture.
pub fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| put(dir.path(), path, text);
    put("dateline.toml", "title = \"First site\"\nbase_url = \"https://example.org/\"\n");
    put("content/stories/2025-01-01-alpha.md", &story("Alpha", "Old words"));
    put("content/stories/2025-01-02-beta.md", &story("Beta", "Other words"));
    put("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nWho we are\n");
    put("static/own.css", "a { color: red }");
    put("static/picture.png", "one");
    dir
}

pub fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Serves a site of two stories.
pub fn preview() -> Preview {
    Preview::of(site(), &[])
}

impl Preview {
    pub fn of(dir: tempfile::TempDir, flags: &[&str]) -> Preview {
        let root = dir.path().to_owned();
        Preview::at(dir, &root, flags)
    }

    pub fn at(dir: tempfile::TempDir, root: &Path, flags: &[&str]) -> Preview {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["serve", "--message-format", "json", "--now", "2026-01-01", "--root"])
            .arg(root)
            .args(flags)
            .args(if flags.contains(&"--port") { &[][..] } else { &["--port", "0"] })
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let events = Arc::new(Mutex::new(Vec::new()));
        let (lines, kept) = (BufReader::new(child.stdout.take().unwrap()), events.clone());
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                kept.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        let mut preview = Preview { dir, port: 0, child, events };
        let local = preview.event("listening", |_| true)["local"].as_str().unwrap().to_owned();
        preview.port = local.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        within("the first look", || !preview.looks().is_empty());
        preview
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn put(&self, path: &str, text: &str) {
        put(self.dir.path(), path, text);
    }

    pub fn get(&self, path: &str) -> Answer {
        get(self.port, path)
    }

    /// Waits until a page answers so.
    pub fn shows(&self, path: &str, status: u16, text: &str) {
        let fits = || {
            let answer = self.get(path);
            answer.status == status && answer.text().contains(text)
        };
        within(&format!("{path} to answer {status} with `{text}`"), fits);
    }

    pub fn events(&self) -> Vec<Value> {
        self.events.lock().unwrap().clone()
    }

    /// Its builds, failed ones too.
    pub fn looks(&self) -> Vec<Value> {
        let is_look = |event: &Value| event["event"] == "built" || event["event"] == "failed";
        self.events().into_iter().filter(is_look).collect()
    }

    /// Waits for an event.
    pub fn event(&self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let find = || self.events().into_iter().rev().find(|event| event["event"] == name && fits(event));
        within(&format!("the event `{name}`"), || find().is_some());
        find().unwrap()
    }

    /// Waits until nothing has been built for a while.
    pub fn rests(&self) {
        let mut count = self.looks().len();
        within("rest", || {
            std::thread::sleep(Duration::from_millis(400));
            std::mem::replace(&mut count, self.looks().len()) == self.looks().len()
        });
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something, 30 seconds at most.
pub fn within(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
