use std::collections::BTreeMap;
use std::sync::Mutex;

use super::*;
use crate::content::story;
use crate::diag::Diag;

/// A story with a value in every field that there is.
const FULL: &str = r#"+++
title = "T"
slug = "s"
id = "i"
date = 2025-07-31T10:00:00.5+02:00
updated = 2025-08-01
lang = "de"
draft = true
expires = 2030-01-01T00:00:00
weight = -3
aliases = ["/old/"]
authors = ["A"]
image = { src = "a.png", alt = "", caption = "C", credit = "D" }
place = "P"
summary = "S [@a]."
topics = ["X", "Y"]
related = ["r"]
translations = ["t"]
follows = "f"
disclosure = "By hand."
withdrawn = "Wrong."
points = ["One [@a].", { text = "Two", cites = ["a"], denied_by = ["b"] }]
perspectives = [{ side = "left", text = "P", cites = ["a"] }, { name = "N", text = "Q" }]
timeline = [{ date = 2025-07-30, text = "E", cites = ["a"] }]
quotes = [{ text = "Q", speaker = "S", role = "R", cites = ["b"] }]
sections = [{ title = "B", text = "T" }, { title = "I", items = ["1", "2"] }]
questions = [{ question = "Why?", answer = "So.", cites = ["a"] }]
revisions = [{ date = 2025-08-01, note = "N", kind = "correction" }, { date = 2025-08-02, note = "M" }]
[[sources]]
id = "a"
outlet = "o"
url = "https://a.example/"
title = "H"
excerpt = "E"
published = 2025-07-30T23:00:00
author = "B"
lang = "fr"
paywall = true
archive = { url = "https://archive.example/", date = 2025-07-31 }
[[sources]]
id = "b"
copy_of = "a"
wire = "w"
[reported]
by = "G"
url = "https://g.example/"
date = 2025-07-31
articles = 7
[reported.axes.bias]
left = 30
right = 70
[lint]
stray = "allow"
[extra]
text = "x"
number = 1
share = 0.5
yes = true
list = [1, [2]]
table = { a = { b = "c" } }
+++

Body ä.
"#;

const PATH: &str = "content/stories/s.md";

fn kept(text: &str, stamp: u64) -> KeptStory {
    let (story, diags) = story::parse(PATH, text.as_bytes());
    let stamp = Stamp { size: stamp, mtime: -1, ctime: i128::MAX, inode: 9 };
    Kept {
        value: story.map(Arc::new),
        diags: diags.into_iter().map(|diag| Diag { text: None, ..diag }).collect(),
        stamp,
        digest: 3,
        is_settled: true,
    }
}

fn shown(Kept { value, diags, stamp, digest, is_settled }: &KeptStory) -> String {
    format!("{value:?} {diags:?} {stamp:?} {digest} {is_settled}")
}

#[test]
fn a_story_with_every_field_and_one_that_is_none_come_back_as_they_were() {
    let full = kept(FULL, 1);
    assert!(full.value.is_some() && full.diags.is_empty(), "{:?}", full.diags);
    let none = kept("+++\ntitel = \"T\"\n+++\n", 2);
    assert!(none.value.is_none() && none.diags.len() > 1);
    let bytes = encode(7, &[(PATH, &full), (PATH, &none)]);
    let back = decode(7, &bytes).unwrap();
    let [(path, first), (_, second)] = &back[..] else { panic!("{} stories", back.len()) };
    assert_eq!((&**path, shown(first)), (PATH, shown(&full)));
    assert_eq!(shown(second), shown(&none));
}

#[test]
fn a_damaged_shard_and_one_of_another_program_are_none() {
    let bytes = encode(7, &[(PATH, &kept(FULL, 1))]);
    assert!(decode(7, &bytes).is_some() && decode(8, &bytes).is_none());
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(decode(7, &damaged).is_none() && decode(7, &bytes[..at]).is_none(), "{at}");
    }
}

#[test]
fn nothing_panics_where_the_checksum_is_right_and_the_rest_is_not() {
    let bytes = encode(7, &[(PATH, &kept(FULL, 1))]);
    let body = &bytes[..bytes.len() - 16];
    for at in 16..body.len() {
        for change in [1, 0x80, 0xFF] {
            let mut damaged = body.to_vec();
            damaged[at] ^= change;
            digest::of(&damaged).keep(&mut damaged);
            let _ = decode(7, &damaged);
        }
    }
}

#[test]
fn a_shard_is_written_when_it_holds_something_else_and_only_then() {
    let disk: Mutex<BTreeMap<usize, Vec<u8>>> = Mutex::default();
    let recalled = || {
        let mut memo = Memo::default();
        memo.recall_stories(7, |at, buffer| {
            disk.lock().unwrap().get(&at).map(|bytes| buffer.extend_from_slice(bytes))
        });
        memo
    };
    let writes = |memo: &Memo| {
        let count = Mutex::new(0);
        memo.keep_stories(7, |at, bytes| {
            disk.lock().unwrap().insert(at, bytes.to_vec());
            *count.lock().unwrap() += 1;
        });
        count.into_inner().unwrap()
    };
    let mut memo = recalled();
    for path in ["a", "b", "c"] {
        memo.stories.0.insert(path.into(), kept(FULL, 1));
    }
    assert!((1..=3).contains(&writes(&memo)));
    let mut memo = recalled();
    assert_eq!((memo.stories.0.len(), writes(&memo)), (3, 0));
    memo.stories.0.insert("b".into(), kept(FULL, 2));
    assert_eq!(writes(&memo), 1);
    let mut memo = recalled();
    assert_eq!((memo.stories.0["b"].stamp.size, writes(&memo)), (2, 0));
    memo.stories.0.remove("b");
    assert_eq!(writes(&memo), 1);
    let mut memo = recalled();
    assert_eq!(memo.stories.0.len(), 2);
    memo.stories.0.insert("a".into(), Kept { is_settled: false, ..kept(FULL, 3) });
    writes(&memo);
    assert_eq!(recalled().stories.0.len(), 1, "what may have changed is not kept");
}
