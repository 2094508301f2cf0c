//! Properties of the counting that hold for any story (spec section 4).

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

use std::fmt::Write as _;

use dateline::content::{config, outlet, story};
use dateline::coverage::{self, Coverage, Registry, Rules};
use jiff::tz::TimeZone;
use proptest::prelude::*;

/// A source: outlet, whether it is a copy of an earlier one, whether it is a wire text.
type Made = (usize, Option<usize>, Option<usize>);

const LEVELS: [&str; 7] = ["far-left", "left", "lean-left", "center", "lean-right", "right", "far-right"];

fn registry() -> (Registry, Rules) {
    let config = config::parse("dateline.toml", b"").0;
    let mut text = String::new();
    for n in 0..24 {
        writeln!(text, "[o{n}]\nname = \"O{n}\"").unwrap();
        if n < 20 {
            writeln!(text, "bias = \"{}\"", LEVELS[n % 7]).unwrap();
        }
    }
    let (outlets, _) = outlet::parse_many("outlets.toml", text.as_bytes(), &config.axes);
    (Registry::new(outlets, &config.axes).0, Rules::of(&config))
}

fn story_of(sources: &[Made]) -> story::Story {
    let mut text = String::from("+++\ntitle = \"T\"\ndate = 2025-01-01\n");
    for (at, (outlet, copy_of, wire)) in sources.iter().enumerate() {
        writeln!(text, "[[sources]]\nid = \"x{at}\"\noutlet = \"o{outlet}\"").unwrap();
        if let Some(other) = copy_of.filter(|_| at > 0) {
            writeln!(text, "copy_of = \"x{}\"", other % at).unwrap();
        }
        if let Some(wire) = wire {
            writeln!(text, "wire = \"o{wire}\"").unwrap();
        }
    }
    text.push_str("+++\n");
    let (story, diags) = story::parse("t.md", text.as_bytes());
    assert_eq!(diags, []);
    story.unwrap()
}

fn counted(story: &story::Story) -> Coverage {
    let (registry, rules) = registry();
    coverage::count(story, &registry, &rules, &TimeZone::UTC)
}

fn made() -> impl Strategy<Value = Vec<Made>> {
    let copy = proptest::option::weighted(0.3, 0usize..60);
    let wire = proptest::option::weighted(0.15, 20usize..24);
    proptest::collection::vec((0usize..24, copy, wire), 0..60)
}

proptest! {
    #[test]
    fn shares_add_up_to_a_hundred_and_lie_within_their_bounds(sources in made()) {
        let coverage = counted(&story_of(&sources));
        for axis in &coverage.axes {
            for counts in [&axis.outlets, &axis.articles, &axis.reports] {
                let percents: Vec<u32> = counts.groups.iter().filter_map(|group| group.percent).collect();
                prop_assert_eq!(percents.len(), if counts.enough { counts.groups.len() } else { 0 });
                prop_assert!(!counts.enough || percents.iter().sum::<u32>() == 100);
                prop_assert_eq!(counts.groups.iter().map(|group| group.count).sum::<u32>(), counts.rated);
                for group in &counts.groups {
                    prop_assert_eq!(group.bounds.is_none(), counts.total() == 0);
                    if let Some((low, high)) = group.bounds {
                        let (count, total) = (group.count * 100, counts.total());
                        prop_assert!(low * total <= count && count <= high * total);
                        prop_assert!(high <= 100);
                    }
                }
            }
            prop_assert_eq!(axis.articles.total(), coverage.articles);
            prop_assert_eq!(axis.outlets.total(), coverage.outlets);
            prop_assert_eq!(axis.reports.total(), coverage.reports);
        }
        prop_assert!(coverage.reports <= coverage.articles && coverage.outlets <= coverage.articles);
    }

    #[test]
    fn the_order_of_sources_changes_no_count(sources in made(), seed in any::<u64>()) {
        let story = story_of(&sources);
        let mut order: Vec<usize> = (0..sources.len()).collect();
        order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
        let mut shuffled = story.clone();
        shuffled.sources = order.iter().map(|&at| story.sources[at].clone()).collect();
        for source in &mut shuffled.sources {
            source.copy_of = source.copy_of.map(|old| {
                order.iter().position(|&at| at == old as usize).unwrap() as u32
            });
        }
        let (a, b) = (counted(&story), counted(&shuffled));
        prop_assert_eq!((a.articles, a.outlets, a.reports), (b.articles, b.outlets, b.reports));
        for (a, b) in a.axes.iter().zip(&b.axes) {
            prop_assert_eq!((&a.outlets, &a.articles), (&b.outlets, &b.articles));
        }
    }

    #[test]
    fn a_copy_adds_an_article_and_no_report(sources in made(), outlet in 0usize..24, of in 0usize..60) {
        prop_assume!(!sources.is_empty());
        let mut more = sources.clone();
        more.push((outlet, Some(of % sources.len()), None));
        let (a, b) = (counted(&story_of(&sources)), counted(&story_of(&more)));
        prop_assert_eq!((a.articles + 1, a.reports), (b.articles, b.reports));
        for (a, b) in a.axes.iter().zip(&b.axes) {
            prop_assert_eq!(&a.reports, &b.reports);
        }
    }
}

/// The front matter of a story of many sources: a chain of copies as long as the list, the wires of
/// one agency, unknown outlets, and points that cite every source.
fn long_story(sources: usize) -> String {
    let mut text = String::from("+++\ntitle = \"T\"\ndate = 2025-01-01\n");
    for point in 0..4 {
        let cites: Vec<String> = (point..sources).step_by(4).map(|at| format!("\"x{at}\"")).collect();
        writeln!(text, "[[points]]\ntext = \"P\"\ncites = [{}]", cites.join(", ")).unwrap();
    }
    for at in 0..sources {
        writeln!(text, "[[sources]]\nid = \"x{at}\"\nurl = \"https://h{at}.example/{at}\"").unwrap();
        match at % 4 {
            0 => writeln!(text, "outlet = \"o{}\"", at % 24).unwrap(),
            1 => writeln!(text, "outlet = \"o1\"\nwire = \"o23\"").unwrap(),
            2 if at > 4 => writeln!(text, "copy_of = \"x{}\"", at - 4).unwrap(),
            _ => writeln!(text, "published = 2025-01-01T{:02}:00:00Z", at % 24).unwrap(),
        }
    }
    text + "+++\n"
}

/// Processor time of this thread, which other programs cannot lengthen.
#[cfg(unix)]
fn processor_time() -> std::time::Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    std::time::Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(unix)]
#[test]
fn the_work_grows_no_faster_than_the_list_of_sources() {
    let (registry, rules) = registry();
    let work = |sources: usize| {
        let text = long_story(sources);
        let once = || {
            let start = processor_time();
            let (story, diags) = story::parse("t.md", text.as_bytes());
            let story = story.unwrap();
            let coverage = coverage::count(&story, &registry, &rules, &TimeZone::UTC);
            let taken = processor_time() - start;
            assert_eq!((diags.len(), coverage.articles as usize), (0, sources));
            taken
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    let [small, middle, large] = [500, 2_000, 8_000].map(work);
    // Sixteen times the sources: linear work takes 16 times as long, quadratic 256 times.
    assert!(large < small * 40, "{small:?}, {middle:?}, {large:?}");
    assert!(large < middle * 10, "{small:?}, {middle:?}, {large:?}");
}

#[test]
fn a_level_or_a_group_too_many_is_located() {
    for (what, rest) in [("levels", ""), ("groups", "levels = [{id=\"a\", group=\"x0\"}]\n")] {
        let axis = |n: usize| {
            let lines: String = (0..n).map(|at| format!("  {{id=\"x{at}\"}},\n")).collect();
            format!("[axes.beat]\nkind = \"category\"\n{what} = [\n{lines}]\n{rest}")
        };
        assert!(config::parse("dateline.toml", axis(250).as_bytes()).1.is_empty(), "{what}");
        let (_, diags) = config::parse("dateline.toml", axis(253).as_bytes());
        assert_eq!(diags.len(), 1, "{what}");
        // The first that is one too many, below the three lines of the table.
        assert_eq!((diags[0].position().line, diags[0].code.name()), (254, "bad-value"));
        assert_eq!(diags[0].message, format!("an axis has at most 250 {what}, this one has 253"));
    }
}
