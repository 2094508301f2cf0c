//! What views are made from, gathered: the site, its words, and what repeats on many pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use super::words;
use crate::page;
use crate::page::card::Cards;
use crate::page::feeds::entry::Entries;
use crate::page::world::{Picture, Repeats, TopicLinks, World};
use crate::render::Renderer;
use crate::site::Site;

/// The world of a site.
pub fn of(
    site: Site,
    mut words: words::ByTag,
    assets: BTreeMap<String, String>,
    (pictures, renderer): (BTreeMap<String, Picture>, Arc<Renderer>),
    base: String,
) -> World {
    let own = words.remove(&site.config.lang);
    let own = own.unwrap_or_else(|| Arc::new(words::none(&site.config.lang, &site.rules.axes.list)));
    let mut world = World {
        cards: Cards::of(&site),
        entries: Entries::of(&site),
        repeats: Repeats::default(),
        chips: Vec::new(),
        levels: Vec::new(),
        topics: TopicLinks::of(&site, &base),
        others: words,
        site,
        own,
        assets,
        pictures,
        base,
        renderer,
    };
    world.chips = (0..world.site.registry.list.len() as u32).map(|at| chip(&world, at)).collect();
    world.levels = page::story::todays_levels(&world);
    world
}

#[derive(serde::Serialize)]
struct Chip {
    id: String,
    name: String,
    url: String,
    country: Option<String>,
    logo: Option<String>,
}

fn chip(world: &World, at: u32) -> Value {
    let outlet = world.site.registry.outlet(at);
    Value::from_serializable(&Chip {
        id: outlet.id.as_str().to_owned(),
        name: outlet.name.to_string(),
        url: world.href(&world.outlet_path(at)),
        country: outlet.country.as_deref().map(str::to_owned),
        logo: outlet.logo.as_deref().map(|path| world.href(path)),
    })
}
