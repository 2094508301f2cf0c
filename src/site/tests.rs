use super::*;
use crate::content::{config, pages, story};
use crate::coverage::Summary;

fn selection() -> Selection {
    Selection { filter: Filter::default(), now: "2026-01-01T00:00:00Z".parse().unwrap() }
}

fn config() -> Config {
    config::parse("dateline.toml", b"").0
}

/// A counted story, given as file name and front matter.
fn counted(name: &str, front: &str) -> CountedStory {
    let text = format!("+++\n{front}\n+++\n");
    let (story, diags) = story::parse(&format!("content/stories/{name}"), text.as_bytes());
    assert_eq!(diags, []);
    let (story, rules) = (story.unwrap(), Rules::of(&config()));
    let coverage = crate::coverage::count(&story, &Registry::default(), &rules, &TimeZone::UTC);
    let summary = Summary::of(&coverage, &rules);
    (story.into(), summary.into())
}

/// Links stories given as (file name, front matter).
fn linked(stories: &[(&str, &str)]) -> (Site, Vec<String>) {
    let stories = stories.iter().map(|(name, front)| counted(name, front)).collect();
    let parts = Parts { stories, ..Parts::default() };
    let (site, diags) = link(config(), Registry::default(), parts, selection());
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
    assert_eq!(site.topics().iter().map(|t| t.slug.as_str()).collect::<Vec<_>>(), ["science", "space", "x"]);
    assert_eq!(site.topics()[0].children, [1]);
}

/// Links stories with what was kept; tells whether the links are those of before.
fn again(stories: &[CountedStory], kept: &mut Option<Kept>) -> (Site, Vec<Diag>, bool) {
    let before = kept.as_ref().map(|kept| kept.parts().1);
    let parts = Parts { stories: stories.to_vec(), ..Parts::default() };
    let (site, diags, _) = link_again(config(), Registry::default(), parts, selection(), kept);
    let is_kept = before.is_some_and(|before| Arc::ptr_eq(&before, &site.ways));
    (site, diags, is_kept)
}

#[test]
fn an_edit_that_leads_nowhere_else_keeps_all_links() {
    let mut stories = vec![
        counted("2025-01-01-a.md", "title = \"A\"\ntopics = [\"X\"]\nrelated = [\"b\"]"),
        counted("2025-01-02-b.md", "title = \"B\""),
        counted("2025-01-03-c.md", "title = \"C\"\ndraft = true"),
    ];
    let mut kept = None;
    assert!(!again(&stories, &mut kept).2);
    assert!(again(&stories, &mut kept).2);
    stories[0] = counted("2025-01-01-a.md", "title = \"Other\"\ntopics = [\"X\"]\nrelated = [\"b\"]");
    let (site, diags, is_kept) = again(&stories, &mut kept);
    assert!(is_kept);
    assert_eq!((&*site.story(1).story.title.value, site.related(1), diags), ("Other", vec![0], Vec::new()));
}

#[test]
fn an_edit_of_what_links_are_made_of_links_anew() {
    let fronts = [
        "topics = [\"Y\"]",
        "related = [\"a\"]",
        "related = [\"nobody\"]",
        "follows = \"a\"",
        "translations = [\"a\"]",
        "lang = \"de\"",
        "draft = true",
        "withdrawn = \"wrong\"",
        "weight = 3",
        "slug = \"z\"",
        "id = \"z\"",
        "date = 2024-01-01",
        "expires = 2025-02-01",
        "[[perspectives]]\nside = \"nobody\"\ntext = \"x\"",
        "[[sources]]\noutlet = \"nobody\"",
        "[[sources]]\nurl = \"https://a.example/\"\nwire = \"nobody\"",
    ];
    let first = counted("2025-01-01-a.md", "title = \"A\"");
    let plain = counted("2025-01-02-b.md", "title = \"B\"");
    for front in fronts {
        let mut kept = None;
        again(&[first.clone(), plain.clone()], &mut kept);
        let edited = [first.clone(), counted("2025-01-02-b.md", &format!("title = \"B\"\n{front}"))];
        let (site, diags, is_kept) = again(&edited, &mut kept);
        assert!(!is_kept, "{front}");
        let (fresh, found, _) = again(&edited, &mut None);
        assert_eq!((slugs(&site), diags), (slugs(&fresh), found), "{front}");
        // What was wrong is told as long as it is so, and not longer.
        assert_eq!(again(&edited, &mut kept).1, again(&edited, &mut None).1, "{front}");
        assert_eq!(again(&[first.clone(), plain.clone()], &mut kept).1, [], "{front}");
    }
    let mut kept = None;
    again(&[first.clone(), plain.clone()], &mut kept);
    assert!(!again(std::slice::from_ref(&first), &mut kept).2, "a story is gone");
    assert!(!again(&[first, plain], &mut kept).2, "and back");
}
