//! The methodology: the rules of counting with this site's axes, raters and thresholds.

use serde::Serialize;

use crate::content::axis::Rater;
use crate::page::head::Head;
use crate::page::numbers;
use crate::page::world::{Named, World};
use crate::site::related;

/// What the template of the methodology sees.
#[derive(Debug, Serialize)]
pub struct MethodologyView {
    rules: RulesView,
}

#[derive(Debug, Serialize)]
struct RulesView {
    min_rated: u32,
    count_unit: &'static str,
    blindspot: Option<BlindspotRules>,
    related: RelatedRules,
    axes: Vec<AxisRules>,
}

#[derive(Debug, Serialize)]
struct RelatedRules {
    reach: usize,
    per_topic: u32,
    outlets: u32,
    common: usize,
}

#[derive(Debug, Serialize)]
struct BlindspotRules {
    min_rated: u32,
    max_share: u32,
    min_opposite: u32,
    first_group: Named,
    last_group: Named,
}

#[derive(Debug, Serialize)]
struct AxisRules {
    id: String,
    name: String,
    kind: &'static str,
    main: bool,
    combine: &'static str,
    levels: Vec<LevelRules>,
    groups: Vec<Named>,
    raters: Vec<RaterRules>,
}

#[derive(Debug, Serialize)]
struct LevelRules {
    id: String,
    name: String,
    class: String,
    group_name: Option<String>,
}

#[derive(Debug, Serialize)]
struct RaterRules {
    name: String,
    url: Option<String>,
    license: Option<String>,
    labels: Vec<LabelRules>,
}

#[derive(Debug, Serialize)]
struct LabelRules {
    label: String,
    level_name: String,
}

/// The methodology of a site.
pub fn view(world: &World) -> (Head, MethodologyView) {
    let words = &world.own;
    let rules = &world.site.rules;
    let outer = crate::coverage::blindspot::outer_groups(rules).zip(rules.axes.main);
    let blindspot = outer.map(|((first, last), main)| BlindspotRules {
        min_rated: rules.blindspot.min_rated,
        max_share: rules.blindspot.max_share,
        min_opposite: rules.blindspot.min_opposite,
        first_group: words.groups[main][first as usize].clone(),
        last_group: words.groups[main][last as usize].clone(),
    });
    let head = Head::new(world, "methodology", words.text("methodology"), "/methodology/")
        .describe(words.text("meth_intro"));
    let rules = RulesView {
        min_rated: rules.min_rated,
        count_unit: world.site.config.count.name(),
        blindspot,
        related: RelatedRules {
            reach: related::REACH,
            per_topic: related::PER_TOPIC,
            outlets: related::OUTLETS_AT_MOST,
            common: 100 / related::COMMON,
        },
        axes: (0..rules.axes.list.len()).map(|at| axis(world, at)).collect(),
    };
    (head, MethodologyView { rules })
}

fn axis(world: &World, at: usize) -> AxisRules {
    let words = &world.own;
    let axis = &world.site.rules.axes.list[at];
    let level = |(level, named): (usize, &Named)| {
        let group = &words.groups[at][axis.levels[level].group as usize];
        LevelRules {
            id: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
            group_name: axis.has_groups.then(|| group.name.clone()),
        }
    };
    let label = |(label, level): &(Box<str>, u8)| LabelRules {
        label: label.to_string(),
        level_name: words.levels[at][*level as usize].name.clone(),
    };
    let rater = |rater: &Rater| RaterRules {
        name: rater.name.to_string(),
        url: rater.url.as_deref().map(str::to_owned),
        license: rater.license.as_deref().map(str::to_owned),
        labels: rater.labels.iter().map(label).collect(),
    };
    AxisRules {
        id: axis.id.to_string(),
        name: words.axes[at].clone(),
        kind: numbers::kind(axis),
        main: world.site.rules.axes.main == Some(at),
        combine: axis.combine.name(),
        levels: words.levels[at].iter().enumerate().map(level).collect(),
        groups: words.groups[at].clone(),
        raters: axis.raters.iter().map(rater).collect(),
    }
}
