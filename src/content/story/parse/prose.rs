//! Texts with citations: which sources they name, and what Markdown may not hold.

use super::*;

impl Checker<'_> {
    pub(super) fn cites(&mut self, ids: Vec<Spanned<Cow<str>>>) -> Vec<SourceIx> {
        let mut list = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(found) = self.cite(id) {
                push_once(&mut list, found);
            }
        }
        list
    }

    pub(super) fn cite(&mut self, id: Spanned<Cow<str>>) -> Option<SourceIx> {
        let name = id.value.strip_prefix('@').unwrap_or(&id.value);
        let found = self.ids.get(name).copied();
        if found.is_none() {
            self.unknown_source(name, id.span);
        }
        found
    }

    pub(super) fn unknown_source(&mut self, id: &str, span: Span) {
        let known = self.ids.keys().map(|id| &**id).take(if self.guesses > 0 { usize::MAX } else { 0 });
        self.guesses = self.guesses.saturating_sub(1);
        let help = match crate::diag::nearest(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.ids.is_empty() => "this story has no sources; add `[[sources]]`".to_owned(),
            None => format!("add a source with `id = \"{id}\"`"),
        };
        let message = format!("no source has the id `{id}`");
        self.diags.error(Code::UnknownId, span, message).set_help(help);
    }

    pub(super) fn cited_in(&self, text: &str) -> Vec<SourceIx> {
        let found = markdown::citations(text);
        found.iter().filter_map(|id| self.ids.get(id.as_str()).copied()).collect()
    }

    /// Checks the citations, links and images of a Markdown text.
    pub(super) fn check_prose(&mut self, text: &str, span: Span) {
        if !markdown::may_have_findings(text) {
            return;
        }
        let mut places = Places::new(self.file, span);
        for finding in markdown::inspect(text) {
            match finding {
                Finding::Citation(id) if self.ids.contains_key(id.as_str()) => {}
                Finding::Citation(id) => self.unknown_source(&id, places.next(&format!("@{id}"))),
                Finding::UnsafeLink(url) => {
                    let message = format!("the link to `{}` was dropped", short(&url));
                    self.diags
                        .warning(Code::UnsafeLink, places.next(&url), message)
                        .set_help("only http, https, mailto and tel may be linked");
                }
                Finding::RemoteImage(url) => {
                    let message = format!("the remote image `{}` became a link", short(&url));
                    self.diags
                        .warning(Code::RemoteImage, places.next(&url), message)
                        .set_help("save the picture beside the story");
                }
                Finding::MissingAlt(url) => {
                    let message = format!("the image `{}` has no text alternative", short(&url));
                    self.diags
                        .warning(Code::MissingAlt, places.next(&url), message)
                        .set_help("write what it shows: ![What it shows](picture.jpg)");
                }
                Finding::RawHtml(html) => {
                    let message = "raw HTML is shown as text";
                    self.diags
                        .warning(Code::RawHtml, places.next(html.trim()), message)
                        .set_help("use Markdown, or set `markdown.unsafe_html = true`");
                }
            }
        }
    }
}
