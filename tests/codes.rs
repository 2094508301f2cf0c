//! Every kind of problem: its documented example shows it, and `[lint]` decides how bad it is.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::TestSite;
use dateline::diag::{Code, Example, Finder};

/// The site that the examples of a kind make; `None` if they are no files.
fn documented(code: Code) -> Option<TestSite> {
    let site = TestSite::new();
    let mut files = 0;
    for Example { language: _, path, text } in code.explanation().examples {
        let Some(path) = path else { continue };
        site.write(path, text);
        files += 1;
    }
    (files > 0).then_some(site)
}

/// Kinds whose example cannot be a text: bytes that are none, links of the file system, sizes,
/// other servers. Each has a test of its own elsewhere.
const WITHOUT_FILES: [Code; 6] =
    [Code::Encoding, Code::BadImage, Code::OutsideSite, Code::LargeOutput, Code::LongMail, Code::DeadAddress];

/// What is wrong with the documented example of a kind, if anything.
fn shown(code: Code) -> Result<(), String> {
    let Some(site) = documented(code) else {
        let known = WITHOUT_FILES.contains(&code);
        return known.then_some(()).ok_or_else(|| format!("{} has no example of files", code.name()));
    };
    let command = match code.finder() {
        Finder::Build => "build",
        Finder::Check => "check",
    };
    let said = site.run(&[command, "--message-format", "short"]);
    let is_shown = said.err.contains(&format!("[{}]", code.name())) && !said.err.contains("panicked");
    is_shown.then_some(()).ok_or_else(|| format!("{}:\n{}", code.name(), said.err))
}

#[test]
fn every_documented_example_shows_its_problem() {
    let wrong: Vec<String> = Code::ALL.iter().filter_map(|&code| shown(code).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a build says of a story with two warnings, with these lines in dateline.toml and in it.
fn built_with(site_lint: &str, story_lint: &str) -> (i32, String) {
    let site = TestSite::new();
    site.write("dateline.toml", &format!("title = \"T\"\nsearch = false\n[lint]\n{site_lint}\n"));
    site.write(
        "content/stories/2025-01-02-a.md",
        &format!("+++\ntitle = \"A\"\n[lint]\n{story_lint}\n+++\n\nIt is <b>so</b>, [here](file:///x).\n"),
    );
    let said = site.run(&["build", "--message-format", "short"]);
    (said.code, said.err)
}

#[test]
fn lint_decides_for_the_site_and_a_file_has_the_last_word() {
    let (code, err) = built_with("", "");
    assert!(code == 0 && err.contains("warning[raw-html]") && err.contains("warning[unsafe-link]"), "{err}");
    let (code, err) = built_with("raw-html = \"allow\"", "");
    assert!(code == 0 && !err.contains("raw-html") && err.contains("warning[unsafe-link]"), "{err}");
    let (code, err) = built_with("raw-html = \"deny\"", "");
    assert!(code == 1 && err.contains("error[raw-html]"), "{err}");
    let (code, err) = built_with("raw-html = \"deny\"", "raw-html = \"warn\"\nunsafe-link = \"allow\"");
    assert!(code == 0 && err.contains("warning[raw-html]") && !err.contains("unsafe-link"), "{err}");
}

#[test]
fn a_mistyped_code_or_level_is_located_and_errors_stay_errors() {
    let (code, err) = built_with("", "raw-htlm = \"allow\"\nunsafe-link = \"never\"");
    assert_eq!(code, 1);
    assert!(
        err.contains("2025-01-02-a.md:4:1: error[unknown-key]: no diagnostic is called `raw-htlm`"),
        "{err}"
    );
    assert!(err.contains("2025-01-02-a.md:5:15: error[bad-value]: `never` is no level"), "{err}");
    let (code, err) = built_with("unknown-key = \"allow\"", "\n[mistake]");
    assert!(code == 1 && err.contains("error[unknown-key]"), "{err}");
}

#[test]
fn a_file_that_is_not_utf_8_is_named_with_the_place_where_it_stops_to_be() {
    for (path, start) in [
        ("content/stories/2025-01-02-a.md", "+++\ntitle = \"Caf"),
        ("content/outlets/a.toml", "name = \"Caf"),
        ("content/editions/a.md", "+++\ntitle = \"Caf"),
        ("content/topics/a.md", "+++\nname = \"Caf"),
        ("content/pages/a.md", "+++\ntitle = \"Caf"),
        ("dateline.toml", "title = \"Caf"),
        ("themes/mine/theme.toml", "description = \"Caf"),
        ("themes/mine/i18n/en.toml", "search = \"Caf"),
        ("templates/404.html", "<h1>Caf"),
    ] {
        let site = TestSite::new();
        if path.starts_with("themes/") {
            site.write("dateline.toml", "theme = \"mine\"\nsearch = false\n");
        }
        site.write(path, "");
        std::fs::write(site.path(path), [start.as_bytes(), b"\xe9\"\n+++\n"].concat()).unwrap();
        let said = site.run(&["check", "--message-format", "short"]);
        assert!(said.err.contains("error[encoding]") && said.err.contains(path), "{path}: {}", said.err);
        assert!(said.code == 1 || path == "dateline.toml" && said.code == 3, "{path}: {}", said.code);
    }
}

#[test]
fn texts_and_options_of_a_theme_have_places() {
    let site = TestSite::new();
    site.write("dateline.toml", "theme = \"mine\"\nsearch = false\n");
    site.write("themes/mine/theme.toml", "nmae = \"Mine\"\nmin_version = \"99.0\"\n");
    site.write("themes/mine/i18n/de.toml", "search = 5\nstories = { one = \"x\" }\n");
    let said = site.run(&["build", "--message-format", "short"]);
    for line in [
        "themes/mine/theme.toml:1:1: error[unknown-key]: unknown key `nmae`",
        "themes/mine/theme.toml:2:15: error[unknown-theme]: the theme needs Dateline 99.0 or newer",
        "themes/mine/i18n/de.toml:1:10: error[text]: expected a text or its plural forms, found a whole number",
        "themes/mine/i18n/de.toml:2:11: error[text]: the form `other` is missing",
    ] {
        assert!(said.err.contains(line), "{line}\nis not in\n{}", said.err);
    }
}

#[test]
fn a_text_of_the_site_that_nobody_reads_is_shown_with_what_was_meant() {
    let site = TestSite::new();
    site.write("dateline.toml", "lang = \"de\"\ntheme = \"mine\"\nsearch = false\n");
    site.write("themes/mine/i18n/en.toml", "motto = \"All the news\"\n");
    site.write("templates/hooks/foot.html", "<p>{{ ui.imprint }}</p>");
    let texts = "motto = \"x\"\nimprint = \"x\"\nkye_points = \"x\"\n\
                 n_articles = { one = \"a\", few = \"b\", other = \"{n}\" }\n";
    site.write("i18n/de.toml", texts);
    let said = site.run(&["build", "--message-format", "short"]);
    let wanted = "i18n/de.toml:3:1: warning[unknown-text]: no template reads the text `kye_points`\n\
                  i18n/de.toml:4:27: warning[text]: `de` has no plural form `few`: nobody reads this text\n";
    assert_eq!((said.code, said.err.as_str()), (0, wanted));
    let said = site.run(&["build", "--color", "never"]);
    assert!(
        said.err.contains("^^^^^^^^^^") && said.err.contains("did you mean `key_points`?"),
        "{}",
        said.err
    );
    site.write(
        "dateline.toml",
        "theme = \"mine\"\nlang = \"de\"\nsearch = false\n[lint]\nunknown-text = \"deny\"\n",
    );
    assert_eq!(site.run(&["build"]).code, 1);
}
