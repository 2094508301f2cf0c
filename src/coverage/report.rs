//! Independent reports: sources folded with their copies (spec section 4, rule 1).

use std::collections::HashMap;

use crate::content::story::{Source, SourceIx};

/// One report: a source with all its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The source that stands for it: the original, else the first listed.
    pub id: SourceIx,
    /// The first listed source that is neither a copy nor a wire text.
    pub original: Option<SourceIx>,
    /// All sources of it, in file order.
    pub members: Vec<SourceIx>,
}

impl Report {
    /// The agency whose text it is: the first one named.
    pub fn wire<'s>(&self, sources: &'s [Source]) -> Option<&'s str> {
        let wires = self.members.iter().filter_map(|&at| sources[at as usize].wire());
        wires.map(|wire| wire.value).next()
    }
}

/// Groups sources: the union over copy_of and over equal wire. In order of first members; linear.
pub fn reports(sources: &[Source]) -> Vec<Report> {
    let mut groups = Groups { parent: (0..sources.len() as SourceIx).collect() };
    let mut by_wire: HashMap<&str, SourceIx> = HashMap::new();
    for (at, source) in sources.iter().enumerate() {
        let at = at as SourceIx;
        if let Some(original) = source.copy_of {
            groups.join(at, original);
        }
        if let Some(wire) = source.wire() {
            let first = *by_wire.entry(wire.value).or_insert(at);
            groups.join(at, first);
        }
    }
    // Of every root, the place of its report among the reports.
    let mut place: Vec<Option<usize>> = vec![None; sources.len()];
    let mut reports: Vec<Report> = Vec::with_capacity(sources.len());
    for at in 0..sources.len() as SourceIx {
        let root = groups.root(at);
        let index = *place[root as usize].get_or_insert_with(|| {
            reports.push(Report { id: at, original: None, members: Vec::new() });
            reports.len() - 1
        });
        let report = &mut reports[index];
        report.members.push(at);
        let source = &sources[at as usize];
        if report.original.is_none() && source.copy_of.is_none() && source.wire().is_none() {
            report.original = Some(at);
            report.id = at;
        }
    }
    reports
}

/// Disjoint sets whose root is their smallest member.
struct Groups {
    parent: Vec<SourceIx>,
}

impl Groups {
    fn root(&mut self, mut at: SourceIx) -> SourceIx {
        while self.parent[at as usize] != at {
            let above = self.parent[at as usize];
            self.parent[at as usize] = self.parent[above as usize];
            at = above;
        }
        at
    }

    fn join(&mut self, a: SourceIx, b: SourceIx) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}
