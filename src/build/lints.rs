//! What a site and its files say about kinds of problems: `[lint]` in dateline.toml and in the
//! front matter of a file, which has the last word.

use std::collections::BTreeMap;

use super::load::Parsed;
use crate::content::config::Config;
use crate::content::lint::Lint;
use crate::diag::{Code, Diag, Severity};

/// What is said about kinds of problems, for the site and by file.
#[derive(Debug, Clone, Default)]
pub struct Lints {
    site: Lint,
    files: BTreeMap<Box<str>, Lint>,
}

impl Lints {
    /// What the configuration and the parsed files say.
    pub fn of(config: &Config, parsed: &Parsed) -> Lints {
        let Parsed { registry, parts } = parsed;
        let stories = parts.stories.iter().map(|(story, _)| (&story.path, &story.lint));
        let editions = parts.editions.iter().map(|edition| (&edition.path, &edition.lint));
        let topics = parts.topics.iter().map(|topic| (&topic.path, &topic.lint));
        let docs = parts.docs.iter().map(|doc| (&doc.path, &doc.lint));
        let outlets = registry.list.iter().map(|outlet| (&outlet.path, &outlet.lint));
        let all = stories.chain(editions).chain(topics).chain(docs).chain(outlets);
        let files = all.filter(|(_, lint)| !lint.is_empty());
        Lints {
            site: config.lint.clone(),
            files: files.map(|(path, lint)| (path.clone(), lint.clone())).collect(),
        }
    }

    /// What a problem of a file counts as; `None` if it is allowed.
    pub fn severity(&self, path: &str, code: Code, severity: Severity) -> Option<Severity> {
        if !code.is_settable(severity) {
            return Some(severity);
        }
        let own = self.files.get(path).and_then(|lint| lint.level(code));
        own.or_else(|| self.site.level(code)).map_or(Some(severity), |level| level.severity())
    }

    /// Diags as they count, in the order of files and places, without repeats.
    pub fn settled(&self, diags: Vec<Diag>) -> Vec<Diag> {
        let settle = |diag: Diag| {
            let severity = self.severity(&diag.path, diag.code, diag.severity)?;
            Some(Diag { severity, ..diag })
        };
        let mut settled: Vec<Diag> = diags.into_iter().filter_map(settle).collect();
        settled.sort_by(|a, b| {
            (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message))
        });
        settled.dedup();
        settled
    }
}
