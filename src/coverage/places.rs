//! Places: distinct outlets by country, language and scope. Each outlet counts once.

use std::collections::BTreeMap;

use super::{Coverage, OutletIx, Publisher, Registry};

/// A property of outlets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// Where it is based.
    Country,
    /// In which language it writes.
    Language,
    /// How far it reports.
    Scope,
}

/// Outlets by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which property.
    pub by: Property,
    /// Its values (codes) with the number of outlets, the greatest first, then by value.
    pub values: Vec<(Box<str>, u32)>,
    /// Outlets for which it is not known.
    pub unknown: u32,
}

impl Property {
    /// In the order of the page.
    pub const ALL: [Property; 3] = [Property::Country, Property::Language, Property::Scope];

    /// The word in data.
    pub fn name(self) -> &'static str {
        match self {
            Property::Country => "country",
            Property::Language => "language",
            Property::Scope => "scope",
        }
    }

    fn of(self, registry: &Registry, outlet: OutletIx) -> Option<&str> {
        let outlet = registry.outlet(outlet);
        match self {
            Property::Country => outlet.country.as_deref(),
            Property::Language => outlet.language.as_deref(),
            Property::Scope => outlet.scope.map(|scope| scope.name()),
        }
    }
}

impl Place {
    /// Outlets for which it is known.
    pub fn known(&self) -> u32 {
        self.values.iter().map(|(_, count)| count).sum()
    }
}

/// Counts every property that is known of any outlet of a story.
pub fn count(coverage: &Coverage, registry: &Registry) -> Vec<Place> {
    let mut outlets: Vec<OutletIx> = Vec::new();
    for source in &coverage.sources {
        if let Publisher::Known(outlet) = source.publisher {
            outlets.push(outlet);
        }
    }
    outlets.sort_unstable();
    outlets.dedup();
    let others = coverage.outlets - outlets.len() as u32;
    let place = |by: Property| place(by, &outlets, others, registry);
    Property::ALL.into_iter().map(place).filter(|place| !place.values.is_empty()).collect()
}

fn place(by: Property, outlets: &[OutletIx], others: u32, registry: &Registry) -> Place {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut unknown = others;
    for &outlet in outlets {
        match by.of(registry, outlet) {
            Some(value) => *counts.entry(value).or_default() += 1,
            None => unknown += 1,
        }
    }
    let mut values: Vec<(Box<str>, u32)> =
        counts.into_iter().map(|(value, count)| (value.into(), count)).collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Place { by, values, unknown }
}
