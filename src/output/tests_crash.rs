//! Builds that die: by `kill -9` at any moment, or because the disk refuses.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::tests::{Site, kill, summary};
use super::*;

const CHILD: &str = "DATELINE_TEST_OUTPUT";

#[test]
fn a_killed_first_build_is_known_as_ours() {
    let site = Site::new();
    let output = site.open().unwrap();
    for path in ["b/c", "a", "b/d"] {
        output.write(path, path.as_bytes()).unwrap();
    }
    kill(output);
    // The last file was cut short.
    site.put("b/d", "b");
    assert_eq!(site.build(&["a=2", "b/d", "e"]).unwrap(), summary(1, 2, 0, 1));
    site.assert_files(&["a=2", "b/d", "e"]);
}

#[test]
fn a_name_is_in_the_manifest_before_its_file_is_there() {
    let site = Site::new();
    let output = site.open().unwrap();
    // It cannot be created.
    site.put("a", "mine");
    output.write("a/b", b"a/b").unwrap();
    assert!(site.manifest().ends_with(" 3 a/b\n"));
    kill(output);
    fs::remove_file(site.at("a")).unwrap();
    site.put("a/b", "a");
    assert_eq!(site.build(&["b"]).unwrap(), summary(1, 0, 0, 1));
}

#[test]
fn after_a_failed_line_no_other_is_written() {
    let site = Site::new();
    let output = site.open().unwrap();
    let Mode::Direct(journal) = &output.mode else { panic!("the folder is empty") };
    journal.close();
    assert!(output.write("a", b"a").is_err());
    drop(output);
    site.assert_files(&[]);
}

#[test]
fn a_build_killed_while_it_stages_has_changed_nothing() {
    let site = Site::built(&["a", "b"]);
    let manifest = site.manifest();
    let output = site.open().unwrap();
    output.write("a", b"2").unwrap();
    output.write("c", b"c").unwrap();
    kill(output);
    site.assert_files(&["a", "b"]);
    assert_eq!(site.manifest(), manifest);
    site.build(&["a=3", "b"]).unwrap();
    site.assert_files(&["a=3", "b"]);
    let stages = fs::read_dir(site.root.path().join(".dateline/stage")).unwrap();
    assert_eq!(stages.count(), 0);
}

#[test]
fn a_build_killed_while_it_deletes_leaves_no_empty_folder_for_long() {
    for folders in [&["a/b/c"][..], &["a/b/c", "a/b"]] {
        let site = Site::built(&["a/b/c/d", "e"]);
        fs::remove_file(site.at("a/b/c/d")).unwrap();
        folders.iter().for_each(|folder| fs::remove_dir(site.at(folder)).unwrap());
        site.build(&["e"]).unwrap();
        site.assert_files(&["e"]);
    }
}

/// A commit that fails half-way: the folder of one new file cannot be made.
#[test]
fn a_commit_that_fails_is_mended_by_the_next_build() {
    let site = Site::built(&["a", "b", "old"]);
    let output = site.open().unwrap();
    for (path, text) in [("a", "2"), ("n", "n"), ("x/y", "x/y")] {
        output.write(path, text.as_bytes()).unwrap();
    }
    // It appears after everything was looked at.
    site.put("x", "mine");
    let error = output.commit().unwrap_err();
    assert!(matches!(&error, Error::Write(path, _) if path.ends_with("x/y")), "{error}");
    let files = site.files();
    assert!(["a", "b", "old"].iter().all(|path| files[*path] == *path), "old files are whole: {files:?}");
    assert_eq!(files["x"], "mine");
    assert!([" a\n", " b\n", " old\n", " n\n"].iter().all(|name| site.manifest().contains(name)));

    fs::remove_file(site.at("x")).unwrap();
    site.build(&["a=2", "x/y"]).unwrap();
    site.assert_files(&["a=2", "x/y"]);
}

#[test]
fn nothing_is_placed_before_the_manifest_names_it() {
    let site = Site::built(&["a"]);
    let output = site.open().unwrap();
    output.write("a", b"2").unwrap();
    output.write("n", b"n").unwrap();
    // The manifest cannot be replaced.
    fs::remove_file(site.at(manifest::NAME)).unwrap();
    fs::create_dir_all(site.at(manifest::NAME).join("x")).unwrap();
    assert!(output.commit().is_err());
    fs::remove_dir_all(site.at(manifest::NAME)).unwrap();
    site.assert_files(&["a"]);
}

/// The sites that the child builds in turn.
fn version(number: usize) -> Vec<String> {
    let mut files: Vec<String> = (0..40).map(|at| format!("p{}/i={number}", at * (number % 3 + 1))).collect();
    files.push(if number.is_multiple_of(2) { "swap=1".into() } else { "swap/deep/er=2".into() });
    files.push("same".into());
    files
}

/// Not a test: what [`a_build_killed_at_any_moment`] starts and kills.
#[test]
fn child_that_builds_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    for number in 0.. {
        let output = Output::open(&folder, &folder.with_file_name("stage"), &[]).unwrap();
        for file in version(number) {
            let (path, text) = file.split_once('=').unwrap_or((&file, &file));
            output.write(path, text.as_bytes()).unwrap();
        }
        output.commit().unwrap();
    }
}

#[test]
fn a_build_killed_at_any_moment() {
    let name = "output::tests_crash::child_that_builds_until_it_is_killed";
    let mut site = Site::new();
    for round in 0..40u64 {
        if round % 4 == 0 {
            site = Site::new();
        }
        let is_foreign = round % 4 == 1;
        if is_foreign {
            site.put("p0/foreign", "mine");
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--test-threads=1"])
            .env(CHILD, site.public())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(4000 + round * 7919 % 13_000));
        assert!(child.try_wait().unwrap().is_none(), "the child works until it is killed");
        child.kill().unwrap();
        child.wait().unwrap();
        if site.public().exists() {
            assert_owners_known(&site);
        }
    }
    let files = version(5);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    site.build(&files).unwrap();
    let mut expected = files.clone();
    expected.push("p0/foreign=mine");
    site.assert_files(&expected);
}

/// Every file in the folder but the foreign one is in the manifest.
fn assert_owners_known(site: &Site) {
    let manifest = Manifest::read(&site.public()).unwrap();
    let ours: BTreeSet<&str> = manifest.lines().iter().map(|line| &*line.path).collect();
    let found = files_with_stage(&site.public(), "");
    for path in found.iter().filter(|path| *path != "p0/foreign") {
        assert!(ours.contains(path.as_str()), "{path} belongs to nobody");
    }
    assert!(!ours.contains("p0/foreign"));
}

fn files_with_stage(folder: &Path, prefix: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if path.starts_with(".dateline") {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            files.extend(files_with_stage(&entry.path(), &format!("{path}/")));
        } else {
            files.push(path);
        }
    }
    files
}
