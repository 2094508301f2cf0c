//! Topics: by the names that stories give, described by files where there are any.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::{CountedStory, Entry, StoryIx};
use crate::content::data::Data;
use crate::content::pages::TopicFile;
use crate::content::story::{Story, Text};
use crate::diag::{Code, Diag, nearest};
use crate::slug::Slug;

/// The place of a topic in the site's list.
pub type TopicIx = u32;

/// A topic.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Names it in URLs.
    pub slug: Slug,
    /// What readers see: as its file says, else as the newest story writes it.
    pub name: Text,
    /// Inline Markdown.
    pub description: Option<Text>,
    /// The topic above it.
    pub parent: Option<TopicIx>,
    /// Topics below it.
    pub children: Vec<TopicIx>,
    /// Its stories, newest first.
    pub(super) stories: Vec<StoryIx>,
    /// Own data of its file.
    pub extra: Data,
}

/// All topics, in the order of their slugs, without stories yet; and where each name that stories
/// write leads.
pub fn collect(
    stories: &[CountedStory],
    files: &[TopicFile],
    diags: &mut Vec<Diag>,
) -> (Vec<Topic>, HashMap<Text, TopicIx>) {
    let mut topics: BTreeMap<Slug, Topic> = BTreeMap::new();
    let mut parents = Vec::new();
    let mut unnamed: BTreeSet<Slug> = BTreeSet::new();
    for file in files {
        let name = file.name.clone().unwrap_or_else(|| file.stem.clone());
        let slug = Slug::from_title(&name);
        if topics.contains_key(&slug) {
            let message = format!("the topic `{name}` is described twice");
            diags.push(Diag::error(Code::DuplicateId, &file.path, message).help("keep one of the files"));
            continue;
        }
        if let Some(parent) = &file.parent {
            parents.push((slug.clone(), &file.path, parent));
        }
        if file.name.is_none() {
            unnamed.insert(slug.clone());
        }
        let topic = empty(slug.clone(), name);
        topics.insert(
            slug,
            Topic { description: file.description.clone(), extra: file.extra.clone(), ..topic },
        );
    }
    let mut names: HashMap<&Text, Slug> = HashMap::new();
    for name in stories.iter().flat_map(|(story, _)| &story.topics).map(|name| &name.value) {
        if names.contains_key(name) {
            continue;
        }
        let slug = Slug::from_title(name);
        let takes_name = unnamed.remove(&slug);
        let topic = topics.entry(slug.clone()).or_insert_with(|| empty(slug.clone(), name.clone()));
        if takes_name {
            topic.name.clone_from(name);
        }
        names.insert(name, slug);
    }
    let mut list: Vec<Topic> = topics.into_values().collect();
    for (slug, path, parent) in parents {
        let found = find(&list, &Slug::from_title(&parent.value));
        match (find(&list, &slug), found) {
            (Some(at), Some(above)) if !is_below(&list, above, at) => {
                list[at as usize].parent = Some(above);
                list[above as usize].children.push(at);
            }
            (_, Some(_)) => {
                let message = format!("the topic `{}` stands above itself", parent.value);
                diags.push(Diag::error(Code::BadValue, path, message).at(parent.span));
            }
            (_, None) => {
                let message = format!("no topic is called `{}`", parent.value);
                let diag = Diag::warning(Code::UnknownTopic, path, message).at(parent.span);
                let near = nearest(&parent.value, list.iter().map(|topic| &*topic.name));
                diags.push(match near {
                    Some(near) => diag.help(format!("did you mean `{near}`?")),
                    None => diag.help("add a file for it to content/topics/"),
                });
            }
        }
    }
    let places = names.into_iter().filter_map(|(name, slug)| Some((name.clone(), find(&list, &slug)?)));
    let places = places.collect();
    (list, places)
}

fn empty(slug: Slug, name: Text) -> Topic {
    Topic {
        slug,
        name,
        description: None,
        parent: None,
        children: Vec::new(),
        stories: Vec::new(),
        extra: Data::default(),
    }
}

fn find(topics: &[Topic], slug: &Slug) -> Option<TopicIx> {
    topics.binary_search_by(|topic| topic.slug.cmp(slug)).ok().map(|at| at as TopicIx)
}

/// Whether a topic is another one or stands below it.
fn is_below(topics: &[Topic], mut at: TopicIx, above: TopicIx) -> bool {
    loop {
        if at == above {
            return true;
        }
        match topics[at as usize].parent {
            Some(parent) => at = parent,
            None => return false,
        }
    }
}

/// The topics of a story, in its order, without repeats.
pub fn of(story: &Story, places: &HashMap<Text, TopicIx>) -> Box<[TopicIx]> {
    let mut list: Vec<TopicIx> = Vec::with_capacity(story.topics.len());
    for name in &story.topics {
        if let Some(&at) = places.get(&name.value)
            && !list.contains(&at)
        {
            list.push(at);
        }
    }
    list.into()
}

/// Gives every topic its stories; those of a topic below count for the one above too.
pub fn with_stories(mut topics: Vec<Topic>, entries: &[Entry], listed: &[StoryIx]) -> Vec<Topic> {
    for &at in listed {
        let mut seen: Vec<TopicIx> = Vec::new();
        for &topic in &entries[at as usize].topics {
            let mut next = Some(topic);
            while let Some(topic) = next.filter(|topic| !seen.contains(topic)) {
                seen.push(topic);
                topics[topic as usize].stories.push(at);
                next = topics[topic as usize].parent;
            }
        }
    }
    topics
}
