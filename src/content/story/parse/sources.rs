//! The sources of a story, and the ids of things that may leave theirs out.

use super::*;

impl Checker<'_> {
    /// The id as written, or the next free number; a repeat is an error.
    pub(super) fn id(&mut self, id: RawText, ids: &mut Ids) -> Box<str> {
        let Some(id) = id else {
            return ids.next();
        };
        let text: Box<str> = id.value.into();
        let well_formed = !text.is_empty()
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        if !well_formed {
            self.diags
                .error(Code::BadValue, id.span, format!("`{text}` cannot be an id"))
                .set_help("use letters, digits, `-`, `_`, `.` and `:`");
        } else if !ids.seen.insert(text.clone()) {
            let message = format!("the id `{text}` is taken in this story");
            self.diags.error(Code::DuplicateId, id.span, message).set_help("choose another id");
        }
        text
    }

    pub(super) fn sources(&mut self, sources: Vec<Spanned<RawSource>>) -> Vec<Source> {
        let mut ids = Ids::new('s', sources.iter().filter_map(|source| source.value.id.as_ref()));
        let mut named = Vec::with_capacity(sources.len());
        for mut source in sources {
            let id = self.id(source.value.id.take(), &mut ids);
            self.ids.entry(id.clone()).or_insert(named.len() as SourceIx);
            named.push((id, source));
        }
        let mut list = Vec::with_capacity(named.len());
        let mut spans = Vec::with_capacity(named.len());
        for (id, source) in named {
            spans.push(source.value.copy_of.as_ref().map(|id| id.span).unwrap_or_default());
            list.push(self.source(&id, source));
        }
        self.check_copies(&list, &spans);
        list
    }

    pub(super) fn source(&mut self, id: &str, source: Spanned<RawSource>) -> Source {
        let span = source.span;
        let RawSource {
            id: _,
            outlet,
            url,
            title,
            excerpt,
            published,
            author,
            lang,
            paywall,
            archive,
            copy_of,
            wire,
            marker: _,
        } = source.value;
        let more = SourceMore {
            wire: wire.map(|id| id.map(Text::from)),
            author: plain(author),
            lang: lang.and_then(|lang| self.lang(lang)),
            paywall,
            archive: archive.and_then(|archive| self.archive(archive)),
        };
        let url = url.and_then(|url| self.web(url));
        let title = title.filter(is_written);
        let excerpt = self.checked_prose(excerpt);
        let texts = [outlet.as_ref(), url.as_ref(), title.as_ref(), excerpt.as_ref()];
        let [outlet_id, url, title, excerpt] = texts.map(|text| text.map(|text| &*text.value));
        Source {
            texts: Texts::of([Some(id), outlet_id, url, title, excerpt]),
            outlet_span: outlet.as_ref().map_or(Span::default(), |id| id.span),
            published: published.map(|when| when.value),
            copy_of: copy_of.and_then(|id| self.cite(id)),
            more: (more != SourceMore::default()).then(|| Box::new(more)),
            span,
        }
    }

    pub(super) fn archive(&mut self, archive: Spanned<RawArchive>) -> Option<Archive> {
        let RawArchive { url, date, marker: _ } = archive.value;
        let Some(url) = url else {
            self.missing("url", "an archived copy", archive.span);
            return None;
        };
        Some(Archive { url: self.url(url)?, date: date.map(|when| when.value) })
    }

    /// Every circle of copies is reported once, at its first source (spec section 4, rule 1).
    pub(super) fn check_copies(&mut self, sources: &[Source], spans: &[Span]) {
        let mut state = vec![0u32; sources.len()];
        for start in 0..sources.len() {
            let mark = start as u32 + 1;
            let mut at = start;
            while state[at] == 0 {
                state[at] = mark;
                let Some(next) = sources[at].copy_of else { break };
                at = next as usize;
                if state[at] == mark {
                    let message = format!("`{}` is, in the end, a copy of itself", sources[at].id());
                    self.diags
                        .error(Code::CopyCycle, spans[at], message)
                        .set_help("remove copy_of from the source that was there first");
                    break;
                }
            }
        }
    }

    pub(super) fn url(&mut self, url: Spanned<Cow<str>>) -> Option<Text> {
        self.web(url).map(|url| url.value.into())
    }

    /// The same, as it was written.
    fn web<'s>(&mut self, url: Spanned<Cow<'s, str>>) -> Option<Spanned<Cow<'s, str>>> {
        if address(&url.value) == Address::Web {
            return Some(url);
        }
        let message = format!("`{}` is no web address and was dropped", short(&url.value));
        self.diags
            .warning(Code::UnsafeLink, url.span, message)
            .set_help("write an address that begins with https:// or http://");
        None
    }
}

/// Ids of one kind; those that are left out become `s1`, `s2`, …, skipping taken ones (spec
/// section 2).
pub(super) struct Ids {
    prefix: char,
    next: usize,
    written: HashSet<Box<str>>,
    seen: HashSet<Box<str>>,
}

impl Ids {
    pub(super) fn new<'a>(prefix: char, written: impl Iterator<Item = &'a Spanned<Cow<'a, str>>>) -> Ids {
        let written = written.map(|id| id.value.as_ref().into()).collect();
        Ids { prefix, next: 1, written, seen: HashSet::new() }
    }

    pub(super) fn next(&mut self) -> Box<str> {
        loop {
            let id = format!("{}{}", self.prefix, self.next).into_boxed_str();
            self.next += 1;
            if !self.written.contains(&id) {
                return id;
            }
        }
    }
}
