use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::locale::Locale;
use crate::text::{self, Language};
use crate::theme::Template;

fn renderer(templates: &[(&str, &str)]) -> (Renderer, Vec<Diag>) {
    let template = |(name, text): &(&str, &str)| Template {
        name: (*name).to_owned(),
        path: format!("templates/{name}"),
        text: (*text).to_owned(),
    };
    let theme = Theme {
        templates: templates.iter().map(template).collect(),
        prefixes: vec!["default/".to_owned()],
        ..Theme::default()
    };
    let locales: BTreeMap<String, Locale> =
        ["en", "ar"].into_iter().map(|tag| (tag.to_owned(), Locale::new(tag))).collect();
    Renderer::new(&theme, Arc::new(locales))
}

fn rendered(text: &str, lang: &str) -> Result<String, String> {
    let (renderer, diags) = renderer(&[("a.html", text)]);
    assert_eq!(diags, []);
    let texts = text::parse(
        "x",
        "en",
        "n = {one = \"{n} story\", two = \"two\", other = \"{n} of {what}\"}\nby = \"by {who}\"",
    )
    .0;
    let ui = ui_value(&Language { locale: Locale::new(lang), texts });
    let view = BTreeMap::from([("evil", "<script>")]);
    let common = [("ui", ui), ("page", Value::none()), ("site", Value::none())];
    match renderer.render("a.html", &view, common, "content/x.md") {
        Ok(bytes) => Ok(String::from_utf8(bytes).unwrap()),
        Err(diag) => Err(format!("{}:{} {}", diag.path, diag.position().line, diag.message)),
    }
}

#[test]
fn fill_chooses_the_plural_form_of_the_language_and_is_escaped() {
    assert_eq!(rendered("{{ ui.n | fill(n=1) }}", "en").unwrap(), "1 story");
    assert_eq!(rendered("{{ ui.n | fill(n=12345, what='x') }}", "en").unwrap(), "12,345 of x");
    assert_eq!(rendered("{{ ui.n | fill(n=2) }}", "ar").unwrap(), "two");
    assert_eq!(rendered("{{ ui.by | fill(who=evil) }}", "en").unwrap(), "by &lt;script&gt;");
}

#[test]
fn number_groups_the_digits_as_the_language_does() {
    let number = |value: &str| rendered(&format!("{{{{ {value} | number(lang='en') }}}}"), "en").unwrap();
    assert_eq!((number("999"), number("12345")), ("999".to_owned(), "12,345".to_owned()));
    // What is no whole number, and what no language of the site says how to write.
    assert_eq!((number("evil"), number("1.5")), ("&lt;script&gt;".to_owned(), "1.5".to_owned()));
    assert_eq!(rendered("{{ 12345 | number(lang='xx') }}", "en").unwrap(), "12345");
    assert!(rendered("{{ 5 | number }}", "en").unwrap_err().contains("lang"));
}

#[test]
fn a_template_error_names_template_line_and_page() {
    let error = rendered("\n\n{{ nothing.here }}", "en").unwrap_err();
    assert!(error.starts_with("templates/a.html:3 "), "{error}");
    assert!(error.ends_with("(on content/x.md)"), "{error}");
}

#[test]
fn a_template_that_is_no_template_is_located() {
    let (_, diags) = renderer(&[("a.html", "x\n{% if %}")]);
    assert_eq!((&*diags[0].path, diags[0].position().line), ("templates/a.html", 2));
}

#[test]
fn every_mistake_of_every_template_is_located() {
    let found = |templates: &[(&str, &str)]| -> Vec<String> {
        let (_, diags) = renderer(templates);
        let line = |diag: &Diag| {
            let at = diag.position();
            format!("{}:{}:{} {} {}", diag.path, at.line, at.column, diag.code.name(), diag.message)
        };
        diags.iter().map(line).collect()
    };
    let broken = found(&[("a.html", "x\n{% if %}"), ("b.html", "{{ 1 + }}"), ("c.html", "fine")]);
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken[1].starts_with("templates/b.html:1:"), "{broken:?}");
    let unknown =
        found(&[("a.html", "x\n{{ 1 | nothing }} {% include \"c.html\" %}"), ("b.html", "{{ 1 | none }}")]);
    assert_eq!(
        unknown,
        [
            "templates/a.html:2:8 template Unknown filter `nothing`",
            "templates/a.html:2:30 unknown-template Unknown template `c.html`",
            "templates/b.html:1:8 template Unknown filter `none`",
        ]
    );
    let parent = found(&[("base.html", ""), ("a.html", "{% extends \"bse.html\" %}")]);
    assert_eq!(parent, ["templates/a.html:1:13 unknown-template there is no template `bse.html` to extend"]);
}

#[test]
fn a_site_template_goes_before_the_one_of_the_theme_and_can_extend_it() {
    let (renderer, diags) = renderer(&[
        ("default/base.html", "[{% block a %}theme{% endblock %}]"),
        ("base.html", "{% extends \"default/base.html\" %}{% block a %}site{% endblock %}"),
    ]);
    assert_eq!(diags, []);
    let common = || [("ui", Value::none()), ("page", Value::none()), ("site", Value::none())];
    let view: BTreeMap<&str, &str> = BTreeMap::new();
    let bytes = renderer.render("base.html", &view, common(), "x").unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "[site]");
}

#[test]
fn the_example_of_every_filter_gives_what_its_documentation_says() {
    for filter in FILTERS {
        let text = filter.example.replace("n_articles", "articles");
        let (renderer, diags) = renderer(&[("a.html", &text)]);
        assert_eq!(diags, []);
        let texts = text::parse("x", "en", "articles = {one = \"{n} article\", other = \"{n} articles\"}").0;
        let ui = ui_value(&Language { locale: Locale::new("en"), texts });
        let view: BTreeMap<&str, &str> = BTreeMap::new();
        let common = [("ui", ui), ("page", Value::none()), ("site", Value::none())];
        let bytes = renderer.render("a.html", &view, common, "x").unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), filter.result, "{}", filter.name);
    }
}
