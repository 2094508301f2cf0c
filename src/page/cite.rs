//! Citations, links and images of one page's Markdown.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::world::{Words, World};
use crate::content::story::{SourceIx, Story};
use crate::coverage::{Coverage, Publisher};
use crate::markdown::{Context, escaped};

/// A numbered link to a source's card.
#[derive(Debug, Clone, Serialize)]
pub struct Cite {
    n: u32,
    href: String,
    title: String,
}

/// What the Markdown of a page refers to.
pub struct Prose<'p> {
    world: &'p World,
    words: &'p Words,
    story: Option<(&'p Story, &'p Coverage)>,
    ids: HashMap<&'p str, SourceIx>,
    folder: String,
    path: &'p str,
    base: String,
}

impl<'p> Prose<'p> {
    /// The prose of a story.
    pub fn of_story(
        world: &'p World,
        words: &'p Words,
        story: &'p Story,
        coverage: &'p Coverage,
        url: &'p str,
    ) -> Prose<'p> {
        let ids = story.sources.iter().enumerate().map(|(at, source)| (source.id(), at as SourceIx));
        Prose {
            world,
            words,
            ids: ids.collect(),
            story: Some((story, coverage)),
            folder: folder(&story.path),
            path: url,
            base: String::new(),
        }
    }

    /// The same prose on another page: links to sources lead to this address of the story.
    pub fn seen_from_elsewhere(self, base: &str) -> Prose<'p> {
        Prose { base: base.to_owned(), ..self }
    }

    /// The prose of a page that has no sources.
    pub fn of_page(world: &'p World, words: &'p Words, source: &str, url: &'p str) -> Prose<'p> {
        Prose {
            world,
            words,
            ids: HashMap::new(),
            story: None,
            folder: folder(source),
            path: url,
            base: String::new(),
        }
    }

    /// Numbered links to sources.
    pub fn cites(&self, sources: &[SourceIx]) -> Vec<Cite> {
        sources.iter().map(|&at| self.cite_of(at)).collect()
    }

    /// Numbered links to the sources that a text does not cite itself.
    pub fn cites_beside(&self, text: &str, sources: &[SourceIx]) -> Vec<Cite> {
        let inside = crate::markdown::citations(text);
        let inside: Vec<SourceIx> = inside.iter().filter_map(|id| self.ids.get(&**id).copied()).collect();
        let beside = sources.iter().filter(|at| !inside.contains(at));
        beside.map(|&at| self.cite_of(at)).collect()
    }

    fn cite_of(&self, at: SourceIx) -> Cite {
        let (href, title) = match self.story {
            Some((story, coverage)) => {
                let source = &story.sources[at as usize];
                let name = publisher_name(self.world, self.words, &coverage.sources[at as usize].publisher);
                (format!("{}#source-{}", self.base, source.id()), name.to_owned())
            }
            None => (String::new(), String::new()),
        };
        Cite { n: at + 1, href, title }
    }

    /// A plain text as the language prints it.
    pub fn typeset(&self, text: &str) -> String {
        self.words.language.locale.typeset(text)
    }

    /// Inline Markdown as HTML.
    pub fn inline(&self, text: &str) -> super::world::Html {
        super::world::Html(crate::markdown::inline(text, self))
    }

    /// The path in the site of an image that a text names.
    pub fn image_path(&self, src: &str) -> Option<String> {
        match src.strip_prefix('/') {
            Some(rooted) => Some(format!("static/{rooted}")),
            None => join(&self.folder, src),
        }
    }
}

/// What readers see for whoever published a source.
pub fn publisher_name<'n>(world: &'n World, words: &'n Words, publisher: &'n Publisher) -> &'n str {
    match publisher {
        Publisher::Known(outlet) => &world.site.registry.outlet(*outlet).name,
        Publisher::Host(host) => host,
        Publisher::Unnamed(_) => words.text("gen_unnamed_outlet"),
    }
}

fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned())
}

/// Joins a folder and a relative path; `None` if it leads out of the site.
fn join(folder: &str, src: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in src.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl Context for Prose<'_> {
    fn cite(&self, ids: &[&str]) -> Option<String> {
        let mut html = String::new();
        for id in ids {
            let cite = self.cite_of(*self.ids.get(id)?);
            html.push_str(&format!(
                "<a class=\"c\" href=\"{}\" title=\"{}\">{}</a>",
                escaped(&cite.href),
                escaped(&cite.title),
                cite.n
            ));
        }
        Some(html)
    }

    fn link<'u>(&self, url: &'u str) -> Cow<'u, str> {
        self.world.link(url)
    }

    fn image(&self, src: &str, alt: &str, title: &str) -> Option<String> {
        let picture = self.world.pictures.get(&self.image_path(src)?)?;
        let mut html = format!("<img src=\"{}\"", escaped(&self.world.href(&picture.url)));
        if let Some((width, height)) = picture.size {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if let Some(srcset) = srcset(self.world, picture) {
            html.push_str(&format!(
                " srcset=\"{}\" sizes=\"(min-width: 66rem) 42rem, 100vw\"",
                escaped(&srcset)
            ));
        }
        html.push_str(&format!(" alt=\"{}\" loading=\"lazy\" decoding=\"async\"", escaped(alt)));
        if !title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escaped(title)));
        }
        html.push('>');
        Some(html)
    }

    fn alert(&self, kind: &str) -> String {
        let key = format!("alert_{kind}");
        let text = self.words.language.texts.find(&key);
        text.map_or_else(|| kind.to_owned(), |entry| entry.form(None, &self.words.language.locale).to_owned())
    }

    fn quotes(&self) -> [&str; 4] {
        let [a, b, c, d] = &self.words.language.locale.quotes;
        [a, b, c, d]
    }

    fn unsafe_html(&self) -> bool {
        self.world.site.config.unsafe_html
    }
}

/// The `srcset` of a picture that has smaller versions: those, then itself.
pub fn srcset(world: &World, picture: &super::world::Picture) -> Option<String> {
    let (own, _) = picture.size.filter(|_| !picture.smaller.is_empty())?;
    let smaller = picture.smaller.iter().map(|(url, width)| (url, *width));
    let versions = smaller.chain([(&picture.url, own)]);
    // A comma or space in an address would end it.
    let candidate =
        |(url, width): (&String, u32)| format!("{} {width}w", world.href(url).replace(',', "%2C"));
    Some(versions.map(candidate).collect::<Vec<_>>().join(", "))
}

impl Prose<'_> {
    /// The URL path of the page that the prose stands on.
    pub fn url(&self) -> &str {
        self.path
    }
}
