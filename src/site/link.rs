//! References between files: every id and slug that is written must lead somewhere.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Deref;

use foldhash::{HashMap, HashMapExt, HashSet};
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::order::Selection;
use super::{CountedStory, EditionEntry, StoryIx};
use crate::content::pages::{Edition, edition_order};
use crate::content::story::{Story, Text};
use crate::coverage::{Registry, Rules};
use crate::diag::{Code, Diag, Spanned, nearest};
use crate::slug::{Slug, folded};

/// The path of a story by the site's pattern.
pub fn permalink(pattern: &str, story: &Story, zone: &TimeZone) -> String {
    let path = match pattern.split_once("{slug}") {
        Some((before, after)) if !after.contains('{') => [before, story.slug.as_str(), after].concat(),
        _ => pattern.replace("{slug}", story.slug.as_str()),
    };
    if !path.contains('{') {
        return path;
    }
    let day = story.date.day(zone);
    path.replace("{year}", &format!("{:04}", day.year()))
        .replace("{month}", &format!("{:02}", day.month()))
        .replace("{day}", &format!("{:02}", day.day()))
}

/// Stories by slug; two with one slug are an error, and so are two that differ by case only.
pub fn slugs(stories: &[CountedStory], diags: &mut Vec<Diag>) -> HashMap<Slug, StoryIx> {
    let mut by_slug: HashMap<Slug, StoryIx> = HashMap::with_capacity(stories.len());
    let mut seen: HashMap<Cow<str>, StoryIx> = HashMap::with_capacity(stories.len());
    for (at, (story, _)) in stories.iter().enumerate() {
        let lower = folded(story.slug.as_str());
        if let Some(&other) = seen.get(&lower) {
            let message = format!("the slug `{}` is taken by {}", story.slug, stories[other as usize].0.path);
            let diag = Diag::error(Code::DuplicatePath, &story.path, message);
            diags.push(diag.help("set another `slug`; those that differ by case only clash too"));
            continue;
        }
        seen.insert(lower, at as StoryIx);
        by_slug.insert(story.slug.clone(), at as StoryIx);
    }
    by_slug
}

/// Identities in feeds and data: `id`, or the slug of a story without one. Two that are the same
/// are an error, because a feed reader would show one of the stories only.
pub fn identities(stories: &[CountedStory], diags: &mut Vec<Diag>) {
    if stories.iter().all(|(story, _)| story.id.is_none()) {
        return;
    }
    let mut taken: HashMap<&str, &str> = HashMap::with_capacity(stories.len());
    let own = stories.iter().filter(|(story, _)| story.id.is_none());
    taken.extend(own.map(|(story, _)| (story.slug.as_str(), &*story.path)));
    for (story, id) in stories.iter().filter_map(|(story, _)| Some((story, story.id.as_deref()?))) {
        if let Some(other) = taken.insert(id, &story.path) {
            let message = format!("the id `{id}` is that of {other} too");
            let diag = Diag::error(Code::DuplicateId, &story.path, message);
            diags.push(diag.help("set another `id`; a story without one has its slug for it"));
        }
    }
}

/// The slugs that a reference may name.
pub struct Slugs<'s> {
    /// Of stories that are built.
    pub published: &'s HashMap<Slug, StoryIx>,
    /// Of stories that are written but not built: drafts, future ones.
    pub unpublished: &'s HashSet<Slug>,
}

impl Slugs<'_> {
    /// The story of that slug; `None` for one that is not built; a diag if nothing bears it.
    fn resolve(&self, slug: &Spanned<Text>, path: &str, diags: &mut Vec<Diag>) -> Option<StoryIx> {
        let checked = Slug::new(&slug.value).ok();
        let found = checked.as_ref().and_then(|slug| self.published.get(slug).copied());
        if found.is_none() && checked.is_none_or(|slug| !self.unpublished.contains(&slug)) {
            let known = self.published.keys().chain(self.unpublished).map(Slug::as_str);
            diags.push(unknown(path, slug, "story", known));
        }
        found
    }
}

/// What stories say of each other, in the site's order.
pub struct References {
    /// The translations that each names.
    pub translations: Vec<Vec<StoryIx>>,
    /// The earlier chapter of each.
    pub follows: Vec<Option<StoryIx>>,
    /// The later chapters of each.
    pub followed_by: Vec<Box<[StoryIx]>>,
}

/// Resolves what stories say of each other, of outlets and of groups.
pub fn references(
    stories: &[CountedStory],
    slugs: &Slugs,
    registry: &Registry,
    rules: &Rules,
    diags: &mut Vec<Diag>,
) -> References {
    let mut translations: Vec<Vec<StoryIx>> = Vec::with_capacity(stories.len());
    let mut all_follows: Vec<Option<StoryIx>> = Vec::with_capacity(stories.len());
    let mut later: Vec<Vec<StoryIx>> = vec![Vec::new(); stories.len()];
    for (at, (story, _)) in stories.iter().enumerate() {
        let mut resolve = |slug: &Spanned<Text>| slugs.resolve(slug, &story.path, diags);
        for slug in &story.related {
            resolve(slug);
        }
        let follows = story.follows.as_ref().and_then(&mut resolve);
        translations.push(story.translations.iter().filter_map(resolve).collect());
        if let Some(earlier) = follows {
            later[earlier as usize].push(at as StoryIx);
        }
        all_follows.push(follows);
    }
    diags.par_extend(
        stories.par_iter().flat_map_iter(|(story, _)| outlets_and_groups(story, registry, rules)),
    );
    let followed_by = later.into_iter().map(Vec::into_boxed_slice).collect();
    References { translations, follows: all_follows, followed_by }
}

/// Outlets and groups that a story names and that are not there.
pub fn outlets_and_groups(story: &Story, registry: &Registry, rules: &Rules) -> Vec<Diag> {
    let mut found = Vec::new();
    outlets(story, registry, &mut found);
    groups(story, rules, &mut found);
    found
}

fn outlets(story: &Story, registry: &Registry, diags: &mut Vec<Diag>) {
    for source in &story.sources {
        for id in [source.outlet(), source.wire()].into_iter().flatten() {
            if registry.find(id.value).is_none() {
                diags.push(unknown(&story.path, &id, "outlet", registry.ids()));
            }
        }
    }
}

fn groups(story: &Story, rules: &Rules, diags: &mut Vec<Diag>) {
    for side in story.perspectives.iter().filter_map(|perspective| perspective.side.as_ref()) {
        let axis = rules.axes.main();
        if axis.and_then(|axis| axis.group(&side.value)).is_none() {
            let names = axis.into_iter().flat_map(|axis| axis.groups.iter().map(|group| &*group.id));
            diags.push(unknown(&story.path, side, "group of the main axis", names));
        }
    }
    let Some(reported) = &story.reported else { return };
    for (axis, shares) in &reported.axes {
        let Some(found) = rules.axes.find(&axis.value) else {
            diags.push(unknown(&story.path, axis, "axis", rules.axes.list.iter().map(|axis| &*axis.id)));
            continue;
        };
        let found = &rules.axes.list[found];
        for (group, _) in shares {
            if found.group(&group.value).is_none() {
                diags.push(unknown(&story.path, group, "group", found.groups.iter().map(|group| &*group.id)));
            }
        }
    }
}

fn unknown<'k>(
    path: &str,
    written: &Spanned<impl Deref<Target = str> + Display>,
    what: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diag {
    let message = format!("no {what} is called `{}`", written.value);
    let diag = Diag::error(Code::UnknownId, path, message).at(written.span);
    match nearest(&written.value, known.clone()) {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None if known.clone().count() <= 12 => {
            let mut names: Vec<&str> = known.collect();
            names.sort_unstable();
            diag.help(format!("known are: {}", names.join(", ")))
        }
        None => diag.help(format!("add the {what}, or correct the name")),
    }
}

/// Editions, newest first, with their stories found.
pub fn editions(
    mut editions: Vec<Edition>,
    slugs: &Slugs,
    selection: &Selection,
    zone: &TimeZone,
    diags: &mut Vec<Diag>,
) -> Vec<EditionEntry> {
    editions.retain(|edition| {
        (selection.filter.drafts || !edition.draft)
            && (selection.filter.future || edition.date.moment(zone) <= selection.now)
    });
    editions.sort_by_cached_key(|edition| std::cmp::Reverse(edition_order(edition, zone)));
    let entry = |edition: Edition| {
        let found = edition.stories.iter();
        let stories = found.filter_map(|slug| slugs.resolve(slug, &edition.path, diags)).collect();
        EditionEntry { edition, stories }
    };
    editions.into_iter().map(entry).collect()
}
