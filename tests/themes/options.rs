//! Options of a theme: declared in theme.toml, set in dateline.toml, checked with their places.

use crate::common::TestSite;

fn site(options: &str) -> TestSite {
    let site = TestSite::new();
    site.write(
        "dateline.toml",
        &format!("title = \"Test\"\nsearch = false\n[outputs]\nfeeds = []\n[theme_options]\n{options}"),
    );
    site
}

fn said(options: &str) -> Vec<String> {
    crate::said(&site(options), "dateline.toml")
}

fn style(site: &TestSite) -> String {
    let output = site.output();
    let (_, bytes) = output.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn colours_and_fonts_reach_the_style_sheet_and_nothing_stands_in_the_pages() {
    let site = site("accent = { light = \"#8a1c1c\", dark = \"#FAA\" }\ntext_font = \"Georgia, serif\"\n");
    site.build();
    let css = style(&site);
    assert!(css.contains("--accent:#8a1c1c;") && css.contains("--accent:#ffaaaa"), "{css}");
    assert!(css.contains("--text-font:Georgia, serif"));
    assert!(!site.page("index.html").contains("style="));
}

#[test]
fn density_logo_and_widgets_change_the_pages() {
    let site = site(
        "density = \"compact\"\nlogo = \"logo.svg\"\nstory_widgets = [\"first\", \"details\"]\nhome_widgets = []\n",
    );
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>");
    site.story(
        "one.md",
        "title = \"One\"\ndate = 2025-01-01\ntopics = [\"Sea\"]\n[[sources]]\nurl = \"https://a.example/1\"\npublished = 2025-01-01T10:00:00Z",
    );
    site.build();
    let story = site.page("stories/one/index.html");
    assert!(story.contains("class=\"k-story compact\""));
    assert!(story.contains("<img class=\"logo\" src=\"/logo.svg\" alt=\"Test\">"));
    let (first, details) = (story.find("First report</h3>"), story.find("Coverage details</h2>"));
    assert!(first.is_some() && first < details);
    assert!(!story.contains("class=\"w dist"));
    assert!(!site.page("index.html").contains("class=\"tops\""));
}

#[test]
fn every_mistake_in_options_is_located_with_what_to_do() {
    assert_eq!(
        said(
            "acent = \"#000000\"\naccent = \"red\"\ntext_font = \"a;} body{\"\npage_width = \"wide\"\n\
             density = \"compct\"\nstory_widgets = [\"details\", \"frist\", \"details\"]\nlogo = \"none.svg\"\n\
             home_widgets = \"topics\"\nink = { light = \"#000000\", drak = \"#ffffff\" }\n"
        ),
        [
            "6:1 error[unknown-key] the theme has no option `acent`; did you mean `accent`?",
            "7:10 error[bad-value] `red` is no colour; write it as `#rrggbb`",
            "8:13 error[bad-value] `a;} body{` is no list of fonts; write names of fonts with commas between, such as `Charter, Georgia, serif`",
            "9:14 error[bad-value] `wide` is no length; write a number with one of the units rem, em, px, ch, ex, vw, vh, %",
            "10:11 error[bad-value] `compct` is no choice here; did you mean `compact`?",
            "11:29 error[bad-value] `frist` is no choice here; did you mean `first`?",
            "11:38 error[bad-value] `details` stands here twice; leave one out",
            "12:8 error[missing-image] there is no picture static/none.svg; put the picture into static/",
            "13:16 error[wrong-type] expected a list, found a text; put the value between square brackets",
            "14:7 error[missing-key] the colour for dark pages is missing; write `{ light = \"#rrggbb\", dark = \"#rrggbb\" }`",
            "14:28 error[unknown-key] unknown key `drak`; the keys here are light, dark",
        ]
        .map(|line| line.to_owned())
    );
}

#[test]
fn a_colour_that_cannot_be_read_is_a_warning_that_says_where_and_how_little() {
    let said = said("accent = \"#8a1c1c\"\n");
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("6:10 warning[contrast] `accent` #8a1c1c on `paper` #151412"), "{}", said[0]);
    assert!(said[0].contains(":1 on dark pages"));
}

#[test]
fn a_theme_declares_options_of_its_own_and_other_defaults_for_those_of_its_parent() {
    let site = site("columns = 4\n");
    site.write(
        "dateline.toml",
        "title = \"Test\"\nsearch = false\ntheme = \"mine\"\n[theme_options]\ncolumns = 4\n",
    );
    site.write(
        "themes/mine/theme.toml",
        "[options.columns]\nkind = \"integer\"\nmin = 1\nmax = 4\ndefault = 3\ncss = \"--columns\"\n\
         [options.density]\ndefault = \"compact\"\n[options.badge]\nkind = \"boolean\"\n",
    );
    site.write(
        "themes/mine/templates/404.html",
        "{{ site.options.columns }} {{ site.options.density }} {{ site.options.badge }}",
    );
    site.build();
    assert_eq!(site.page("404.html"), "4 compact false");
    assert!(style(&site).contains("--columns:4"));
}

#[test]
fn mistakes_of_a_theme_are_located_in_its_theme_toml() {
    let site = TestSite::new();
    site.write("dateline.toml", "title = \"Test\"\ntheme = \"mine\"\n");
    site.write(
        "themes/mine/theme.toml",
        "nmae = \"x\"\n[options.a]\nkind = \"colour\"\n[options.b]\nkind = \"choice\"\n[options.c]\nkind = \"color\"\n\
         [options.density]\nkind = \"text\"\n[options.d]\nkind = \"integer\"\nmax = 3\ndefault = 5\n",
    );
    assert_eq!(
        crate::said(&site, "themes/mine/theme.toml"),
        [
            "1:1 error[unknown-key] unknown key `nmae`; did you mean `name`?",
            "3:8 error[bad-value] no kind of option is called `colour`; did you mean `color`?",
            "4:10 error[missing-key] the option `b` has no choices; add `choices = [\"…\"]`",
            "6:10 error[missing-key] the option `c` has no default; add `default = …`",
            "8:10 error[bad-value] the option `density` is declared by the parent theme; only `default` and `description` may stand here",
            "13:11 error[bad-value] 5 is out of range; write a whole number from 0 to 3",
        ]
    );
}
