//! A build of our own: what is written, kept, deleted, and when.

use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;
use tempfile::TempDir;

use super::*;

/// Files by path.
pub(super) type Files = BTreeMap<String, String>;

/// A site in a temporary folder.
pub(super) struct Site {
    pub(super) root: TempDir,
}

impl Site {
    pub(super) fn new() -> Site {
        Site { root: tempfile::tempdir().unwrap() }
    }

    /// A site that was built with these files.
    pub(super) fn built(paths: &[&str]) -> Site {
        let site = Site::new();
        site.build(paths).unwrap();
        site
    }

    pub(super) fn public(&self) -> PathBuf {
        self.root.path().join("public")
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.public().join(path)
    }

    pub(super) fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    pub(super) fn open(&self) -> Result<Output, Error> {
        Output::open(&self.public(), &self.root.path().join(".dateline/stage"), &[])
    }

    /// Builds these files; `path=text`, the text is `path` where it is left out.
    pub(super) fn build(&self, files: &[&str]) -> Result<Summary, Error> {
        let output = self.open()?;
        files
            .par_iter()
            .map(|file| split(file))
            .try_for_each(|(path, text)| output.write(path, text.as_bytes()).map(|_| ()))?;
        output.commit()
    }

    pub(super) fn manifest(&self) -> String {
        fs::read_to_string(self.at(manifest::NAME)).unwrap()
    }

    /// All files in the output folder but Dateline's own.
    pub(super) fn files(&self) -> Files {
        let mut files = Files::new();
        list(&self.public(), "", &mut files);
        files
    }

    pub(super) fn assert_files(&self, expected: &[&str]) {
        let expected: Files =
            expected.iter().map(|file| split(file)).map(|(a, b)| (a.into(), b.into())).collect();
        assert_eq!(self.files(), expected);
    }
}

pub(super) fn split(file: &str) -> (&str, &str) {
    file.split_once('=').unwrap_or((file, file))
}

fn list(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        if entry.file_type().unwrap().is_dir() {
            assert!(!name.starts_with(".dateline"), "{path} was left");
            // An empty folder shows as one.
            files.insert(format!("{path}/"), String::new());
            list(&entry.path(), &format!("{path}/"), files);
            if files.keys().any(|key| key.starts_with(&format!("{path}/")) && *key != format!("{path}/")) {
                files.remove(&format!("{path}/"));
            }
        } else if !["lock", "manifest"].iter().any(|own| path == format!(".dateline-{own}")) {
            files.insert(path, fs::read_to_string(entry.path()).unwrap_or_else(|_| "unreadable".into()));
        }
    }
}

pub(super) fn summary(new: usize, changed: usize, same: usize, deleted: usize) -> Summary {
    Summary { new, changed, same, deleted }
}

/// Ends a build as `kill -9` does: nothing is cleaned up, the lock is gone.
pub(super) fn kill(mut output: Output) {
    output.is_committed = true;
}

#[test]
fn the_manifest_names_every_file_in_order_and_holds_no_times() {
    let site = Site::built(&["b/c", "a", "b-x"]);
    let expected: String = ["a", "b-x", "b/c"]
        .map(|path| format!("{:032x} {} {path}\n", content_hash(path.as_bytes()), path.len()))
        .concat();
    assert_eq!(site.manifest(), format!("dateline-manifest 1\n{expected}"));
    let other = Site::built(&["x", "y"]);
    other.build(&["a", "b/c", "b-x"]).unwrap();
    assert_eq!(other.manifest(), site.manifest());
    site.assert_files(&["a", "b-x", "b/c"]);
}

#[test]
fn the_same_bytes_are_not_written_again() {
    let site = Site::built(&["a/b", "c"]);
    let state = || ["a/b", "c", manifest::NAME].map(|path| Stat::of(&fs::metadata(site.at(path)).unwrap()));
    let before = state();
    assert_eq!(site.build(&["a/b", "c"]).unwrap(), summary(0, 0, 2, 0));
    assert_eq!(state(), before);
    assert_eq!(site.build(&["a/b", "c=d", "e"]).unwrap(), summary(1, 1, 1, 0));
    assert_eq!(state()[0], before[0]);
    site.assert_files(&["a/b", "c=d", "e"]);
}

#[test]
fn the_old_site_stays_whole_until_the_commit() {
    let site = Site::built(&["a", "b/c"]);
    let output = site.open().unwrap();
    assert_eq!(output.write("a", b"other").unwrap(), Written::Changed);
    assert_eq!(output.write("n/n", b"n/n").unwrap(), Written::New);
    site.assert_files(&["a", "b/c"]);
    let manifest = site.manifest();
    output.abandon();
    site.assert_files(&["a", "b/c"]);
    assert_eq!(site.manifest(), manifest);
    assert_eq!(fs::read_dir(site.root.path().join(".dateline/stage")).unwrap().count(), 0);
    assert_eq!(site.build(&["a=other", "n/n"]).unwrap(), summary(1, 1, 0, 1));
    site.assert_files(&["a=other", "n/n"]);
    assert_eq!(fs::read_dir(site.root.path().join(".dateline/stage")).unwrap().count(), 0);
}

#[test]
fn a_failed_first_build_leaves_the_folder_empty() {
    let site = Site::new();
    let output = site.open().unwrap();
    output.write("a/b/c", b"1").unwrap();
    output.write("a/d", b"2").unwrap();
    site.assert_files(&["a/b/c=1", "a/d=2"]);
    site.put("a/mine", "foreign");
    drop(output);
    site.assert_files(&["a/mine=foreign"]);
    assert!(!site.at(manifest::NAME).exists());
}

#[test]
fn emptied_folders_go_and_others_stay() {
    let site = Site::built(&["a/b/c", "a/b/d", "e/f", "g"]);
    fs::create_dir(site.at("e/empty")).unwrap();
    site.put("a/mine", "foreign");
    assert_eq!(site.build(&["g"]).unwrap(), summary(0, 0, 1, 3));
    site.assert_files(&["a/mine=foreign", "e/empty/=", "g"]);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let site = Site::built(&["a", "b/c/d", "b/c/e", "z"]);
    fs::create_dir_all(site.at("b/empty/empty")).unwrap();
    assert_eq!(site.build(&["a/b/c", "b", "z"]).unwrap(), summary(2, 0, 1, 3));
    site.assert_files(&["a/b/c", "b", "z"]);
    assert_eq!(site.build(&["a", "b/c/d", "z"]).unwrap(), summary(2, 0, 1, 2));
    site.assert_files(&["a", "b/c/d", "z"]);
}

#[test]
fn two_files_in_one_place_are_an_error_and_nothing_is_touched() {
    let site = Site::built(&["a", "b/c"]);
    for clash in [["x", "x=2"], ["a", "a=2"], ["x", "x/y"], ["a", "a/b"], ["b", "b/c"], ["b/c/d", "b/c"]] {
        for site in [&site, &Site::new()] {
            let before = if site.public().exists() { site.files() } else { Files::new() };
            let error = site.build(&clash).unwrap_err().to_string();
            // They are written at the same time: which of two meets the other depends on the moment.
            let is_told = error.contains("is wanted") || error.contains("is in the way");
            assert!(is_told, "{clash:?}: {error}");
            assert_eq!(site.files(), before);
        }
    }
}

#[test]
fn a_path_cannot_lead_out_nor_take_a_name_of_ours() {
    for site in [Site::new(), Site::built(&["a"])] {
        let output = site.open().unwrap();
        for path in ["../x", "/tmp/x", "a/../../x", "", "a/", ".dateline-manifest", "b/.DATELINE-lock"] {
            assert!(matches!(output.write(path, b"x"), Err(Error::Output(..))), "{path}");
        }
        assert!(!output.keep(manifest::NAME, content_hash(site.manifest().as_bytes())));
    }
}

#[test]
fn keep_holds_for_the_right_bytes_only() {
    let site = Site::built(&["same", "altered", "missing", "other"]);
    site.put("altered", "ALTERED");
    fs::remove_file(site.at("missing")).unwrap();
    for damage_table in [false, true] {
        if damage_table {
            fs::write(site.root.path().join(".dateline/output-stat"), "garbage").unwrap();
        }
        let output = site.open().unwrap();
        let keep = |path: &str| output.keep(path, content_hash(path.as_bytes()));
        assert!(keep("same") && !keep("altered") && !keep("missing") && !keep("never"));
        assert!(!output.keep("other", content_hash(b"different")));
    }
    let output = site.open().unwrap();
    assert!(output.keep("same", content_hash(b"same")));
    assert_eq!(output.write("altered", b"altered").unwrap(), Written::Changed);
    assert_eq!(output.write("missing", b"missing").unwrap(), Written::New);
    assert_eq!(output.commit().unwrap(), summary(1, 1, 1, 1));
    site.assert_files(&["altered", "missing", "same"]);
}

#[test]
fn the_table_vouches_for_settled_files_only() {
    let site = Site::built(&["a", "b"]);
    // At once: the same size, the same tick perhaps.
    fs::write(site.at("a"), "A").unwrap();
    assert!(!site.open().unwrap().keep("a", content_hash(b"a")));
    site.build(&["a", "b"]).unwrap();

    std::thread::sleep(Duration::from_millis(2200));
    site.build(&["a", "b"]).unwrap();
    let output = site.open().unwrap();
    assert!(output.keep("a", content_hash(b"a")) && output.keep("b", content_hash(b"b")));
    let unread = guard(&output.records).is_empty();
    assert_eq!(unread, cfg!(unix), "neither file had to be read");
    assert_eq!(output.commit().unwrap(), summary(0, 0, 2, 0));

    let old_time = fs::metadata(site.at("a")).unwrap().modified().unwrap();
    fs::write(site.at("a"), "A").unwrap();
    File::options().write(true).open(site.at("a")).unwrap().set_modified(old_time).unwrap();
    assert_eq!(site.build(&["a", "b"]).unwrap(), summary(0, 1, 1, 0));
    site.assert_files(&["a", "b"]);
}

#[test]
fn a_table_of_another_folder_is_harmless() {
    let site = Site::built(&["a"]);
    std::thread::sleep(Duration::from_millis(150));
    site.build(&["a"]).unwrap();
    let other = site.root.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(site.at(manifest::NAME), other.join(manifest::NAME)).unwrap();
    fs::write(other.join("a"), "A").unwrap();
    let output = Output::open(&other, &site.root.path().join(".dateline/stage"), &[]).unwrap();
    assert!(!output.keep("a", content_hash(b"a")));
}

#[test]
fn an_edited_file_of_ours_is_written_over_or_deleted() {
    let site = Site::built(&["a", "b", "c"]);
    site.put("a", "edited");
    site.put("b", "edited");
    assert_eq!(site.build(&["a", "c"]).unwrap(), summary(0, 1, 1, 1));
    site.assert_files(&["a", "c"]);
}

#[test]
fn what_a_killed_build_left_goes_away() {
    let site = Site::built(&["a"]);
    for name in [".dateline-manifest.new", ".dateline-probe", ".dateline-stage/.dateline-0"] {
        site.put(name, "left");
    }
    let table = site.root.path().join(".dateline/output-stat");
    fs::rename(&table, table.with_extension("new")).unwrap();
    fs::write(site.root.path().join(".dateline/output-stat.new"), "left").unwrap();
    site.build(&["a"]).unwrap();
    site.assert_files(&["a"]);
    assert!(table.exists());
}
