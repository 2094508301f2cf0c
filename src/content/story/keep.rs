//! Stories as bytes and back; see [`keep`](crate::content::keep).

use super::*;
use crate::content::keep::{Keep, keep, keep_one_of};

keep! {
    Story {
        path, slug, id, title, date, updated, lang, draft, expires, weight, aliases, authors, image, place,
        summary, topics, related, translations, follows, disclosure, withdrawn, points, sources, perspectives,
        timeline, quotes, sections, questions, revisions, reported, lint, extra, body, body_start, digest,
        front_digest,
    }
    Image { src, alt, caption, credit }
    Point { id, text, cites, denied_by }
    Source { texts, outlet_span, published, copy_of, more, span }
    SourceMore { wire, author, lang, paywall, archive }
    Archive { url, date }
    Perspective { name, side, text, cites }
    Event { date, text, cites }
    Quote { text, speaker, role, cites }
    Section { title, text, items, cites }
    Question { question, answer, cites }
    Revision { date, note, kind }
    Reported { by, url, date, articles, axes }
}

keep_one_of!(RevisionKind, [RevisionKind::Update, RevisionKind::Correction]);

impl Keep for Body {
    fn keep(&self, to: &mut Vec<u8>) {
        self.0.keep(to);
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        Keep::recall(from).map(Body)
    }
}
