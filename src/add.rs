//! From what pages say of themselves to the sources and outlets that a story gains.
//!
//! In: a story, the outlets of the site and what was read. Out: a source for each page and new
//! outlets; a page that the story has already is refused. Knows nothing of disk and network.

use std::collections::BTreeSet;

use crate::content::story::Story;
use crate::coverage::Registry;
use crate::import::draft::Source;
use crate::import::metadata::Metadata;
use crate::import::text::line;
use crate::import::web;
use crate::link::{host, normal_host};
use crate::slug::{Slug, numbered};
use crate::starter::quoted;

/// An outlet that the site does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// Its id, and the name of its file.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// Normalised.
    pub domain: String,
}

impl Stub {
    /// `content/outlets/ID.toml`.
    pub fn to_toml(&self) -> String {
        format!(
            "name = {}\ndomains = [{}]\n\n# Say who owns it and where it stands: country, language, scope, owner, ratings.\n",
            quoted(&line(&self.name)),
            quoted(&self.domain)
        )
    }
}

/// What a story has, and what it gains.
pub struct Gathering<'r> {
    registry: &'r Registry,
    known: Vec<Known>,
    ids: BTreeSet<String>,
    /// Outlets to be written.
    pub stubs: Vec<Stub>,
}

struct Known {
    id: String,
    identity: Option<String>,
    title: String,
    excerpt: String,
}

impl<'r> Gathering<'r> {
    /// Begins with the sources that a story has.
    pub fn new(story: &Story, registry: &'r Registry) -> Gathering<'r> {
        let known = story.sources.iter().map(|source| Known {
            id: source.id().to_owned(),
            identity: source.url().map(web::identity),
            title: source.title().unwrap_or_default().to_owned(),
            excerpt: source.excerpt().unwrap_or_default().to_owned(),
        });
        let ids = story.sources.iter().map(|source| source.id().to_owned()).collect();
        Gathering { registry, known: known.collect(), ids, stubs: Vec::new() }
    }

    /// The id of the source that has this address already.
    pub fn holds(&self, url: &str) -> Option<&str> {
        let wanted = web::identity(url);
        let same = self.known.iter().find(|known| known.identity.as_deref() == Some(&wanted));
        same.map(|known| known.id.as_str())
    }

    /// The source for a page; the error names the source that it is already.
    pub fn add(
        &mut self,
        page: Metadata,
        story_lang: &str,
        archive: Option<(String, Option<String>)>,
    ) -> Result<Source, String> {
        if let Some(id) = self.holds(&page.url) {
            return Err(format!("the story has it already, as `{id}`"));
        }
        let outlet = self.outlet(&page);
        let id = self.free_id(outlet.as_deref().unwrap_or("source"));
        let mut comments: Vec<String> = self.copy_of(&page).into_iter().collect();
        if let Some(original) = &page.original {
            comments.push(format!("The page names another address as its original: {original}"));
        }
        if page.title.is_none() {
            comments.push("The page names no title.".to_owned());
        }
        self.known.push(Known {
            id: id.clone(),
            identity: Some(web::identity(&page.url)),
            title: page.title.clone().unwrap_or_default(),
            excerpt: page.excerpt.clone().unwrap_or_default(),
        });
        Ok(Source {
            id: Some(id),
            outlet,
            url: Some(page.url),
            title: page.title,
            excerpt: page.excerpt,
            published: page.published,
            author: page.author,
            lang: page.lang.filter(|lang| primary(lang) != primary(story_lang)),
            paywall: page.paywall.filter(|paid| *paid),
            archive,
            comments,
            ..Source::default()
        })
    }

    /// A remark on a source whose text begins like this page's.
    fn copy_of(&self, page: &Metadata) -> Option<String> {
        let excerpt = page.excerpt.as_deref().unwrap_or_default();
        let title = page.title.as_deref().unwrap_or_default();
        let alike =
            |known: &&Known| web::same_lead(excerpt, &known.excerpt) || web::same_title(title, &known.title);
        let known = self.known.iter().find(alike)?;
        Some(format!("Perhaps the text of `{}`; if it is: copy_of = \"{}\"", known.id, known.id))
    }

    /// The id of the outlet by the page's domain; a new one becomes a stub.
    fn outlet(&mut self, page: &Metadata) -> Option<String> {
        let domain = normal_host(host(&page.url)?);
        if let Some(found) = self.registry.by_host(&domain) {
            return Some(self.registry.outlet(found).id.to_string());
        }
        if let Some(stub) = self.stubs.iter().find(|stub| stub.domain == domain) {
            return Some(stub.id.clone());
        }
        // An address in numbers or brackets is no domain that an outlet can list.
        domain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_')).then_some(())?;
        let name = page.outlet.clone().unwrap_or_else(|| domain.clone());
        let taken =
            |id: &str| self.registry.find(id).is_some() || self.stubs.iter().any(|stub| stub.id == id);
        let by_name = Slug::from_title(&name).to_string();
        let id = match taken(&by_name) {
            true => Slug::from_title(&domain).to_string(),
            false => by_name,
        };
        let id = numbered(&id, taken);
        self.stubs.push(Stub { id: id.clone(), name, domain });
        Some(id)
    }

    fn free_id(&mut self, base: &str) -> String {
        let id = numbered(base, |id| self.ids.contains(id));
        self.ids.insert(id.clone());
        id
    }
}

fn primary(lang: &str) -> String {
    lang.split('-').next().unwrap_or(lang).to_ascii_lowercase()
}
