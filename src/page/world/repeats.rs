//! What is the same wherever its arguments are the same: made, and rendered, when it is first shown.

use std::sync::OnceLock;

use serde::Serialize;
use tera::Value;

use super::{Words, World};
use crate::coverage::OutletIx;
use crate::diag::Diag;
use crate::page::numbers::axis::Parts;
use crate::site::reads::{Recent, Repeated};

/// What stands on many pages.
pub struct Repeats {
    /// Parts of the rows of distributions.
    pub parts: Parts,
    /// Texts with a number in them.
    counted: Repeated<(LangIx, &'static str, u32), Value>,
    /// An outlet with its group.
    bylines: Repeated<(LangIx, OutletIx, Option<usize>), Option<Value>>,
    /// Views of stories as their embed pages show them.
    pub elsewhere: Recent<Value>,
    /// The feeds of the whole site.
    pub feeds: OnceLock<Vec<Value>>,
    /// What frames pages: by their kind, and by the entry of the menu that leads to them.
    frames: Repeated<(LangIx, &'static str, usize), Value>,
    /// The way from widgets to the data of their story, by the addresses that it has.
    links: Repeated<(LangIx, [Option<String>; 2]), Option<Value>>,
    /// Why one of these could not be rendered.
    trouble: OnceLock<Box<Diag>>,
}

/// A language of the site: 0 is its own.
pub type LangIx = usize;

impl Default for Repeats {
    fn default() -> Self {
        Repeats {
            parts: Parts::default(),
            counted: Repeated::with_room(4096),
            bylines: Repeated::with_room(8192),
            elsewhere: Recent::default(),
            feeds: OnceLock::new(),
            frames: Repeated::with_room(1024),
            links: Repeated::with_room(256),
            trouble: OnceLock::new(),
        }
    }
}

impl Repeats {
    /// Why something that stands on many pages could not be rendered, if it could not.
    pub fn trouble(&self) -> Option<Box<Diag>> {
        self.trouble.get().cloned()
    }
}

impl World {
    /// Which of the site's languages these words are of.
    pub fn lang_ix(&self, words: &Words) -> LangIx {
        if std::ptr::eq(words, &*self.own) {
            return 0;
        }
        1 + self.others.values().take_while(|other| !std::ptr::eq(&***other, words)).count()
    }

    /// A text of the interface with a number in it: `11 rated outlets`.
    pub fn counted(&self, words: &Words, key: &'static str, n: u32) -> Value {
        let make = |&(_, key, n): &_| {
            let n: u32 = n;
            Value::normal_string(&words.language.fill(key, Some(n.into()), &[]))
        };
        self.repeats.counted.get((self.lang_ix(words), key, n), make)
    }

    /// An outlet of the site with its group of the main axis, as the component `widgets.byline` makes it.
    /// There is none where that fails; see [`Repeats::trouble`].
    pub fn byline(&self, words: &Words, outlet: OutletIx, group: Option<usize>) -> Option<Value> {
        self.repeats.bylines.get((self.lang_ix(words), outlet, group), |&(_, outlet, group)| {
            let group = match (self.site.rules.axes.main.map(|main| &words.named[main]), group) {
                (Some(names), Some(group)) => names.groups[group].all.clone(),
                (Some(names), None) => names.unrated.clone(),
                (None, _) => Value::none(),
            };
            let arguments = [("outlet", self.chips[outlet as usize].clone()), ("group", group)];
            let on = "every page that lists an article";
            self.rendered("widgets.byline", arguments, [("ui", words.ui.clone())], on)
        })
    }

    /// What frames every page of a kind: top, foot and help. `site` is that of templates where this entry of the menu
    /// is `current`. What fails is left out, so that a page which shows it fails too; see [`Repeats::trouble`].
    pub fn frame(&self, words: &Words, kind: &'static str, (current, site): (usize, &Value)) -> Value {
        self.repeats.frames.get((self.lang_ix(words), kind, current), |&(_, kind, _)| {
            let implicits = || [("ui", words.ui.clone()), ("site", site.clone())];
            let of_kind = |name| self.rendered(name, [("kind", Value::from(kind))], implicits(), EVERY);
            Value::from_serializable(&Frame {
                masthead: of_kind("widgets.masthead"),
                foot: of_kind("widgets.foot"),
                help: self.rendered("widgets.help", [], implicits(), EVERY),
            })
        })
    }

    /// The way from a widget to the data of its story, as the component `widgets.links` makes it.
    pub fn data_links(&self, words: &Words, addresses: [Option<String>; 2]) -> Option<Value> {
        self.repeats.links.get((self.lang_ix(words), addresses), |(_, addresses)| {
            let [json, csv] = addresses.each_ref().map(Value::from_serializable);
            let methodology = Value::from_serializable(&self.href("/methodology/"));
            let arguments = [("json", json), ("csv", csv), ("methodology", methodology)];
            self.rendered("widgets.links", arguments, [("ui", words.ui.clone())], "every page of a story")
        })
    }

    /// A component as HTML.
    fn rendered<const A: usize, const I: usize>(
        &self,
        name: &'static str,
        arguments: [(&'static str, Value); A],
        implicits: [(&'static str, Value); I],
        on: &str,
    ) -> Option<Value> {
        match self.renderer.component(name, arguments, implicits, on) {
            Ok(html) => Some(Value::safe_string(&html)),
            Err(diag) => {
                let _ = self.repeats.trouble.set(diag);
                None
            }
        }
    }
}

/// Where a component stands that every page has, for messages.
const EVERY: &str = "every page";

/// What frames a page.
#[derive(Serialize)]
struct Frame {
    #[serde(skip_serializing_if = "Option::is_none")]
    masthead: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foot: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Value>,
}
