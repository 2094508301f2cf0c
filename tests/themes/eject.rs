//! `dateline theme`: a session.

use crate::common::TestSite;

fn site() -> TestSite {
    let site = TestSite::new();
    site.story("one.md", "title = \"One\"\ndate = 2025-01-01\n[[sources]]\nurl = \"https://a.example/1\"");
    site
}

#[test]
fn a_copied_template_makes_the_same_pages_until_it_is_changed() {
    let site = site();
    site.build();
    let before = site.output();
    let said = site.run(&["theme", "eject", "--all"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("templates/widgets/card.html is a copy of default/widgets/card.html\n"));
    site.build();
    let changed: Vec<_> =
        site.output().into_iter().filter(|(path, bytes)| before.get(path) != Some(bytes)).collect();
    assert!(changed.is_empty(), "{:?}", changed.iter().map(|(path, _)| path).collect::<Vec<_>>());
    let text = std::fs::read_to_string(site.path("templates/404.html")).unwrap();
    assert!(text.starts_with("{#- Copied from default/404.html of Dateline "), "{text}");
    site.write("templates/404.html", &text.replace("{{ ui.not_found }}", "Nothing"));
    site.build();
    assert!(site.page("404.html").contains("Nothing"));
}

#[test]
fn a_file_that_is_there_is_left_alone_and_a_mistyped_name_is_helped() {
    let site = site();
    site.write("templates/404.html", "mine");
    let said = site.run(&["theme", "eject", "404.html"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("templates/404.html is there already and was left as it is"), "{}", said.err);
    assert_eq!(std::fs::read_to_string(site.path("templates/404.html")).unwrap(), "mine");
    let said = site.run(&["theme", "eject", "widgets/crad.html"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("did you mean `widgets/card.html`?"), "{}", said.err);
}

#[test]
fn the_list_names_themes_and_the_options_of_the_sites_own() {
    let site = site();
    site.write("themes/mine/theme.toml", "description = \"Mine\"\nlicense = \"CC0-1.0\"\n");
    let said = site.run(&["theme", "list"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("\n  mine  Mine (CC0-1.0)\n"), "{}", said.out);
    assert!(said.out.starts_with("* default  "), "{}", said.out);
    assert!(said.out.contains("density (comfortable or compact; default \"comfortable\")"), "{}", said.out);
    let names = site.run(&["theme", "eject"]).out;
    assert!(names.contains("story.html\n") && names.contains("widgets/distribution.html\n"), "{names}");
    let printed = site.run(&["theme", "eject", "story.html", "--print"]).out;
    assert!(printed.starts_with("{% extends \"base.html\" %}"), "{printed}");
}

#[test]
fn check_tells_of_a_copy_whose_original_has_changed_since_and_of_no_other() {
    let site = site();
    site.write("themes/mine/theme.toml", "name = \"mine\"\n");
    site.write("themes/mine/templates/404.html", "first");
    site.write("dateline.toml", "title = \"Test\"\nsearch = false\ntheme = \"mine\"\n");
    site.run(&["theme", "eject", "404.html"]);
    site.run(&["theme", "eject", "page.html"]);
    let stale =
        |site: &TestSite| site.run(&["check", "--message-format", "short"]).err.contains("[stale-template]");
    assert!(!stale(&site));
    site.write("themes/mine/templates/404.html", "second");
    let said = site.run(&["check"]);
    assert!(said.err.contains("templates/404.html:1:1"), "{}", said.err);
    assert!(said.err.contains("`mine/404.html` has changed since it was copied"), "{}", said.err);
    assert!(!said.err.contains("page.html"), "{}", said.err);
}
