//! The commands that write files, as a person at a terminal meets them.

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
fn a_new_site_builds_without_a_warning() {
    let dir = site();
    let built = in_site(&dir, &["build", "--deny-warnings"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    assert!(read(&dir, "public/stories/harbour-bridge/index.html").contains("Samplehaven"));
    assert_eq!(fs::read_dir(dir.path().join("site/content/outlets")).unwrap().count(), 4);
    assert!(read(&dir, "content/outlets/radio.toml").contains("invented = true"));
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
fn an_edition_gathers_the_stories_since_a_date() {
    let dir = site();
    write(&dir.path().join("site"), "content/stories/2001-01-01-old.md", "+++\ntitle = \"Old\"\n+++\n");
    let made = in_site(&dir, &["new", "edition", "Issue 1", "--since", "2002-01-01", "--slug", "one"]);
    assert_eq!(made.code, 0, "{made:?}");
    let text = fs::read_to_string(made.out.trim()).unwrap();
    assert!(text.contains("stories = [\n  \"harbour-bridge\",\n  \"night-library\",\n]"), "{text}");
}

#[test]
fn archetypes_and_schemas_of_the_site_are_used() {
    let dir = site();
    let root = dir.path().join("site");
    fs::remove_file(root.join("archetypes/story.md")).unwrap();
    write(&root, "archetypes/story.toml", "title = \"{{ title }}\"\ndate = {{ date }}\nplace = \"Here\"\n");
    let schemas = root.join("schemas");
    assert_eq!(in_site(&dir, &["schema", "--dir", schemas.to_str().unwrap()]).code, 0);
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
    for command in ["init", "new", "build", "schema", "completions", "man", "explain"] {
        let ran = dateline(&[command, "--help"]);
        assert!(ran.out.contains("Examples:\n  dateline "), "{command}: {}", ran.out);
    }
    let ran = dateline(&["biuld"]);
    assert!(ran.code == 2 && ran.err.contains("build"), "{ran:?}");
}
