//! Translations: families of stories that tell the same in several languages, by `translations` and by
//! file name (`iss.md` and `iss.de.md`). Who is in a family with one is in it with all, so that every
//! page names the same others, as search engines want it.

use std::collections::BTreeMap;

use super::{CountedStory, StoryIx};
use crate::content::story::name_of;
use crate::diag::{Code, Diag};

/// The others of every story's family. `named` holds what each names itself.
pub fn families(
    stories: &[CountedStory],
    named: &[Vec<StoryIx>],
    site_lang: &str,
    diags: &mut Vec<Diag>,
) -> Vec<Box<[StoryIx]>> {
    let mut others = vec![Box::default(); stories.len()];
    let has_suffix = |(story, _): &CountedStory| name_of(&story.path).lang.is_some();
    if named.iter().all(Vec::is_empty) && !stories.iter().any(has_suffix) {
        return others;
    }
    let mut heads: Vec<StoryIx> = (0..stories.len() as StoryIx).collect();
    for (at, list) in named.iter().enumerate() {
        list.iter().for_each(|&other| join(&mut heads, at as StoryIx, other));
    }
    for members in same_name(stories).into_values() {
        members.windows(2).for_each(|pair| join(&mut heads, pair[0], pair[1]));
    }
    let mut families: BTreeMap<StoryIx, Vec<StoryIx>> = BTreeMap::new();
    for at in 0..stories.len() as StoryIx {
        families.entry(head(&heads, at)).or_default().push(at);
    }
    for members in families.into_values().filter(|members| members.len() > 1) {
        same_language(stories, &members, site_lang, diags);
        for &at in &members {
            others[at as usize] = members.iter().copied().filter(|&other| other != at).collect();
        }
    }
    others
}

fn head(heads: &[StoryIx], mut at: StoryIx) -> StoryIx {
    while heads[at as usize] != at {
        at = heads[at as usize];
    }
    at
}

fn join(heads: &mut [StoryIx], a: StoryIx, b: StoryIx) {
    let (a, b) = (head(heads, a), head(heads, b));
    heads[a.max(b) as usize] = a.min(b);
}

/// Stories of one name, where at least one of them names its language.
fn same_name(stories: &[CountedStory]) -> BTreeMap<String, Vec<StoryIx>> {
    let mut families: BTreeMap<String, (bool, Vec<StoryIx>)> = BTreeMap::new();
    for (at, (story, _)) in stories.iter().enumerate() {
        let path = &story.path;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = name_of(path);
        let stem = name.date.map_or_else(|| name.stem.to_owned(), |date| format!("{date}-{}", name.stem));
        let family = families.entry(format!("{folder}/{stem}")).or_default();
        family.0 |= name.lang.is_some();
        family.1.push(at as StoryIx);
    }
    families.retain(|_, (has_lang, _)| *has_lang);
    families.into_iter().map(|(name, (_, members))| (name, members)).collect()
}

/// Two of one language are no translations of each other.
fn same_language(stories: &[CountedStory], members: &[StoryIx], site_lang: &str, diags: &mut Vec<Diag>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for &at in members {
        let story = &stories[at as usize].0;
        let lang = story.lang.as_deref().unwrap_or(site_lang);
        if let Some(other) = seen.insert(lang, &story.path) {
            let message =
                format!("this story and {other} are translations of each other, but both are in `{lang}`");
            let help = "set `lang`, or take one of them out of `translations`";
            let span = story.translations.first().map(|named| named.span).unwrap_or_default();
            diags.push(Diag::warning(Code::BadValue, &story.path, message).at(span).help(help));
        }
    }
}
