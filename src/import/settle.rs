//! Ids of sources and what refers to them, as a table of others has them: what could not stand in
//! a story is left out, with a note.

use std::collections::{BTreeSet, HashMap};

use super::draft::Source;
use super::text::line;

/// Leaves out ids that are none or taken, and copies of nothing or in a circle.
pub fn settle(sources: &mut [Source], notes: &mut BTreeSet<String>) {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, source) in sources.iter_mut().enumerate() {
        let Some(id) = source.id.take().map(|id| line(&id)) else { continue };
        if is_id(&id) && !places.contains_key(&id) {
            places.insert(id.clone(), at);
            source.id = Some(id);
        } else {
            notes.insert(format!("the id `{id}` is taken or cannot be one, and was left out"));
        }
    }
    let originals: Vec<Option<usize>> = sources
        .iter()
        .map(|source| source.copy_of.as_deref().and_then(|id| places.get(&line(id)).copied()))
        .collect();
    let circles = in_circle(&originals);
    for (at, source) in sources.iter_mut().enumerate() {
        let Some(id) = source.copy_of.take().map(|id| line(&id)) else { continue };
        let note = match originals[at] {
            Some(_) if !circles[at] => {
                source.copy_of = Some(id);
                continue;
            }
            Some(_) => format!("a copy of `{id}` is copied by it in turn: it was left out"),
            None => format!("no source has the id `{id}`: the copy of it was left out"),
        };
        notes.insert(note);
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// For each source, whether it closes a circle of copies.
fn in_circle(originals: &[Option<usize>]) -> Vec<bool> {
    let mut walk = vec![0; originals.len()];
    let mut closes = vec![false; originals.len()];
    for start in 0..originals.len() {
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            let Some(next) = originals[at] else { break };
            if walk[next] == start + 1 {
                closes[at] = true;
                break;
            }
            at = next;
        }
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_stand_in_a_story_is_left_out() {
        let source = |id: &str, copy_of: &str| Source {
            id: (!id.is_empty()).then(|| id.to_owned()),
            copy_of: (!copy_of.is_empty()).then(|| copy_of.to_owned()),
            ..Source::default()
        };
        let mut sources = [
            source("a", "b"),
            source("b", "c"),
            source("c", "a"),
            source("a", "b"),
            source("x y", "calm"),
            source("d", "d"),
            source("e", " c"),
        ];
        let mut notes = BTreeSet::new();
        settle(&mut sources, &mut notes);
        let ids: Vec<_> = sources.iter().map(|source| source.id.as_deref().unwrap_or("")).collect();
        let copies: Vec<_> = sources.iter().map(|source| source.copy_of.as_deref().unwrap_or("")).collect();
        assert_eq!(ids, ["a", "b", "c", "", "", "d", "e"]);
        assert_eq!(copies, ["b", "c", "", "b", "", "", "c"]);
        assert_eq!(notes.len(), 5, "{notes:?}");
    }
}
