//! What a page says of itself: JSON-LD, then OpenGraph, then `<meta>`, then the title.
//!
//! In: HTML and its address. Out: [`Metadata`], plain texts. Broken JSON-LD is read as far as it
//! can be.

use scraper::{Html, Selector};
use url::Url;

use super::text::{date, lang_tag, lead, line};
use super::{json_ld, web};
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
    let page = Page { html: Html::parse_document(html) };
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
        .or_else(|| page.attribute("time[datetime]", "datetime").and_then(|text| date(&text)));
    let excerpt = json("description")
        .or_else(|| page.meta(&["og:description", "description", "twitter:description", "dc.description"]));
    let publisher = article.as_ref().and_then(|article| json_ld::text(&article["publisher"]));
    let lang = json("inLanguage").or_else(|| page.attribute("html[lang]", "lang"));
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

struct Page {
    html: Html,
}

impl Page {
    fn find(&self, selector: &str) -> Option<scraper::ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).ok()?).next()
    }

    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        filled(self.find(selector)?.value().attr(name)?)
    }

    fn text(&self, selector: &str) -> Option<String> {
        filled(&self.find(selector)?.text().collect::<String>())
    }

    /// The content of the first `<meta>` with one of these names or properties, in this order.
    fn meta(&self, names: &[&str]) -> Option<String> {
        let selector = Selector::parse("meta[content]").ok()?;
        let metas: Vec<_> = self.html.select(&selector).map(|meta| meta.value()).collect();
        names.iter().find_map(|name| {
            let named = metas.iter().filter(|meta| {
                ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .any(|key| meta.attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
            });
            named.filter_map(|meta| filled(meta.attr("content")?)).next()
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
        let Ok(selector) = Selector::parse("script[type='application/ld+json' i]") else { return Vec::new() };
        self.html.select(&selector).map(|script| script.text().collect()).collect()
    }

    /// The address to cite, and the original where the page says that it stands elsewhere.
    fn canonical(&self, url: &str) -> (String, Option<String>) {
        let named = self
            .attribute("link[rel~='canonical' i][href]", "href")
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
    fn an_original_elsewhere_is_named_and_not_followed() {
        let html = r#"<link rel=canonical href="https://wire.example/story"><title>T</title>"#;
        let found = read(html, "https://a.example/x");
        assert_eq!(found.url, "https://a.example/x");
        assert_eq!(found.original.as_deref(), Some("https://wire.example/story"));
    }
}
