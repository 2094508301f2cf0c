use super::*;
use crate::content::{config, pages, story};

fn selection() -> Selection {
    Selection { filter: Filter::default(), now: "2026-01-01T00:00:00Z".parse().unwrap() }
}

/// Links stories given as (file name, front matter).
fn linked(stories: &[(&str, &str)]) -> (Site, Vec<String>) {
    let config = config::parse("dateline.toml", b"").0;
    let rules = Rules::of(&config);
    let registry = Registry::default();
    let parse = |(name, front): &(&str, &str)| {
        let text = format!("+++\n{front}\n+++\n");
        let (story, diags) = story::parse(&format!("content/stories/{name}"), text.as_bytes());
        assert_eq!(diags, []);
        let story = story.unwrap();
        let coverage = crate::coverage::count(&story, &registry, &rules, &TimeZone::UTC);
        let summary = Summary::of(&coverage, &rules);
        (story.into(), summary.into())
    };
    let parts = Parts { stories: stories.iter().map(parse).collect(), ..Parts::default() };
    let (site, diags) = link(config, registry, parts, selection());
    (site, diags.into_iter().map(|diag| diag.message).collect())
}

fn slugs(site: &Site) -> Vec<&str> {
    site.stories.iter().map(|entry| entry.story.slug.as_str()).collect()
}

#[test]
fn stories_stand_newest_first_and_drafts_future_and_expired_are_left_out() {
    let (site, diags) = linked(&[
        ("2025-01-01-a.md", "title = \"A\""),
        ("2025-01-02-b.md", "title = \"B\""),
        ("2025-01-02-c.md", "title = \"C\"\nweight = 1"),
        ("2025-01-03-d.md", "title = \"D\"\ndraft = true"),
        ("2027-01-03-e.md", "title = \"E\""),
        ("2025-01-04-f.md", "title = \"F\"\nexpires = 2025-06-01"),
    ]);
    assert_eq!((slugs(&site), diags.len()), (vec!["c", "b", "a"], 0));
}

#[test]
fn references_that_lead_nowhere_are_found() {
    let (_, diags) = linked(&[
        (
            "2025-01-01-a.md",
            "title = \"A\"\nrelated = [\"bb\"]\nfollows = \"x\"\n[[sources]]\noutlet = \"o\"",
        ),
        ("2025-01-01-b.md", "title = \"B\"\n[[perspectives]]\nside = \"lft\"\ntext = \"x\""),
        ("2025-01-01-B2.md", "title = \"B\"\nslug = \"B\""),
    ]);
    assert_eq!(
        diags,
        [
            "the slug `b` is taken by content/stories/2025-01-01-B2.md",
            "no story is called `bb`",
            "no story is called `x`",
            "no outlet is called `o`",
            "no group of the main axis is called `lft`",
        ]
    );
}

#[test]
fn one_name_in_two_languages_is_one_story() {
    let (site, _) = linked(&[
        ("2025-01-01-a.md", "title = \"A\""),
        ("2025-01-01-a.de.md", "title = \"A\""),
        ("2025-01-01-b.md", "title = \"B\""),
    ]);
    assert_eq!(slugs(&site), ["a", "a-de", "b"]);
    assert_eq!(&*site.stories[0].translations, [1]);
    assert_eq!(site.stories[1].story.lang.as_deref(), Some("de"));
    assert!(site.stories[2].translations.is_empty());
}

#[test]
fn translations_know_each_other_whoever_names_them() {
    let (site, diags) = linked(&[
        ("2025-01-03-a.md", "title = \"A\""),
        ("2025-01-02-b.md", "title = \"B\"\nlang = \"de\"\ntranslations = [\"a\"]"),
        ("2025-01-01-c.md", "title = \"C\"\nlang = \"fr\"\ntranslations = [\"b\", \"c\"]"),
    ]);
    let others: Vec<&[StoryIx]> = site.stories.iter().map(|entry| &*entry.translations).collect();
    assert_eq!(others, [&[1, 2][..], &[0, 2], &[0, 1]]);
    assert_eq!(diags, [""; 0]);
}

#[test]
fn two_stories_in_one_language_are_no_translations() {
    let (_, diags) = linked(&[
        ("2025-01-02-a.md", "title = \"A\""),
        ("2025-01-01-b.md", "title = \"B\"\ntranslations = [\"a\"]"),
    ]);
    assert_eq!(
        diags,
        [
            "this story and content/stories/2025-01-02-a.md are translations of each other, but both are in `en`"
        ]
    );
}

#[test]
fn related_stories_share_topics_and_named_ones_come_first() {
    let (site, _) = linked(&[
        ("2025-01-05-a.md", "title = \"A\"\ntopics = [\"X\", \"Y\"]\nrelated = [\"d\"]"),
        ("2025-01-04-b.md", "title = \"B\"\ntopics = [\"X\"]"),
        ("2025-01-03-c.md", "title = \"C\"\ntopics = [\"Y\", \"X\"]"),
        ("2025-01-02-d.md", "title = \"D\""),
    ]);
    let related = |at: usize| -> Vec<&str> {
        site.related(at as StoryIx).into_iter().map(|r| site.story(r).story.slug.as_str()).collect()
    };
    assert_eq!(related(0), ["d", "c", "b"]);
    assert_eq!(related(3), [""; 0]);
}

#[test]
fn a_withdrawn_story_is_related_to_none() {
    let (site, _) = linked(&[
        ("2025-01-05-a.md", "title = \"A\"\ntopics = [\"X\"]\nrelated = [\"b\"]"),
        ("2025-01-04-b.md", "title = \"B\"\ntopics = [\"X\"]\nwithdrawn = \"wrong\""),
    ]);
    assert_eq!(site.related(0), [0; 0]);
}

#[test]
fn topics_have_parents_that_hold_their_stories_too() {
    let config = config::parse("dateline.toml", b"").0;
    let topic = |text: &str, name: &str| {
        let path = format!("content/topics/{name}.md");
        pages::topic(&path, format!("+++\n{text}\n+++\n").as_bytes()).0.unwrap()
    };
    let topics =
        vec![topic("parent = \"Science\"", "Space"), topic("", "Science"), topic("parent = \"Sience\"", "x")];
    let parts = Parts { topics, ..Parts::default() };
    let (site, diags) = link(config, Registry::default(), parts, selection());
    assert_eq!(diags[0].help.as_deref(), Some("did you mean `Science`?"));
    assert_eq!(site.topics.iter().map(|t| t.slug.as_str()).collect::<Vec<_>>(), ["science", "space", "x"]);
    assert_eq!(site.topics[0].children, [1]);
}
