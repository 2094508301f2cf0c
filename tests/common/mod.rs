//! A site in a temporary folder, and the program to run on it.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site in a folder of its own.
pub struct TestSite {
    folder: TempDir,
}

/// What a run of the program said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl TestSite {
    /// A site with a title and nothing else.
    pub fn new() -> TestSite {
        let site = TestSite { folder: TempDir::new().unwrap() };
        site.write(
            "dateline.toml",
            "title = \"Test\"\nbase_url = \"https://test.example/\"\nsearch = false\n",
        );
        site
    }

    pub fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    pub fn write(&self, inner: &str, text: &str) -> &TestSite {
        self.put(inner, text.as_bytes())
    }

    /// The same, of any bytes.
    pub fn put(&self, inner: &str, bytes: &[u8]) -> &TestSite {
        let path = self.path(inner);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// A story of this front matter.
    pub fn story(&self, name: &str, front: &str) -> &TestSite {
        self.write(&format!("content/stories/{name}"), &format!("+++\n{front}\n+++\n\nBody.\n"))
    }

    pub fn remove(&self, inner: &str) -> &TestSite {
        let path = self.path(inner);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// Runs the program in the site's folder, at a fixed date.
    pub fn run(&self, args: &[&str]) -> Said {
        let mut command = program();
        command.current_dir(self.folder.path()).args(args);
        command.output().unwrap().into()
    }

    /// Builds the site, which must succeed.
    pub fn build(&self) -> Said {
        let said = self.run(&["build"]);
        assert_eq!(said.code, 0, "{}", said.err);
        said
    }

    pub fn page(&self, inner: &str) -> String {
        fs::read_to_string(self.path("public").join(inner)).unwrap_or_else(|_| panic!("no page {inner}"))
    }

    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("public"))
    }
}

/// The program, with an environment that does not depend on where the tests run.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env("SOURCE_DATE_EPOCH", "1767225600").env_remove("NO_COLOR").env("LC_ALL", "C");
    command
}

/// Every file below a folder but the program's own notes, by path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let inner = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !inner.starts_with(".dateline") {
                found.insert(inner, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for (inner, bytes) in files(from) {
        let path = to.join(inner);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
