//! What is the same wherever its arguments are the same: made, and rendered, when it is first shown.

use std::sync::OnceLock;

use tera::Value;

use super::{Words, World};
use crate::coverage::OutletIx;
use crate::diag::Diag;
use crate::page::numbers::axis::Parts;
use crate::site::reads::Repeated;

/// What stands on many pages.
pub struct Repeats {
    /// Parts of the rows of distributions.
    pub parts: Parts,
    /// Texts with a number in them.
    counted: Repeated<(LangIx, &'static str, u32), Value>,
    /// An outlet with its group.
    bylines: Repeated<(LangIx, OutletIx, Option<usize>), Option<Value>>,
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
            let html = self.renderer.component("widgets.byline", arguments, [("ui", words.ui.clone())], on);
            match html {
                Ok(html) => Some(Value::safe_string(&html)),
                Err(diag) => {
                    let _ = self.repeats.trouble.set(diag);
                    None
                }
            }
        })
    }
}
