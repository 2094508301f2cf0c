//! The sources of a story: cited, counted once, known and rated.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Case, Finding, points};
use crate::content::story::{Source, SourceIx, Story};
use crate::coverage::Publisher;
use crate::diag::{counted, nearest};
use crate::import::web;
use crate::markdown;
use crate::site::Site;

/// Names that a message lists before it counts the rest.
const NAMED: usize = 5;

/// Sources that nothing cites, neither them nor another text of their report: one finding a story.
pub fn unused(case: &Case) -> Vec<Finding> {
    let report = |at: SourceIx| case.coverage.sources[at as usize].report;
    let used: BTreeSet<SourceIx> = cited(case.story).into_iter().map(report).collect();
    let all = 0..case.story.sources.len() as SourceIx;
    let unused: Vec<SourceIx> = all.filter(|&at| !used.contains(&report(at))).collect();
    let Some(&first) = unused.first() else { return Vec::new() };
    let names = unused.iter().map(|&at| format!("`{}`", case.story.sources[at as usize].id()));
    let (all, listed) = (counted(case.story.sources.len(), "source", "sources"), few(names));
    let is = if unused.len() == 1 { "is" } else { "are" };
    let message = format!("{} of {all} {is} cited nowhere: {listed}", unused.len());
    let finding = case.finding(message).at(case.story.sources[first as usize].span);
    vec![finding.help("cite them where they say something, remove them, or allow `unused-source`")]
}

/// The first few names, and how many more there are.
fn few(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - more].join(", ");
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}

/// Every source that something in a story cites.
fn cited(story: &Story) -> BTreeSet<SourceIx> {
    let points = story.points.iter().flat_map(|point| point.cites.iter().chain(&point.denied_by));
    let blocks = (story.perspectives.iter().map(|block| &block.cites))
        .chain(story.timeline.iter().map(|block| &block.cites))
        .chain(story.quotes.iter().map(|block| &block.cites))
        .chain(story.sections.iter().map(|block| &block.cites))
        .chain(story.questions.iter().map(|block| &block.cites));
    let ids: HashMap<&str, SourceIx> =
        story.sources.iter().enumerate().map(|(at, source)| (source.id(), at as SourceIx)).collect();
    let in_texts = texts(story).into_iter().flat_map(markdown::citations);
    points
        .chain(blocks.flatten())
        .copied()
        .chain(in_texts.filter_map(|id| ids.get(id.as_str()).copied()))
        .collect()
}

/// Every text of a story that may cite; points keep what they cite.
fn texts(story: &Story) -> Vec<&str> {
    let optional = [&story.summary, &story.disclosure, &story.withdrawn];
    let caption = story.image.as_ref().and_then(|image| image.caption.as_deref());
    let mut texts: Vec<&str> = optional.into_iter().filter_map(Option::as_deref).chain(caption).collect();
    texts.push(body(story));
    texts.extend(story.perspectives.iter().map(|block| &*block.text));
    texts.extend(story.timeline.iter().map(|block| &*block.text));
    texts.extend(story.quotes.iter().map(|block| &*block.text));
    texts.extend(story.revisions.iter().map(|block| &*block.note));
    texts.extend(story.questions.iter().flat_map(|block| [&*block.question, &*block.answer]));
    for section in &story.sections {
        texts.extend(section.text.as_deref());
        texts.extend(section.items.iter().map(|item| &**item));
    }
    texts
}

#[allow(clippy::disallowed_methods, reason = "a check is no page that is remembered")]
fn body(story: &Story) -> &str {
    story.body.text()
}

/// Sources whose address another source of the story has.
pub fn repeated_url(case: &Case) -> Vec<Finding> {
    let mut seen: HashMap<String, &Source> = HashMap::new();
    let mut found = Vec::new();
    for (at, source) in case.story.sources.iter().enumerate() {
        let Some(url) = source.url() else { continue };
        if let Some(other) = seen.get(&web::identity(url)) {
            let message =
                format!("`{}` has the address of `{}`, so the article counts twice", source.id(), other.id());
            found.push(case.finding(message).item("sources", at, "url").help("remove one of the two"));
        } else {
            seen.insert(web::identity(url), source);
        }
    }
    found
}

/// Hosts that no outlet claims: one finding a host, at the newest story that has it.
pub fn unknown_outlet(site: &Site) -> Vec<Finding> {
    let mut hosts: BTreeMap<Box<str>, (usize, &Story, SourceIx)> = BTreeMap::new();
    for &at in site.listed() {
        let story = &*site.story(at).story;
        for (source, at) in story.sources.iter().zip(0..) {
            if let Publisher::Host(host) = site.registry.publisher(source, at) {
                hosts.entry(host).and_modify(|(count, _, _)| *count += 1).or_insert((1, story, at));
            }
        }
    }
    let finding = |(host, (count, story, at)): (Box<str>, (usize, &Story, SourceIx))| {
        let sources = counted(count, "source", "sources");
        Finding::new(&story.path, format!("no outlet has the domain `{host}` ({sources})"))
            .item("sources", at as usize, "url")
            .help(domain_help(site, &host))
    };
    hosts.into_iter().map(finding).collect()
}

fn domain_help(site: &Site, host: &str) -> String {
    let near = nearest(host, site.registry.domains());
    match near.and_then(|near| Some((near, site.registry.by_host(near)?))) {
        Some((near, outlet)) => {
            let id = &site.registry.outlet(outlet).id;
            format!(
                "did you mean `{near}`, of `{id}`? Else add the domain to its outlet, or an outlet for it"
            )
        }
        None => {
            format!("add the domain to its outlet, or an outlet for it: `dateline new outlet \"{host}\"`")
        }
    }
}

/// Stories of which too many outlets are unrated on the main axis.
pub fn unrated(case: &Case) -> Vec<Finding> {
    let Some(main) = case.site.rules.axes.main else { return Vec::new() };
    let distribution = &case.coverage.axes[main].outlets;
    let (unrated, all) = (distribution.unrated, distribution.rated + distribution.unrated);
    let most = case.site.config.checks.max_unrated;
    if all < case.site.rules.min_rated || unrated * 100 <= most * all {
        return Vec::new();
    }
    let is_unrated = |at: &SourceIx| case.coverage.sources[*at as usize].levels[main].is_none();
    let sources = (0..case.story.sources.len() as SourceIx).filter(is_unrated);
    let names: BTreeSet<String> = sources.map(|at| points::name(case, at)).collect();
    let axis = &case.site.rules.axes.list[main].name;
    let are = if unrated == 1 { "is" } else { "are" };
    let all = counted(all as usize, "outlet", "outlets");
    let message = format!("{unrated} of {all} {are} unrated on {axis}, more than {most} %");
    let help = format!("rate {}, or raise `[check] max_unrated`", few(names.into_iter()));
    vec![case.finding(message).key("sources").help(help)]
}
