//! What editors and tools do to files.

use std::fs;
use std::process::Command;

use crate::preview::{Preview, preview, put, site, story};

const ALPHA: &str = "content/stories/2025-01-01-alpha.md";

#[test]
fn a_file_written_in_place_as_by_vs_code() {
    let preview = preview();
    preview.put(ALPHA, &story("Alpha", "New words"));
    // At once: a request waits for a change that came before it.
    preview.shows("/stories/alpha/", 200, "New words");
    preview.put(ALPHA, &story("Gamma", "New words"));
    preview.shows("/", 200, "Gamma");
    assert_eq!(preview.event("built", |_| true)["changed"], serde_json::json!([ALPHA]));
}

#[test]
fn atomic_saves_as_by_vim_and_emacs() {
    let preview = preview();
    // vim: a probe, a backup by rename, a new file, the backup gone.
    preview.put("content/stories/4913", "");
    fs::remove_file(preview.path("content/stories/4913")).unwrap();
    let backup = format!("{ALPHA}~");
    fs::rename(preview.path(ALPHA), preview.path(&backup)).unwrap();
    preview.put(ALPHA, &story("Alpha", "By vim"));
    fs::remove_file(preview.path(&backup)).unwrap();
    preview.shows("/stories/alpha/", 200, "By vim");
    // Emacs: a lock, a temporary file, moved over the old one.
    preview.put("content/stories/.#2025-01-01-alpha.md", "");
    preview.put("content/stories/#2025-01-01-alpha.md#", &story("Alpha", "By Emacs"));
    let temporary = preview.path("content/stories/#2025-01-01-alpha.md#");
    fs::rename(temporary, preview.path(ALPHA)).unwrap();
    preview.shows("/stories/alpha/", 200, "By Emacs");
    // Twice: a watch on the file itself would have gone with the first file.
    preview.put("content/stories/x.tmp", &story("Alpha", "Again"));
    fs::rename(preview.path("content/stories/x.tmp"), preview.path(ALPHA)).unwrap();
    preview.shows("/stories/alpha/", 200, "Again");
}

#[test]
fn safe_write_as_by_jetbrains() {
    let preview = preview();
    let (old, new) = (format!("{ALPHA}___jb_old___"), format!("{ALPHA}___jb_tmp___"));
    preview.put(&new, &story("Alpha", "By an IDE"));
    fs::rename(preview.path(ALPHA), preview.path(&old)).unwrap();
    fs::rename(preview.path(&new), preview.path(ALPHA)).unwrap();
    fs::remove_file(preview.path(&old)).unwrap();
    preview.shows("/stories/alpha/", 200, "By an IDE");
}

#[test]
fn temporary_files_of_editors_build_nothing() {
    let preview = preview();
    preview.rests();
    let before = preview.looks().len();
    for name in [".alpha.md.swp", "4913", "alpha.md~", "#alpha.md#", "a.tmp", "alpha.md___jb_tmp___"] {
        preview.put(&format!("content/stories/{name}"), "not a story");
        preview.put(&format!("static/{name}"), "no asset");
    }
    preview.put("README.md", "not of the site");
    preview.put("public/index.html", "the output");
    preview.rests();
    assert_eq!(preview.looks().len(), before);
    assert_eq!(preview.get("/4913").status, 404);
}

#[test]
fn a_branch_with_two_thousand_files() {
    let dir = site();
    let git = |arguments: &[&str]| {
        let done = Command::new("git").arg("-C").arg(dir.path()).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x"];
    git(&["init", "-q", "-b", "one"]);
    git(&["add", "."]);
    git(&author);
    git(&["checkout", "-q", "-b", "two"]);
    for at in 0..2000 {
        put(dir.path(), &format!("content/stories/deep/{at}/2025-02-01-n{at}.md"), &story("N", "Of two"));
    }
    put(dir.path(), ALPHA, &story("Alpha", "Of two"));
    git(&["add", "."]);
    git(&author);
    git(&["checkout", "-q", "one"]);
    let preview = Preview::of(dir, &[]);
    let checkout = |branch: &str| {
        let root = preview.dir.path();
        let done = Command::new("git").arg("-C").arg(root).args(["checkout", "-q", branch]).status();
        assert!(done.unwrap().success());
    };
    assert_eq!(preview.get("/stories/n1999/").status, 404);
    checkout("two");
    for at in [0, 1000, 1999] {
        preview.shows(&format!("/stories/n{at}/"), 200, "Of two");
    }
    preview.shows("/stories/alpha/", 200, "Of two");
    // A file in one of the new folders is watched too.
    preview.put("content/stories/deep/7/2025-02-01-n7.md", &story("N", "Edited"));
    preview.shows("/stories/n7/", 200, "Edited");
    checkout("two");
    fs::remove_file(preview.path("content/stories/deep/7/2025-02-01-n7.md")).unwrap();
    checkout("one");
    preview.shows("/stories/n1999/", 404, "");
    preview.shows("/stories/alpha/", 200, "Old words");
    assert!(preview.events().iter().all(|event| event["event"] != "note"), "events arrived");
}

#[test]
fn folders_renamed_and_what_is_then_edited_in_them() {
    let preview = preview();
    preview.put("content/stories/harbour/2025-03-01-deep.md", &story("Deep", "In a folder"));
    preview.shows("/stories/deep/", 200, "In a folder");
    fs::rename(preview.path("content/stories/harbour"), preview.path("content/stories/port")).unwrap();
    preview.put("content/stories/port/2025-03-01-deep.md", &story("Deep", "In another"));
    preview.shows("/stories/deep/", 200, "In another");
    preview.rests();
    preview.put("content/stories/port/2025-03-01-deep.md", &story("Deep", "Once more"));
    preview.shows("/stories/deep/", 200, "Once more");
}

#[test]
fn a_deleted_page_is_gone_and_so_are_its_links() {
    let preview = preview();
    preview.put("templates/404.html", "<body>our own page for {{ site.title }}</body>");
    preview.shows("/nowhere/", 404, "our own page for First site");
    fs::remove_file(preview.path(ALPHA)).unwrap();
    preview.shows("/stories/alpha/", 404, "our own page");
    assert!(!preview.get("/").text().contains("/stories/alpha/"));
    assert_eq!(preview.get("/stories/beta/").status, 200);
}

#[test]
fn a_whole_topic_deleted() {
    let preview = preview();
    preview.put("content/topics/harbour.md", "+++\nname = \"Harbour\"\n+++\n");
    assert_eq!(preview.get("/topics/harbour/").status, 200);
    for path in [ALPHA, "content/stories/2025-01-02-beta.md", "content/topics/harbour.md"] {
        fs::remove_file(preview.path(path)).unwrap();
    }
    preview.shows("/topics/harbour/", 404, "");
    assert!(!preview.get("/").text().contains("/topics/harbour/"));
}

#[test]
fn a_renamed_page_moves() {
    let preview = preview();
    let to = "content/stories/2025-01-01-omega.md";
    fs::rename(preview.path(ALPHA), preview.path(to)).unwrap();
    preview.shows("/stories/omega/", 200, "Old words");
    assert_eq!(preview.get("/stories/alpha/").status, 404);
    assert!(preview.get("/").text().contains("/stories/omega/"));
}

#[test]
fn files_that_appear_half_written() {
    let preview = preview();
    let whole = story("Alpha", &"Many words. ".repeat(5000));
    let (half, rest) = whole.split_at(20);
    preview.put(ALPHA, half);
    preview.event("failed", |_| true);
    preview.shows("/stories/alpha/", 200, "Old words");
    let mut file = fs::OpenOptions::new().append(true).open(preview.path(ALPHA)).unwrap();
    for part in rest.as_bytes().chunks(8000) {
        std::io::Write::write_all(&mut file, part).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    preview.shows("/stories/alpha/", 200, "Many words. Many words.");
}

#[cfg(unix)]
#[test]
fn links_to_files_and_folders_beside_the_content() {
    use std::os::unix::fs::symlink;
    let dir = site();
    put(dir.path(), "shared/2025-04-01-linked.md", &story("Linked", "Through a link"));
    put(dir.path(), "elsewhere/2025-04-02-more.md", &story("More", "In a linked folder"));
    let stories = dir.path().join("content/stories");
    symlink(dir.path().join("shared/2025-04-01-linked.md"), stories.join("2025-04-01-linked.md")).unwrap();
    let preview = Preview::of(dir, &[]);
    symlink(preview.path("elsewhere"), stories.join("linked")).unwrap();
    preview.shows("/stories/more/", 200, "In a linked folder");
    preview.rests();
    preview.put("shared/2025-04-01-linked.md", &story("Linked", "Behind the link"));
    preview.shows("/stories/linked/", 200, "Behind the link");
    preview.put("elsewhere/2025-04-02-more.md", &story("More", "Changed there"));
    preview.shows("/stories/more/", 200, "Changed there");
    assert!(preview.events().iter().all(|event| event["event"] != "note"), "events arrived");
}

#[test]
fn a_configuration_broken_and_mended() {
    let preview = preview();
    preview.put("dateline.toml", "title = \"First");
    preview.event("failed", |event| event["changed"][0] == "dateline.toml");
    preview.shows("/", 200, "First site");
    preview.put("dateline.toml", "title = \"Second site\"\n");
    preview.shows("/", 200, "Second site");
}

#[test]
fn the_theme_switched() {
    let preview = preview();
    preview.put("themes/plain/theme.toml", "name = \"Plain\"\n");
    preview.put("themes/plain/templates/home.html", "<body>plain {{ site.title }}</body>");
    preview.put("dateline.toml", "title = \"First site\"\ntheme = \"plain\"\n");
    preview.shows("/", 200, "plain First site");
    preview.put("themes/plain/templates/home.html", "<body>plainer {{ site.title }}</body>");
    preview.shows("/", 200, "plainer First site");
    preview.put("dateline.toml", "title = \"First site\"\n");
    preview.shows("/", 200, "Alpha");
    assert!(!preview.get("/").text().contains("plainer"));
}

#[test]
fn a_picture_replaced() {
    let preview = preview();
    assert_eq!(preview.get("/picture.png").text(), "one");
    let first = preview.looks().len();
    preview.put("static/picture.png", "two");
    preview.shows("/picture.png", 200, "two");
    crate::preview::within("a build", || preview.looks().len() > first);
    fs::remove_file(preview.path("static/picture.png")).unwrap();
    preview.shows("/picture.png", 404, "");
}

#[test]
fn all_content_deleted_and_restored() {
    let preview = preview();
    for text in ["Restored", "And again"] {
        fs::rename(preview.path("content"), preview.path("aside")).unwrap();
        preview.shows("/stories/alpha/", 404, "");
        fs::remove_dir_all(preview.path("aside")).unwrap();
        preview.rests();
        preview.put(ALPHA, &story("Alpha", text));
        preview.shows("/stories/alpha/", 200, text);
        preview.put(ALPHA, &story("Alpha", &format!("{text}, edited")));
        preview.shows("/stories/alpha/", 200, &format!("{text}, edited"));
        fs::remove_dir_all(preview.path("content")).unwrap();
        preview.shows("/stories/alpha/", 404, "");
        preview.put(ALPHA, &story("Alpha", text));
        preview.shows("/stories/alpha/", 200, text);
    }
    assert!(preview.events().iter().all(|event| event["event"] != "note"), "events arrived");
}

#[test]
fn twenty_files_saved_at_once_are_built_once() {
    let preview = preview();
    preview.rests();
    let before = preview.looks().len();
    for at in 0..20 {
        preview.put(&format!("content/stories/2025-05-01-n{at}.md"), &story("N", "Saved"));
    }
    preview.shows("/stories/n19/", 200, "Saved");
    preview.rests();
    assert_eq!(preview.looks().len(), before + 1);
    assert_eq!(preview.looks().last().unwrap()["changed"].as_array().unwrap().len(), 20);
}

#[test]
fn polling_finds_the_same() {
    let preview = Preview::of(site(), &["--poll"]);
    preview.put(ALPHA, &story("Alpha", "Polled"));
    preview.shows("/stories/alpha/", 200, "Polled");
    fs::remove_file(preview.path(ALPHA)).unwrap();
    preview.shows("/stories/alpha/", 404, "");
}
