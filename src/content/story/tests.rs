use super::*;

/// Parses a story of this front matter; gives it and its messages with line and column.
fn check(front: &str, messages: &[&str]) -> Option<Story> {
    let text = format!("+++\n{front}\n+++\n");
    let (story, diags) = parse("content/stories/2025-07-31-x.md", text.as_bytes());
    let found: Vec<String> = diags
        .iter()
        .map(|d| format!("{}:{} {}", d.position().line, d.position().column, d.message))
        .collect();
    assert_eq!(found, messages, "in {front}");
    story
}

#[test]
fn a_title_is_enough_where_the_file_name_has_the_date() {
    let story = check("title = \"T\"", &[]).unwrap();
    assert_eq!((story.slug.as_str(), story.date), ("x", When::parse("2025-07-31").unwrap()));
}

#[test]
fn names_of_files_tell_date_language_and_bundle() {
    let name = |path| {
        let name = name_of(path);
        (name.date.map(|date| date.to_string()), name.stem, name.lang, name.bundle)
    };
    assert_eq!(name("s/2025-07-31-iss.md"), (Some("2025-07-31".into()), "iss", None, false));
    assert_eq!(name("s/iss.de.md"), (None, "iss", Some("de"), false));
    assert_eq!(name("s/iss.pt-BR.toml"), (None, "iss", Some("pt-BR"), false));
    assert_eq!(name("s/2025-07-31-iss/index.md"), (Some("2025-07-31".into()), "iss", None, true));
    assert_eq!(name("s/2025-07-31-iss/index.de.md"), (Some("2025-07-31".into()), "iss", Some("de"), true));
    assert_eq!(name("s/v1.final.md"), (None, "v1.final", None, false));
    assert_eq!(name("s/2025-07-31.md"), (Some("2025-07-31".into()), "2025-07-31", None, false));
}

#[test]
fn ids_left_out_are_numbered_and_skip_taken_ones() {
    let story = check("title = \"T\"\n[[sources]]\n[[sources]]\nid = \"s1\"\n[[sources]]", &[]).unwrap();
    let ids: Vec<&str> = story.sources.iter().map(|source| source.id()).collect();
    assert_eq!(ids, ["s2", "s1", "s3"]);
}

#[test]
fn a_toml_story_and_a_yaml_story_are_the_same_story() {
    let toml = "title = \"T\"\nlang = \"de\"\npoints = [\"A [@s1]\"]\nbody = \"\"\"\n# B\n\"\"\"\n[[sources]]\ntitle = \"S\"\npublished = 2025-07-31T10:00:00Z\n";
    let yaml = "---\ntitle: T\nlang: de\npoints:\n  - \"A [@s1]\"\nsources:\n  - title: S\n    published: 2025-07-31T10:00:00Z\n---\n# B\n";
    let (a, diags) = parse("content/stories/2025-07-31-x.toml", toml.as_bytes());
    assert_eq!(diags, []);
    let (b, diags) = parse("content/stories/2025-07-31-x.md", yaml.as_bytes());
    assert_eq!(diags, []);
    let shown = |story: Option<Story>| {
        let story = story.unwrap();
        format!("{:?} {:?} {:?} {:?}", story.title.value, story.lang, story.points, story.body)
            + &format!("{:?}", story.sources[0].published)
    };
    assert_eq!(shown(a), shown(b));
}

#[test]
fn unknown_keys_are_refused_everywhere_with_a_suggestion() {
    check(
        "titel = \"T\"\ntitle = \"T\"\n[image]\nsrc = \"a.png\"\nalte = \"x\"\n[[sources]]\nheadline = \"x\"",
        &["2:1 unknown key `titel`", "6:1 unknown key `alte`", "8:1 unknown key `headline`"],
    );
    assert!(check("title = \"T\"\n[extra]\nanything = { goes = [1, 2.5, true] }", &[]).is_some());
}

#[test]
fn citations_in_every_text_field_are_checked() {
    let fields = [
        "summary = \"[@x]\"",
        "disclosure = \"[@x]\"",
        "withdrawn = \"[@x]\"",
        "points = [\"[@x]\"]",
        "image = { src = \"a.png\", alt = \"a\", caption = \"[@x]\" }",
        "sources = [{ excerpt = \"[@x]\" }]",
        "perspectives = [{ name = \"n\", text = \"[@x]\" }]",
        "timeline = [{ date = 2025-01-01, text = \"[@x]\" }]",
        "quotes = [{ text = \"[@x]\" }]",
        "sections = [{ title = \"t\", text = \"[@x]\" }]",
        "sections = [{ title = \"t\", items = [\"[@x]\"] }]",
        "questions = [{ question = \"[@x]\", answer = \"a\" }]",
        "questions = [{ question = \"q\", answer = \"[@x]\" }]",
        "revisions = [{ date = 2025-01-01, note = \"[@x]\" }]",
        "quotes = [{ text = \"t\", cites = [\"x\"] }]",
        "sources = [{ copy_of = \"x\" }]",
        "points = [{ text = \"t\", denied_by = [\"x\"] }]",
    ];
    for field in fields {
        let text = format!("+++\ntitle = \"T\"\n{field}\n+++\n");
        let (_, diags) = parse("content/stories/2025-07-31-x.md", text.as_bytes());
        let messages: Vec<&str> = diags.iter().map(|diag| diag.message.as_str()).collect();
        assert_eq!(messages, ["no source has the id `x`"], "in {field}");
        assert_eq!(diags[0].position().line, 3, "in {field}");
    }
    let (_, diags) = parse("content/stories/2025-07-31-x.md", b"+++\ntitle = \"T\"\n+++\n\nBody [@x].\n");
    assert_eq!((diags[0].message.as_str(), diags[0].position().line), ("no source has the id `x`", 5));
}

#[test]
fn a_point_cites_what_its_text_cites_too() {
    let story = check(
        "title = \"T\"\nsources = [{}, {}]\n[[points]]\ntext = \"A [@s2; @s1]\"\ncites = [\"s1\"]",
        &[],
    );
    assert_eq!(story.unwrap().points[0].cites, [0, 1]);
}

#[test]
fn circles_of_copies_are_located() {
    check(
        "title = \"T\"\n[[sources]]\nid = \"a\"\ncopy_of = \"b\"\n[[sources]]\nid = \"b\"\ncopy_of = \"a\"\n[[sources]]\nid = \"c\"\ncopy_of = \"c\"\n[[sources]]\ncopy_of = \"a\"",
        &["5:11 `a` is, in the end, a copy of itself", "11:11 `c` is, in the end, a copy of itself"],
    );
}

#[test]
fn every_mistake_of_a_file_is_found_at_once() {
    check(
        "title = 5\nslug = \"../x\"\ndate = \"soon\"\nlang = \"deutsch sprache\"\naliases = [\"/../x/\"]\n\
         [[sources]]\nurl = \"javascript:alert(1)\"\nid = \"a b\"\n[[revisions]]\nkind = \"typo\"\n\
         [reported]\narticles = -1\naxes.bias.center = 157\n",
        &[
            "2:9 expected a text, found a whole number",
            "4:8 `soon` is not a date",
            "9:6 `a b` cannot be an id",
            "8:7 `javascript:alert(1)` is no web address and was dropped",
            "1:1 a story needs `title`",
            "3:8 `../x`: a slug may not hold any of / \\ ? # % : * \" < > |",
            "5:8 `deutsch sprache` is not a language tag",
            "6:12 the alias `/../x/` is no path: a slug may not hold `..` nor begin or end with a dot",
            "11:8 `typo` is no kind of revision",
            "10:1 a revision needs `date`",
            "10:1 a revision needs `note`",
            "13:12 a count cannot be negative",
            "14:20 157 is not a share in per cent",
            "12:1 a reported total needs `by`",
        ],
    );
}
