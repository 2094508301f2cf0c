//! Any sequence of builds leaves exactly the files of the last one, and the foreign ones.

use super::tests::{Site, kill, split};
use super::*;

/// Numbers that are the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A site in which each name is nothing, a file or a folder.
    fn files(&mut self) -> Vec<String> {
        let mut files = Vec::new();
        for top in ["a", "b", "keep/c"] {
            match self.below(4) {
                0 => {}
                1 => files.push(format!("{top}={}", self.below(3))),
                _ => files.extend((0..self.below(3)).map(|at| format!("{top}/{at}/x={}", self.below(3)))),
            }
        }
        files
    }
}

#[test]
fn a_random_script_of_builds() {
    let mut random = Random(7);
    let site = Site::built(&[]);
    site.put("keep/foreign", "mine");
    for _ in 0..300 {
        let files = random.files();
        let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
        if random.below(8) == 0 {
            fs::write(site.root.path().join(".dateline/output-stat"), "").unwrap();
        }
        if random.below(5) > 0 {
            site.build(&files).unwrap();
            files.push("keep/foreign=mine");
            site.assert_files(&files);
        } else {
            let before = site.files();
            fail(&site, &files, random.below(2) == 0);
            assert_eq!(site.files(), before);
        }
    }
}

/// A build that does not come to its commit.
fn fail(site: &Site, files: &[&str], is_killed: bool) {
    let output = site.open().unwrap();
    for (path, text) in files.iter().map(|file| split(file)) {
        output.write(path, text.as_bytes()).unwrap();
    }
    if is_killed { kill(output) } else { output.abandon() }
}
