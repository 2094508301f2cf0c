//! The commands that write files, as a person at a terminal meets them.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod support;

use std::fs;

use support::{Ran, dateline, write};

/// A new site in a temporary folder.
fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_str().unwrap();
    let ran = dateline(&["init", &format!("{root}/site")]);
    assert_eq!(ran.code, 0, "{ran:?}");
    dir
}

fn in_site(dir: &tempfile::TempDir, arguments: &[&str]) -> Ran {
    let root = dir.path().join("site");
    let mut all = vec!["-r", root.to_str().unwrap()];
    all.extend(arguments);
    dateline(&all)
}

fn read(dir: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(dir.path().join("site").join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

#[test]
fn a_new_site_builds_and_is_checked_without_a_warning() {
    let dir = site();
    let built = in_site(&dir, &["build", "--deny-warnings"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    let checked = in_site(&dir, &["check", "--deny-warnings"]);
    assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{checked:?}");
    assert!(read(&dir, "public/stories/harbour-bridge/index.html").contains("Samplehaven"));
    assert_eq!(fs::read_dir(dir.path().join("site/content/outlets")).unwrap().count(), 4);
    assert!(read(&dir, "content/outlets/radio.toml").contains("invented = true"));
}

#[test]
fn editors_find_the_schema_of_every_file_of_a_new_site() {
    let dir = site();
    let mut seen = 0;
    for file in ["dateline.toml", "content/outlets/radio.toml", "content/stories/harbour-bridge.md"] {
        let text = read(&dir, file);
        let line =
            text.lines().find_map(|line| line.strip_prefix("#:schema ")).unwrap_or_else(|| panic!("{file}"));
        let schema = dir.path().join("site").join(file).parent().unwrap().join(line);
        let schema: serde_json::Value = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
        let keys = schema["properties"].as_object().unwrap();
        let top = text.lines().take_while(|line| !line.starts_with('['));
        let keys_written = top.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
        for key in keys_written.filter(|key| !key.starts_with('#')) {
            assert!(keys.contains_key(key), "{file}: {key}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
    // A site that has other axes makes its own.
    let root = dir.path().join("site");
    let text =
        read(&dir, "dateline.toml") + "\n[axes.medium]\nkind = \"category\"\nlevels = [{ id = \"print\" }]\n";
    write(&root, "dateline.toml", &text);
    let schemas = root.join("schemas");
    assert_eq!(in_site(&dir, &["schema", "--dir", schemas.to_str().unwrap()]).code, 0);
    assert!(read(&dir, "schemas/outlet.schema.json").contains("\"medium\""));
}

#[test]
fn init_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_str().unwrap();
    write(dir.path(), "dateline.toml", "title = \"Mine\"\n");
    let refused = dateline(&["init", root]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(!dir.path().join("content").exists());
    let forced = dateline(&["init", root, "--force", "--github", "--netlify"]);
    assert_eq!(forced.code, 0, "{forced:?}");
    assert!(forced.out.contains("left as it was: dateline.toml"), "{forced:?}");
    assert_eq!(fs::read_to_string(dir.path().join("dateline.toml")).unwrap(), "title = \"Mine\"\n");
    let workflow = fs::read_to_string(dir.path().join(".github/workflows/pages.yml")).unwrap();
    assert!(workflow.contains("cargo install dateline") && workflow.contains("path: public"));
    assert!(dir.path().join("netlify.toml").is_file());
}

#[test]
fn new_files_build_and_are_never_overwritten() {
    let dir = site();
    for arguments in [
        ["new", "story", "Zürichs \"Brücke\" \\ hält"],
        ["new", "story", "東京の橋"],
        ["new", "outlet", "Die Probe-Zeitung"],
        ["new", "edition", "Week one"],
        ["new", "page", "Contact"],
    ] {
        let made = in_site(&dir, &arguments);
        assert_eq!(made.code, 0, "{made:?}");
        let again = in_site(&dir, &arguments);
        assert_eq!(again.code, 2, "{again:?}");
    }
    let built = in_site(&dir, &["build", "--drafts", "--deny-warnings"]);
    assert_eq!(built.code, 0, "{built:?}");
    assert!(read(&dir, "public/stories/zurichs-brucke-halt/index.html").contains("Brücke"));
    assert!(read(&dir, "content/outlets/die-probe-zeitung.toml").contains("name = \"Die Probe-Zeitung\""));
}

#[test]
fn without_an_editor_nothing_waits() {
    let dir = site();
    let made = in_site(&dir, &["new", "story", "A story", "--edit"]);
    assert!(made.code == 2 && made.err.contains("$EDITOR") && !made.out.is_empty(), "{made:?}");
}

#[test]
fn an_edition_gathers_the_stories_since_a_date() {
    let dir = site();
    write(&dir.path().join("site"), "content/stories/2001-01-01-old.md", "+++\ntitle = \"Old\"\n+++\n");
    let made = in_site(&dir, &["new", "edition", "Issue 1", "--since", "2002-01-01", "--slug", "one"]);
    assert_eq!(made.code, 0, "{made:?}");
    let text = fs::read_to_string(made.out.trim()).unwrap();
    assert!(text.contains("stories = [\n  \"harbour-bridge\",\n  \"night-library\",\n]"), "{text}");
}

#[test]
fn an_edition_gathers_what_readers_see_once_and_says_what_it_lacks() {
    let dir = site();
    let root = dir.path().join("site");
    let story = |name: &str, more: &str| {
        let text = format!("+++\ntitle = \"{name}\"\ndate = 2024-05-01\n{more}\n+++\n");
        write(&root, &format!("content/stories/{name}.md"), &text);
    };
    story("ferry", "");
    story("ferry.de", "lang = \"de\"");
    story("gone", "withdrawn = \"It was wrong.\"");
    story("over", "expires = 2024-06-01");
    story("later", "draft = true");
    write(&root, "content/stories/broken.md", "+++\ndate = 2024-05-01\n+++\n");
    let made = in_site(&dir, &["new", "edition", "May", "--since", "2024-05-01"]);
    let text = fs::read_to_string(made.out.trim()).unwrap();
    let listed = "stories = [\n  \"harbour-bridge\",\n  \"night-library\",\n  \"ferry\",\n]";
    assert!(text.contains(listed), "{text}");
    assert!(made.err.contains("1 file with mistakes may be missing"), "{made:?}");
    let made = in_site(&dir, &["new", "edition", "Never", "--since", "2999-01-01"]);
    assert!(made.code == 0 && made.err.contains("no story was published since 2999-01-01"), "{made:?}");
}

#[test]
fn archetypes_and_schemas_of_the_site_are_used() {
    let dir = site();
    let root = dir.path().join("site");
    fs::remove_file(root.join("archetypes/story.md")).unwrap();
    write(&root, "archetypes/story.toml", "title = \"{{ title }}\"\ndate = {{ date }}\nplace = \"Here\"\n");
    let made = in_site(&dir, &["new", "story", "A story", "--date", "2026-01-02"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(
        read(&dir, "content/stories/2026-01-02-a-story.toml"),
        "#:schema ../../schemas/story.schema.json\ntitle = \"A story\"\ndate = 2026-01-02\nplace = \"Here\"\n"
    );
}

#[test]
fn schemas_completions_and_manual_are_printed() {
    for kind in ["story", "outlet", "edition", "topic", "page", "config", "theme", "story-json"] {
        let ran = dateline(&["schema", kind]);
        assert!(ran.code == 0 && ran.out.contains("2020-12"), "{kind}");
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap();
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = dateline(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("dateline"), "{shell}");
    }
    let man = dateline(&["man"]);
    assert!(man.out.contains(".TH") && man.out.contains("DATELINE INIT"), "{}", man.out);
}

#[test]
fn help_has_examples_and_a_typo_a_suggestion() {
    for command in
        ["init", "new", "add", "import", "build", "fmt", "rename", "schema", "completions", "man", "explain"]
    {
        let ran = dateline(&[command, "--help"]);
        assert!(ran.out.contains("Examples:\n  dateline "), "{command}: {}", ran.out);
    }
    let ran = dateline(&["biuld"]);
    assert!(ran.code == 2 && ran.err.contains("build"), "{ran:?}");
}

#[test]
fn fmt_keeps_every_comment_and_is_done_once() {
    let dir = site();
    let path = "content/stories/2026-01-02-x.md";
    write(
        &dir.path().join("site"),
        path,
        "+++\n# day\ndate=2026-01-02\ntitle = \"X\" # t\n[[sources]]\nurl = \"https://a.example/\"\n[[points]]\ntext = \"p\"\n+++\nBody   \n",
    );
    let check = in_site(&dir, &["fmt", "--check"]);
    assert!(check.code == 1 && check.out == format!("would change {path}\n"), "{check:?}");
    assert_eq!(in_site(&dir, &["fmt"]).out, format!("formatted {path}\n"));
    assert_eq!(
        read(&dir, path),
        "+++\ntitle = \"X\" # t\n# day\ndate = 2026-01-02\n\n[[points]]\ntext = \"p\"\n\n[[sources]]\nurl = \"https://a.example/\"\n+++\nBody   \n"
    );
    let again = in_site(&dir, &["fmt", "--check"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{again:?}");
}

#[test]
fn the_sample_site_keeps_its_values_when_formatted() {
    let dir = tempfile::tempdir().unwrap();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let inside = path.strip_prefix(from.parent().unwrap()).unwrap();
                write(&dir.path().join("site"), inside.to_str().unwrap(), &text);
            }
        }
    }
    let ran = in_site(&dir, &["fmt"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let again = in_site(&dir, &["fmt", "--check"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{again:?}");
}

#[test]
fn a_renamed_story_keeps_its_address_and_its_references() {
    let dir = site();
    assert_eq!(
        in_site(&dir, &["new", "edition", "One", "--since", "2000-01-01", "--date", "2026-01-01"]).code,
        0
    );
    let ran = in_site(&dir, &["rename", "harbour-bridge", "old-bridge"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!dir.path().join("site/content/stories/harbour-bridge.md").exists());
    assert!(read(&dir, "content/stories/night-library.md").contains("related = [\"old-bridge\"]"));
    assert!(
        read(&dir, "content/editions/2026-01-01-one.md")
            .contains("  \"old-bridge\",\n  \"night-library\",\n")
    );
    let built = in_site(&dir, &["build", "--deny-warnings", "--drafts"]);
    assert_eq!(built.code, 0, "{built:?}");
    assert!(read(&dir, "public/stories/harbour-bridge/index.html").contains("/stories/old-bridge/"));
    assert!(read(&dir, "public/stories/old-bridge/story.json").contains("\"id\":\"harbour-bridge\""));
    let back = in_site(&dir, &["rename", "old-bridge", "harbour-bridge"]);
    assert_eq!(back.code, 0, "{back:?}");
    assert_eq!(in_site(&dir, &["build", "--deny-warnings", "--drafts"]).code, 0);
    let taken = in_site(&dir, &["rename", "night-library", "harbour-bridge"]);
    assert!(taken.code == 2 && taken.err.contains("is taken by"), "{taken:?}");
    let same = in_site(&dir, &["rename", "night-library", "night-library"]);
    let has_it = "content/stories/night-library.md has the slug `night-library` already";
    assert!(same.code == 2 && same.err.contains(has_it), "{same:?}");
}

#[test]
fn links_follow_a_renamed_story() {
    let dir = site();
    let root = dir.path().join("site");
    let old = "/stories/harbour-bridge/";
    write(
        &root,
        "content/pages/more.md",
        &format!("+++\ntitle = \"More\"\n+++\nSee [the bridge]({old}#sources) and `{old}`.\n"),
    );
    write(
        &root,
        "content/stories/y.md",
        &format!("---\ntitle: Y\ndate: 2026-01-02\nsummary: See [it]({old}).\n---\n"),
    );
    let config = read(&dir, "dateline.toml") + &format!("\n[[nav]]\nname = \"Bridge\"\nurl = \"{old}\"\n");
    write(&root, "dateline.toml", &config);
    let ran = in_site(&dir, &["rename", "harbour-bridge", "old-bridge"]);
    // YAML keeps its references, and says so; its links follow all the same.
    assert!(ran.code == 1 && ran.err.contains("content/stories/y.md"), "{ran:?}");
    assert!(
        read(&dir, "content/pages/more.md")
            .ends_with(&format!("](/stories/old-bridge/#sources) and `{old}`.\n"))
    );
    assert!(read(&dir, "content/stories/y.md").contains("See [it](/stories/old-bridge/)."));
    assert!(read(&dir, "dateline.toml").contains("url = \"/stories/old-bridge/\""));
}

#[test]
fn a_bundle_moves_with_its_pictures() {
    let dir = site();
    let root = dir.path().join("site");
    write(&root, "content/stories/2026-01-02-x/index.md", "+++\ntitle = \"X\"\n+++\n");
    write(&root, "content/stories/2026-01-02-x/a.svg", "<svg/>");
    assert_eq!(in_site(&dir, &["rename", "x", "y"]).code, 0);
    assert!(read(&dir, "content/stories/2026-01-02-y/index.md").contains("aliases = [\"/stories/x/\"]"));
    assert_eq!(read(&dir, "content/stories/2026-01-02-y/a.svg"), "<svg/>");
    assert!(!root.join("content/stories/2026-01-02-x").exists());
}
