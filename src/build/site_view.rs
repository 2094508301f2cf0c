//! `site` of templates: what every page can show of the site.

use tera::Value;

use super::relative;
use crate::content::data::Data;
use crate::page;
use crate::page::world::World;
use crate::theme;

#[derive(serde::Serialize)]
struct SiteView<'v> {
    title: &'v str,
    description: &'v str,
    url: String,
    permalink: String,
    lang: &'v str,
    nav: Vec<NavLink>,
    pages: Value,
    generator: String,
    license: Option<&'v str>,
    options: Value,
    extra: Value,
    search: bool,
    search_url: Option<String>,
    pagefind_url: Option<String>,
    topics_url: String,
    outlets_url: Option<String>,
    blindspots_url: String,
    editions_url: Option<String>,
    archive_url: Option<String>,
    methodology_url: String,
    data_url: String,
    atom_url: Option<String>,
    rss_url: Option<String>,
    json_url: Option<String>,
}

#[derive(serde::Serialize)]
struct NavLink {
    name: String,
    url: String,
    current: bool,
}

/// `site` of templates: once for each entry of the navigation being current, then for none.
pub fn values(world: &World, options: &theme::Options) -> Vec<Value> {
    let options = option_values(world, options);
    let config = &world.site.config;
    let feed = |file: &str| {
        let has_feeds = config.feeds(crate::content::config::FeedOutput::Site);
        has_feeds.then(|| world.href(file))
    };
    let pages = Value::from_serializable(&page::doc::below(world, None));
    let value = |current: usize| {
        let nav = config.nav.iter().enumerate().map(|(at, (name, url))| NavLink {
            name: name.clone(),
            url: world.link(url).into_owned(),
            current: at == current,
        });
        Value::from_serializable(&SiteView {
            title: &config.title,
            description: &config.description,
            url: world.href("/"),
            permalink: world.permalink("/"),
            lang: &config.lang,
            nav: nav.collect(),
            pages: pages.clone(),
            generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            license: config.license.as_deref(),
            options: options.clone(),
            extra: Value::from_serializable(&config.extra),
            search: config.search,
            search_url: config.search.then(|| world.href(page::search::PATH)),
            pagefind_url: config.search.then(|| pagefind_url(world)),
            topics_url: world.href("/topics/"),
            outlets_url: config.outlets.then(|| world.href("/outlets/")),
            blindspots_url: world.href("/blindspots/"),
            editions_url: (!world.site.editions().is_empty()).then(|| world.href("/editions/")),
            archive_url: config.archive.then(|| world.href("/archive/")),
            methodology_url: world.href("/methodology/"),
            data_url: world.href("/data/"),
            atom_url: feed("/atom.xml"),
            rss_url: feed("/rss.xml"),
            json_url: feed("/feed.json"),
        })
    };
    (0..=config.nav.len()).map(value).collect()
}

/// `site.options`; a picture is its href there.
fn option_values(world: &World, options: &theme::Options) -> Value {
    let Data::Table(entries) = &options.values else {
        return Value::none();
    };
    let value = |(name, data): &(Box<str>, Data)| match data {
        Data::Text(path) if !path.is_empty() && options.images.iter().any(|image| **image == **name) => {
            (name.clone(), Data::Text(world.href(path).into()))
        }
        _ => (name.clone(), data.clone()),
    };
    Value::from_serializable(&Data::Table(entries.iter().map(value).collect()))
}

/// Where the index of the search stands; its program, where folders lead to their index.html.
fn pagefind_url(world: &World) -> String {
    let file = if world.base == relative::ROOT { "pagefind.js" } else { "" };
    world.href(&format!("/{}{file}", page::search::FOLDER))
}
