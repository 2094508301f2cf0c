use super::*;
use crate::content::{config, outlet, story};

/// A site of outlets `l1…`, `c1…`, `r1…` (left, center, right) and `u1…` (unrated).
fn site() -> (Registry, Rules) {
    let config = config::parse("dateline.toml", b"").0;
    let mut text = String::new();
    for (prefix, level) in [("l", "left"), ("c", "center"), ("r", "right"), ("u", "")] {
        for n in 1..=12 {
            text.push_str(&format!(
                "[{prefix}{n}]\nname = \"{prefix}{n}\"\ndomains = [\"{prefix}{n}.example\"]\n"
            ));
            if !level.is_empty() {
                text.push_str(&format!("bias = \"{level}\"\n"));
            }
        }
    }
    let (outlets, diags) = outlet::parse_many("outlets.toml", text.as_bytes(), &config.axes);
    assert_eq!(diags, []);
    let (registry, diags) = Registry::new(outlets, &config.axes);
    assert_eq!(diags, []);
    (registry, Rules::of(&config))
}

/// Counts a story with these sources (`outlet key=value …`).
fn counted(sources: &[&str], points: &str) -> Coverage {
    let mut text = format!("+++\ntitle = \"T\"\ndate = 2025-01-01\n{points}\n");
    for source in sources {
        text.push_str("[[sources]]\n");
        let mut parts = source.split(' ');
        match parts.next() {
            Some("-") | None => {}
            Some(outlet) => text.push_str(&format!("outlet = \"{outlet}\"\n")),
        }
        for part in parts {
            let (key, value) = part.split_once('=').unwrap();
            let quote = if key == "published" { "" } else { "\"" };
            text.push_str(&format!("{key} = {quote}{value}{quote}\n"));
        }
    }
    text.push_str("+++\n");
    let (story, diags) = story::parse("t.md", text.as_bytes());
    assert_eq!(diags, [], "{text}");
    let (registry, rules) = site();
    count(&story.unwrap(), &registry, &rules, &TimeZone::UTC)
}

fn totals(coverage: &Coverage) -> (u32, u32, u32) {
    (coverage.articles, coverage.outlets, coverage.reports)
}

#[test]
fn articles_outlets_and_reports_are_three_counts() {
    assert_eq!(totals(&counted(&[], "")), (0, 0, 0));
    assert_eq!(totals(&counted(&["l1", "l1", "c1"], "")), (3, 2, 3));
    assert_eq!(totals(&counted(&["l1 id=a", "c1 copy_of=a", "r1"], "")).2, 2);
    let chain = counted(&["l1 id=a", "c1 id=b copy_of=a", "r1 copy_of=b"], "");
    assert_eq!((chain.reports, chain.sources[2].report), (1, 0));
}

#[test]
fn a_source_without_known_outlet_is_named_by_its_host_or_not_at_all() {
    let coverage = counted(&["- url=https://www.x.example/a", "- url=https://x.example/b", "-", "-"], "");
    assert_eq!(coverage.outlets, 3);
    let found = counted(&["- url=https://news.l1.example/a", "l1"], "");
    assert_eq!(found.outlets, 1);
    assert_eq!(found.axes[0].outlets.groups[0].count, 1);
}

#[test]
fn wire_texts_fold_and_take_the_level_of_the_original_or_the_agency() {
    let coverage = counted(&["l1 wire=c1", "r1 wire=c1", "r2"], "");
    assert_eq!(totals(&coverage), (3, 3, 2));
    let counts: Vec<u32> = coverage.axes[0].reports.groups.iter().map(|g| g.count).collect();
    assert_eq!(counts, [0, 1, 1]);
    // The agency's own article joins by copy_of, and is then the original.
    let joined = counted(&["l1 id=x wire=u1", "c2 id=own", "r1 copy_of=own wire=u1"], "");
    assert_eq!((joined.reports, joined.sources[0].report), (1, 1));
    assert_eq!(joined.axes[0].reports.groups[1].count, 1);
    // Neither original nor a rated agency: unrated.
    assert_eq!(counted(&["l1 wire=u1", "r1 wire=u1"], "").axes[0].reports.unrated, 1);
}

#[test]
fn below_min_rated_there_is_no_percentage_but_there_are_bounds() {
    let few = counted(&["l1", "c1", "r1", "r2", "u1"], "").axes.swap_remove(0).outlets;
    assert!(!few.enough && few.groups.iter().all(|group| group.percent.is_none()));
    assert_eq!(few.groups[2].bounds, Some((40, 60)));
    let enough = counted(&["l1", "c1", "r1", "r2", "r3"], "").axes.swap_remove(0).outlets;
    let percents: Vec<u32> = enough.groups.iter().filter_map(|group| group.percent).collect();
    assert_eq!(percents, [20, 20, 60]);
}

#[test]
fn a_blindspot_needs_enough_rated_reports_and_exact_shares() {
    let right = ["r1", "r2", "r3", "r4", "r5", "r6", "c1", "l1"];
    let spot = counted(&right, "").blindspot.unwrap();
    assert_eq!((spot.group, spot.opposite, spot.rated), (0, 2, 8));
    assert_eq!((spot.share, spot.opposite_share), (13, 75));
    assert_eq!(counted(&right[..7], "").blindspot, None);
    // 2 of 13 is 15.4 %, which prints as 15 % but is above it.
    let near = ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "c1", "c2", "c3", "c4", "l1", "l2"];
    assert_eq!(counted(&near, "").blindspot, None);
}

#[test]
fn the_first_report_is_the_earliest_with_a_time() {
    let coverage = counted(
        &[
            "l1 published=2025-01-01",
            "c1 published=2025-01-01T09:00:00Z",
            "r1 published=2025-01-01T09:00:00+01:00",
        ],
        "",
    );
    assert_eq!(coverage.first.map(|first| first.source), Some(2));
    assert_eq!(coverage.latest, Some(1));
    assert_eq!(counted(&["l1 published=2025-01-01"], "").first, None);
}

#[test]
fn the_matrix_counts_outlets_not_articles() {
    let points = "[[points]]\ntext = \"A [@s4]\"\ncites = [\"s1\", \"s2\"]\ndenied_by = [\"s3\"]\n";
    let row = counted(&["l1", "l1", "r1", "u1"], points).matrix.swap_remove(0);
    assert_eq!((row.groups.as_slice(), row.unrated, row.denied, row.outlets), (&[1, 0, 0][..], 1, 1, 2));
}
