//! What is not ours: foreign files, links, forbidden folders, other builds, other users.

use super::tests::{Site, kill, summary};
use super::*;

#[test]
fn foreign_files_survive_every_build() {
    let site = Site::new();
    site.put("CNAME", "example.org");
    site.put("a/mine", "mine");
    assert_eq!(site.build(&["a/b", "c"]).unwrap(), summary(2, 0, 0, 0));
    assert_eq!(site.build(&[]).unwrap(), summary(0, 0, 0, 2));
    site.assert_files(&["CNAME=example.org", "a/mine=mine"]);
}

#[test]
fn a_foreign_file_in_the_way_is_an_error_before_anything_is_published() {
    let site = Site::built(&["a", "b"]);
    for number in 0..12 {
        site.put(&format!("f{number:02}"), "mine");
    }
    let wanted: Vec<String> = (0..12).map(|number| format!("f{number:02}")).collect();
    let mut files: Vec<&str> = wanted.iter().map(String::as_str).collect();
    files.extend(["a=changed", "n"]);
    let before = site.files();
    let error = site.build(&files).unwrap_err();
    assert!(matches!(error, Error::Output(..)));
    let text = error.to_string();
    assert!(text.contains("f00, f01") && text.contains("f09, and 2 more") && !text.contains("f10"), "{text}");
    assert!(text.contains("move it away"), "{text}");
    assert_eq!(site.files(), before);
    // It did not become ours by having been in the way.
    site.build(&["a"]).unwrap();
    assert_eq!(site.files().len(), 13);
}

#[test]
fn a_foreign_file_with_the_very_bytes_is_adopted() {
    let site = Site::new();
    site.put("a/b", "a/b");
    site.put("c", "c");
    let output = site.open().unwrap();
    assert_eq!(output.write("a/b", b"a/b").unwrap(), Written::Same);
    assert!(output.keep("c", content_hash(b"c")));
    assert_eq!(output.commit().unwrap(), summary(0, 0, 2, 0));
    assert_eq!(site.build(&[]).unwrap(), summary(0, 0, 0, 2));
    site.assert_files(&[]);
}

#[test]
fn a_lost_manifest_is_made_again() {
    let site = Site::built(&["a", "b/c"]);
    let manifest = site.manifest();
    fs::remove_file(site.at(manifest::NAME)).unwrap();
    assert_eq!(site.build(&["a", "b/c"]).unwrap(), summary(0, 0, 2, 0));
    assert_eq!(site.manifest(), manifest);
}

#[test]
fn a_foreign_file_where_a_folder_must_be_and_the_reverse() {
    let site = Site::built(&["x"]);
    site.put("file", "mine");
    site.put("folder/deep/mine", "mine");
    let before = site.files();
    for (wanted, named) in
        [("file/a/b", "file"), ("folder", "folder/deep/mine"), ("folder/deep", "folder/deep/mine")]
    {
        let error = site.build(&["x=2", wanted]).unwrap_err().to_string();
        assert!(error.contains(&format!("in the way: {named};")), "{error}");
        assert_eq!(site.files(), before);
    }
    fs::create_dir_all(site.at("empty/empty")).unwrap();
    site.build(&["x", "empty"]).unwrap();
    assert!(site.at("empty").is_file());
}

#[test]
fn a_foreign_file_beside_ours_in_a_folder_that_must_go() {
    let site = Site::built(&["a/b", "x"]);
    site.put("a/mine", "mine");
    assert!(site.build(&["a", "x=2"]).is_err());
    site.assert_files(&["a/b", "a/mine=mine", "x"]);
}

#[test]
fn a_file_that_appears_during_a_first_build_is_not_written_over() {
    let site = Site::new();
    let output = site.open().unwrap();
    output.write("a", b"a").unwrap();
    site.put("b", "mine");
    site.put("c", "c");
    output.write("b", b"b").unwrap();
    assert_eq!(output.write("c", b"c").unwrap(), Written::Same);
    assert!(output.commit().is_err());
    site.assert_files(&["b=mine", "c"]);
}

#[test]
fn forbidden_folders_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    fs::create_dir_all(root.join("content/stories")).unwrap();
    let forbidden = ["content", "themes"].map(|name| root.join(name));
    let open = |folder: &str| Output::open(&root.join(folder), &root.join(".dateline/stage"), &forbidden);
    let refused = [
        ("content", "is"),
        ("content/out", "lies inside"),
        ("themes/x/out", "lies inside"),
        (".", "contains"),
        ("..", "contains"),
        ("missing/../content", "is"),
        (".dateline/stage", "is"),
    ];
    for (folder, relation) in refused {
        let error = open(folder).unwrap_err();
        assert!(matches!(error, Error::Output(..)));
        assert!(error.to_string().contains(&format!("as it {relation} ")), "{folder}: {error}");
    }
    assert!(!root.join("themes").exists() && !root.join("content/out").exists());
    for folder in ["public", "contents", "content-out", "x/../public"] {
        open(folder).unwrap();
    }
}

#[test]
fn what_is_no_folder_is_refused() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("public"), "mine").unwrap();
    let error = Output::open(&root.path().join("public"), &root.path().join("stage"), &[]).unwrap_err();
    assert!(error.to_string().contains("is not a folder"), "{error}");
}

#[test]
fn two_builds_at_once() {
    let site = Site::built(&["a"]);
    let first = site.open().unwrap();
    let error = site.open().unwrap_err().to_string();
    assert!(error.contains("another build is writing"), "{error}");
    // A process that was started meanwhile may hold a copy of the open file.
    let copy = first.lock.try_clone().unwrap();
    first.commit().unwrap();
    site.open().unwrap();
    drop(copy);
}

#[test]
fn builds_into_two_folders_share_a_stage() {
    let site = Site::built(&["a"]);
    let stage = site.root.path().join(".dateline/stage");
    let other = site.root.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("x"), "foreign").unwrap();
    let first = site.open().unwrap();
    first.write("a", b"1").unwrap();
    let second = Output::open(&other, &stage, &[]).unwrap();
    second.write("a", b"2").unwrap();
    second.commit().unwrap();
    first.commit().unwrap();
    site.assert_files(&["a=1"]);
    assert_eq!(fs::read(other.join("a")).unwrap(), b"2");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn the_folder_may_be_a_link_but_not_into_the_input() {
        let site = Site::new();
        let root = site.root.path();
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir(root.join("elsewhere")).unwrap();
        symlink(root.join("elsewhere"), site.public()).unwrap();
        site.build(&["a"]).unwrap();
        assert!(site.public().is_symlink() && root.join("elsewhere/a").is_file());

        fs::remove_file(site.public()).unwrap();
        symlink("content", site.public()).unwrap();
        let error = Output::open(&site.public(), &root.join("s"), &[root.join("content")]).unwrap_err();
        assert!(error.to_string().contains("is "), "{error}");

        fs::remove_file(site.public()).unwrap();
        symlink("nowhere", site.public()).unwrap();
        let error = site.open().unwrap_err().to_string();
        assert!(error.contains("leads nowhere"), "{error}");
    }

    #[test]
    fn links_inside_are_foreign_and_never_followed() {
        let site = Site::built(&["a", "b/c", "d/e"]);
        let outside = site.root.path().join("outside");
        fs::create_dir(&outside).unwrap();
        for name in ["a", "c", "e"] {
            fs::write(outside.join(name), "precious").unwrap();
        }
        // The place of our own file, of the folder of one, and of the folder of an obsolete one.
        fs::remove_file(site.at("a")).unwrap();
        symlink(outside.join("a"), site.at("a")).unwrap();
        for folder in ["b", "d"] {
            fs::remove_dir_all(site.at(folder)).unwrap();
            symlink(&outside, site.at(folder)).unwrap();
        }
        let error = site.build(&["a=2", "b/c=2"]).unwrap_err().to_string();
        assert!(error.contains("in the way: a, b;"), "{error}");
        assert!(!site.open().unwrap().keep("b/c", content_hash(b"precious")));
        assert!(site.build(&["a=precious"]).is_err(), "a link to the very bytes is not adopted");
        assert_eq!(site.build(&["z"]).unwrap(), summary(1, 0, 0, 0));
        for name in ["a", "c", "e"] {
            assert_eq!(fs::read_to_string(outside.join(name)).unwrap(), "precious");
        }
        assert!(site.at("a").is_symlink() && site.at("b").is_symlink() && site.at("d").is_symlink());
    }

    #[test]
    fn own_files_that_are_links_are_not_written_through() {
        let site = Site::built(&["a"]);
        let precious = site.root.path().join("precious");
        fs::write(&precious, "precious").unwrap();
        for name in [".dateline-manifest.new", ".dateline-probe"] {
            symlink(&precious, site.at(name)).unwrap();
        }
        symlink(site.root.path(), site.at(".dateline-stage")).unwrap();
        site.build(&["a=2"]).unwrap();
        site.assert_files(&["a=2"]);
        fs::remove_file(site.at(".dateline-lock")).unwrap();
        symlink(&precious, site.at(".dateline-lock")).unwrap();
        assert!(site.open().unwrap_err().to_string().contains("is not a file"));
        assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    }

    #[test]
    fn two_links_to_one_file_are_two_files() {
        let site = Site::built(&["Story"]);
        fs::hard_link(site.at("Story"), site.at("story")).unwrap();
        assert!(site.build(&["story=2"]).is_err());
        site.assert_files(&["Story", "story=Story"]);
    }

    #[test]
    fn a_stage_on_another_file_system_gives_way_to_one_inside() {
        let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else { return };
        let site = Site::built(&["a"]);
        let output = Output::open(&site.public(), &elsewhere.path().join("stage"), &[]).unwrap();
        output.write("a", b"2").unwrap();
        output.write("b", b"b").unwrap();
        output.commit().unwrap();
        site.assert_files(&["a=2", "b"]);
        // A killed one leaves nothing for long.
        let output = Output::open(&site.public(), &elsewhere.path().join("stage"), &[]).unwrap();
        output.write("a", b"3").unwrap();
        kill(output);
        site.build(&["a=2"]).unwrap();
        site.assert_files(&["a=2"]);
    }

    #[test]
    fn no_permission_leaves_the_old_site_whole() {
        let site = Site::built(&["a/x", "b/x", "c/x", "d"]);
        let lock = |path: &str, mode: u32| {
            fs::set_permissions(site.at(path), fs::Permissions::from_mode(mode)).unwrap();
        };
        lock("b", 0o555);
        let is_root = fs::write(site.at("b/test"), "").is_ok();
        if is_root {
            lock("b", 0o755);
            return;
        }
        let before = (site.files(), site.manifest());
        for files in
            [["a/x=2", "b/x=2", "c/x=2", "d"], ["a/x=2", "b/y", "b/x", "d"], ["a/x=2", "c/x", "d=2", "e"]]
        {
            let error = site.build(&files).unwrap_err();
            assert!(matches!(&error, Error::Write(path, _) if path.ends_with("public/b")), "{error}");
            assert_eq!((site.files(), site.manifest()), before);
        }
        lock("b", 0o755);
        lock("", 0o555);
        let error = site.build(&["a/x=2"]).unwrap_err();
        assert!(matches!(&error, Error::Write(..)), "{error}");
        lock("", 0o755);
        assert_eq!((site.files(), site.manifest()), before);
        site.build(&["a/x=2"]).unwrap();
        site.assert_files(&["a/x=2"]);
    }

    #[test]
    fn a_stage_that_cannot_be_written_gives_way_too() {
        let site = Site::built(&["a"]);
        fs::remove_dir_all(site.root.path().join(".dateline")).unwrap();
        fs::write(site.root.path().join(".dateline"), "a file").unwrap();
        assert_eq!(site.build(&["a=2"]).unwrap(), summary(0, 1, 0, 0));
        site.assert_files(&["a=2"]);
    }
}
