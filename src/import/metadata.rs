//! What a page says of itself: JSON-LD, then OpenGraph, then `<meta>`, then the title.
//!
//! In: HTML and its address. Out: [`Metadata`], plain texts. Broken JSON-LD is read as far as it
//! can be.

use url::Url;

use super::text::{date, lang_tag, lead, line};
use super::{json_ld, web};
use crate::html::{self, Piece};
use crate::link::{host, normal_host};

/// Characters of an excerpt.
const EXCERPT: usize = 320;

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The address to cite.
    pub url: String,
    /// Another site that the page names as the original.
    pub original: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The name of the outlet.
    pub outlet: Option<String>,
    /// A date as TOML writes it.
    pub published: Option<String>,
    /// The lead.
    pub excerpt: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// BCP 47 tag.
    pub lang: Option<String>,
    /// Behind a paywall.
    pub paywall: Option<bool>,
}

/// Reads a page that was found at `url`.
pub fn read(html: &str, url: &str) -> Metadata {
    let page = Page::read(html);
    let article = json_ld::article(&page.scripts());
    let json = |key: &str| article.as_ref().and_then(|article| json_ld::text(&article[key]));
    let (url, original) = page.canonical(url);
    let title = json("headline")
        .or_else(|| page.meta(&["og:title", "twitter:title"]))
        .or_else(|| json("name"))
        .or_else(|| page.text("title"))
        .or_else(|| page.text("h1"));
    let published = json("datePublished")
        .and_then(|text| date(&text))
        .or_else(|| page.meta_date())
        .or_else(|| page.attribute("time", "datetime").and_then(|text| date(&text)));
    let excerpt = json("description")
        .or_else(|| page.meta(&["og:description", "description", "twitter:description", "dc.description"]));
    let publisher = article.as_ref().and_then(|article| json_ld::text(&article["publisher"]));
    let lang = json("inLanguage").or_else(|| page.attribute("html", "lang"));
    let lang = lang.or_else(|| page.meta(&["og:locale", "content-language"]));
    Metadata {
        url,
        original,
        title: title.map(|text| lead(&text, EXCERPT)),
        outlet: page.meta(&["og:site_name", "application-name"]).or(publisher).map(|name| lead(&name, 80)),
        published,
        excerpt: excerpt.map(|text| lead(&text, EXCERPT)),
        author: article
            .as_ref()
            .and_then(|article| json_ld::names(&article["author"]))
            .or_else(|| page.meta(&["author", "article:author", "dc.creator"]))
            .filter(|name| !name.contains("://"))
            .map(|name| lead(&name, 120)),
        lang: lang.and_then(|tag| lang_tag(&tag)),
        paywall: article.as_ref().and_then(|article| json_ld::is_paid(&article["isAccessibleForFree"])),
    }
}

/// The elements of a page that say something of it.
const TELLING: [&str; 7] = ["html", "title", "meta", "link", "script", "h1", "time"];
/// Those of them that say it by their text.
const WORDED: [&str; 3] = ["title", "script", "h1"];

#[derive(Debug, Default)]
struct Page {
    elements: Vec<Element>,
}

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        // Of two with one name, the first counts.
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    fn read(text: &str) -> Page {
        let mut elements: Vec<Element> = Vec::new();
        // Where the elements are whose text goes on: at most one of each name.
        let mut open: Vec<usize> = Vec::new();
        let mut is_telling = false;
        html::read(text.as_bytes(), &mut |piece| match piece {
            Piece::Start(name) => {
                is_telling = TELLING.contains(&name);
                if is_telling {
                    if WORDED.contains(&name) {
                        open.retain(|&at| elements[at].name != name);
                        open.push(elements.len());
                    }
                    elements.push(Element { name: name.to_owned(), ..Element::default() });
                }
            }
            Piece::Attribute(name, value) => {
                if let Some(element) = elements.last_mut().filter(|_| is_telling) {
                    element.attributes.push((name.to_owned(), value.to_owned()));
                }
            }
            Piece::Text(text) => open.iter().for_each(|&at| elements[at].text.push_str(text)),
            Piece::End(name) => open.retain(|&at| elements[at].name != name),
        });
        Page { elements }
    }

    fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// An attribute of the first such element that has it.
    fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        filled(self.all(name).find_map(|element| element.attribute(attribute))?)
    }

    fn text(&self, name: &str) -> Option<String> {
        filled(&self.all(name).next()?.text)
    }

    /// The content of the first `<meta>` with one of these names or properties, in this order.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let named = self.all("meta").filter(|meta| {
                ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .any(|key| meta.attribute(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
            });
            named.filter_map(|meta| filled(meta.attribute("content")?)).next()
        })
    }

    fn meta_date(&self) -> Option<String> {
        let names = [
            "article:published_time",
            "og:article:published_time",
            "datePublished",
            "parsely-pub-date",
            "dc.date.issued",
            "dcterms.date",
            "dc.date",
            "date",
            "pubdate",
        ];
        names.iter().find_map(|name| date(&self.meta(&[name])?))
    }

    fn scripts(&self) -> Vec<String> {
        let is_json_ld = |script: &&Element| {
            script.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
        };
        self.all("script").filter(is_json_ld).map(|script| script.text.clone()).collect()
    }

    /// The address to cite, and the original where the page says that it stands elsewhere.
    fn canonical(&self, url: &str) -> (String, Option<String>) {
        let is_canonical = |link: &Element| {
            let mut roles = link.attribute("rel").unwrap_or_default().split_ascii_whitespace();
            roles.any(|role| role.eq_ignore_ascii_case("canonical"))
        };
        let mut canonical = self.all("link").filter(|link| is_canonical(link));
        let named = canonical
            .find_map(|link| link.attribute("href"))
            .and_then(filled)
            .or_else(|| self.meta(&["og:url"]))
            .and_then(|href| Url::parse(url).ok()?.join(&href).ok())
            .filter(|named| matches!(named.scheme(), "http" | "https"))
            .map(|named| web::clean(named.as_str()));
        let own = web::clean(url);
        match named {
            // A home page named on every page is a mistake of the site, not an address.
            Some(named) if is_home(&named) && !is_home(&own) => (own, None),
            Some(named) if same_site(&named, &own) => (named, None),
            Some(named) => (own, Some(named)),
            None => (own, None),
        }
    }
}

fn is_home(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.path() == "/" && url.query().is_none())
}

/// Whether one host is the other or stands below it.
fn same_site(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (host(a).map(normal_host), host(b).map(normal_host)) else { return false };
    let below = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'));
    a == b || below(&a, &b) || below(&b, &a)
}

fn filled(text: &str) -> Option<String> {
    let text = line(text);
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_anything_gives_its_address() {
        let found = read("<p>Hello", "https://a.example/x?utm_source=y#z");
        assert_eq!(found, Metadata { url: "https://a.example/x".to_owned(), ..Metadata::default() });
    }

    #[test]
    fn opengraph_and_meta_stand_in_for_json_ld() {
        let html = r#"<html lang="de"><meta property="og:title" content="T"><meta name="description" content="D &amp; E">
            <meta property="article:published_time" content="2025-07-31T10:00:00+02:00">
            <meta property="og:site_name" content="S"><link rel="canonical" href="/c"><title>No</title>"#;
        let found = read(html, "https://www.a.example/x");
        assert_eq!(found.title.as_deref(), Some("T"));
        assert_eq!(found.excerpt.as_deref(), Some("D & E"));
        assert_eq!(found.published.as_deref(), Some("2025-07-31T08:00:00Z"));
        assert_eq!((found.url.as_str(), found.lang.as_deref()), ("https://www.a.example/c", Some("de")));
    }

    #[test]
    fn a_title_is_that_of_the_page_and_a_heading_its_words() {
        let title = |html: &str| read(html, "https://a.example/x").title;
        assert_eq!(title("<title>A &amp; <b>B</b></title><h1>No</h1>").as_deref(), Some("A & <b>B</b>"));
        let html = "<title> </title><h1>The <em>first</em><!-- note --> one</h1><h1>Two</h1>";
        assert_eq!(title(html).as_deref(), Some("The first one"));
        assert_eq!(title("<h1>Never closed<h1>Two").as_deref(), Some("Never closed"));
        // What a script writes is none of the page's own words.
        assert_eq!(title("<script>'<title>No</title>'</script><p>x"), None);
    }

    #[test]
    fn of_two_attributes_the_first_counts_and_empty_ones_do_not() {
        let html = r#"<html lang="fr" lang="de"><html lang="es"><meta name="og:title" content="" content="No">
            <meta property="og:title" content="T" content="No"><LINK REL="x Canonical" HREF="/c">"#;
        let found = read(html, "https://a.example/x");
        assert_eq!((found.title.as_deref(), found.url.as_str()), (Some("T"), "https://a.example/c"));
        assert_eq!(found.lang.as_deref(), Some("fr"));
    }

    #[test]
    fn an_original_elsewhere_is_named_and_not_followed() {
        let html = r#"<link rel=canonical href="https://wire.example/story"><title>T</title>"#;
        let found = read(html, "https://a.example/x");
        assert_eq!(found.url, "https://a.example/x");
        assert_eq!(found.original.as_deref(), Some("https://wire.example/story"));
    }
}
