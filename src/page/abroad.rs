//! Markdown that leaves the site (feeds, mail): every address absolute, no citations, because the
//! cards that they lead to stay at home.

use std::borrow::Cow;

use url::Url;

use super::cite::Prose;
use super::world::{Words, World};
use crate::markdown::{self, Context, escaped};

/// The Markdown of one file, for readers elsewhere.
pub struct Abroad<'a> {
    world: &'a World,
    prose: Prose<'a>,
    path: &'a str,
    /// Pixels that a picture may be wide.
    widest: Option<u32>,
}

impl<'a> Abroad<'a> {
    /// Texts of the file `source` whose page stands at `path`.
    pub fn new(world: &'a World, words: &'a Words, source: &str, path: &'a str) -> Abroad<'a> {
        Abroad { world, prose: Prose::of_page(world, words, source, path), path, widest: None }
    }

    /// The same for a mail, whose pictures say how wide they are: Outlook knows no `max-width` and
    /// would show them as wide as their file.
    pub fn within(self, pixels: u32) -> Abroad<'a> {
        Abroad { widest: Some(pixels), ..self }
    }

    /// Inline Markdown as HTML, without its citations.
    pub fn inline(&self, text: &str) -> String {
        markdown::inline(&markdown::without_citations(text), self)
    }

    /// Markdown as HTML, headings from level `top`.
    pub fn block(&self, text: &str, top: u8) -> String {
        markdown::block(text, "", top, self).html
    }

    /// Markdown as plain text, every link with its address.
    pub fn readable(&self, text: &str) -> String {
        markdown::readable(&markdown::without_citations(text), |url| Cow::Owned(self.link(url).into_owned()))
    }
}

impl Context for Abroad<'_> {
    fn cite(&self, _: &[&str]) -> Option<String> {
        Some(String::new())
    }

    fn link<'u>(&self, url: &'u str) -> Cow<'u, str> {
        if let Some(inner) = url.strip_prefix('/') {
            return Cow::Owned(format!("{}{inner}", self.world.site.config.base_url));
        }
        let page = Url::parse(&self.world.permalink(self.path));
        match page.ok().and_then(|page| page.join(url).ok()) {
            Some(joined) => Cow::Owned(joined.into()),
            None => Cow::Borrowed(url),
        }
    }

    fn image(&self, src: &str, alt: &str, _: &str) -> Option<String> {
        let picture = self.world.pictures.get(&self.prose.image_path(src)?)?;
        let url = self.world.permalink(&picture.url);
        let shown = self.widest.map(|widest| picture.size.map_or(widest, |(width, _)| width.min(widest)));
        let width = shown.map(|width| format!(" width=\"{width}\"")).unwrap_or_default();
        Some(format!("<img src=\"{}\" alt=\"{}\"{width}>", escaped(&url), escaped(alt)))
    }

    fn alert(&self, kind: &str) -> String {
        self.prose.alert(kind)
    }

    fn quotes(&self) -> [&str; 4] {
        self.prose.quotes()
    }

    fn unsafe_html(&self) -> bool {
        false
    }
}
