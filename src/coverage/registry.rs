//! The registry of outlets: found by id or domain, with their levels at any date.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Publisher;
use super::rating::{History, Levels};
use crate::content::axis::{Axes, LevelIx};
use crate::content::outlet::Outlet;
use crate::content::story::{Source, SourceIx};
use crate::diag::{Code, Diag};
use crate::link::{host, normal_host};

/// The place of an outlet in the registry, which is in the order of ids.
pub type OutletIx = u32;

/// All outlets of a site.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// In the order of their ids.
    pub list: Vec<Outlet>,
    by_id: HashMap<Box<str>, OutletIx>,
    by_domain: HashMap<Box<str>, OutletIx>,
    histories: Vec<History>,
}

impl Registry {
    /// Joins the outlets of all files; two with one id or one domain are errors.
    pub fn new(mut outlets: Vec<Outlet>, axes: &Axes) -> (Registry, Vec<Diag>) {
        outlets.sort_by(|a, b| (a.id.as_str(), &a.path).cmp(&(b.id.as_str(), &b.path)));
        let mut diags = Vec::new();
        let mut registry = Registry::default();
        for outlet in outlets {
            let at = registry.list.len() as OutletIx;
            if let Some(&other) = registry.by_id.get(outlet.id.as_str()) {
                let message = format!(
                    "the outlet `{}` stands in {} too",
                    outlet.id, registry.list[other as usize].path
                );
                let diag = Diag::error(Code::DuplicateId, &outlet.path, message);
                diags.push(diag.help("keep one of the two, or rename one"));
                continue;
            }
            registry.by_id.insert(outlet.id.as_str().into(), at);
            for (domain, span) in &outlet.domains {
                if let Some(&other) = registry.by_domain.get(domain) {
                    let message = format!(
                        "the domain `{domain}` belongs to `{}` already",
                        registry.list.get(other as usize).unwrap_or(&outlet).id
                    );
                    let diag = Diag::error(Code::DuplicateDomain, &outlet.path, message);
                    diags.push(diag.at(span.0).help("list the domain with one outlet only"));
                } else {
                    registry.by_domain.insert(domain.clone(), at);
                }
            }
            registry.histories.push(History::of(&outlet.ratings, axes));
            registry.list.push(outlet);
        }
        (registry, diags)
    }

    /// The outlet of that id.
    pub fn find(&self, id: &str) -> Option<OutletIx> {
        self.by_id.get(id).copied()
    }

    /// The outlet of that place.
    pub fn outlet(&self, at: OutletIx) -> &Outlet {
        &self.list[at as usize]
    }

    /// All ids, for suggestions.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().map(|outlet| outlet.id.as_str())
    }

    /// All domains, for suggestions.
    pub fn domains(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().flat_map(|outlet| outlet.domains.iter().map(|(name, _)| &**name))
    }

    /// The levels of an outlet on every axis at a date.
    pub fn levels(&self, at: OutletIx, date: Date) -> &[Option<LevelIx>] {
        self.histories[at as usize].at(date).map_or(&[], |levels| levels)
    }

    /// The same, to be kept.
    pub fn shared_levels(&self, at: OutletIx, date: Date) -> Option<Levels> {
        self.histories[at as usize].at(date).cloned()
    }

    /// The outlet of an address: the longest domain at a label boundary (spec section 2).
    pub fn by_host(&self, host: &str) -> Option<OutletIx> {
        let mut rest = host;
        loop {
            if let Some(&found) = self.by_domain.get(rest) {
                return Some(found);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Whose article a source is (spec section 4, rule 1).
    pub fn publisher(&self, source: &Source, at: SourceIx) -> Publisher {
        if let Some(found) = source.outlet().and_then(|id| self.find(id.value)) {
            return Publisher::Known(found);
        }
        match source.url().and_then(host) {
            Some(written) => {
                let name = normal_host(written);
                match self.by_host(&name) {
                    Some(found) => Publisher::Known(found),
                    None => Publisher::Host(name.into()),
                }
            }
            None => Publisher::Unnamed(at),
        }
    }
}
