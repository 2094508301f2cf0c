//! `/outlets.opml`: the feeds of the outlets themselves, for a feed reader.

use std::io;

use super::xml::{Xml, document, empty, field, line};
use crate::content::outlet::Outlet;
use crate::page::world::World;

/// Where the list stands.
pub const PATH: &str = "/outlets.opml";

/// Whether an outlet of the site has a feed.
pub fn has_any(world: &World) -> bool {
    with_feed(world).next().is_some()
}

fn with_feed(world: &World) -> impl Iterator<Item = (&Outlet, &str)> {
    world.site.registry.list.iter().filter_map(|outlet| Some((outlet, outlet.feed.as_deref()?)))
}

/// The bytes of the list, OPML 2.0.
pub fn bytes(world: &World) -> Vec<u8> {
    document(|xml| {
        let root = xml.create_element("opml").with_attribute(("version", "2.0"));
        root.write_inner_content(|xml| {
            let title = format!("{} · {}", world.own.text("outlets"), world.site.config.title);
            xml.create_element("head").write_inner_content(|xml| field(xml, "title", &title))?;
            xml.create_element("body").write_inner_content(|xml| outlines(xml, world))?;
            Ok(())
        })
        .map(|_| ())
    })
}

fn outlines(xml: &mut Xml, world: &World) -> io::Result<()> {
    with_feed(world).try_for_each(|(outlet, feed)| {
        let name = line(&outlet.name).unwrap_or_else(|| outlet.id.as_str().to_owned());
        let mut attributes = vec![("type", "rss"), ("text", &*name), ("title", &*name), ("xmlUrl", feed)];
        attributes.extend(outlet.url.as_deref().map(|url| ("htmlUrl", url)));
        empty(xml, "outline", &attributes)
    })
}
