//! The picture, the key points and what stands around them: perspectives, events, quotes, sections,
//! questions, revisions, reported totals.

use super::sources::Ids;
use super::*;

impl Checker<'_> {
    pub(super) fn image(&mut self, image: Spanned<RawImage>) -> Option<Image> {
        let RawImage { src, alt, caption, credit, marker: _ } = image.value;
        let Some(src) = src else {
            self.missing("src", "an image", image.span);
            return None;
        };
        Some(Image {
            src: src.map(Text::from),
            // An empty text says that there is nothing to say.
            alt: alt.map(|alt| alt.value.into()),
            caption: self.prose(caption),
            credit: plain(credit),
        })
    }

    pub(super) fn points(&mut self, points: Vec<Either<Spanned<Cow<str>>, Spanned<RawPoint>>>) -> Vec<Point> {
        let written = points.iter().filter_map(|point| match point {
            Either::Full(point) => point.value.id.as_ref(),
            Either::Short(_) => None,
        });
        let mut ids = Ids::new('p', written);
        let mut list = Vec::with_capacity(points.len());
        for point in points {
            let (point, span) = match point {
                Either::Short(text) => {
                    let span = text.span;
                    (RawPoint { text: Some(text), ..RawPoint::default() }, span)
                }
                Either::Full(point) => (point.value, point.span),
            };
            let RawPoint { id, text, cites, denied_by, marker: _ } = point;
            let id = self.id(id, &mut ids);
            let (mut cites, denied_by) = (self.cites(cites), self.cites(denied_by));
            let Some(text) = self.required(text, "text", "a point", span) else { continue };
            for found in self.cited_in(&text) {
                push_once(&mut cites, found);
            }
            list.push(Point { id, text, cites, denied_by });
        }
        list
    }

    pub(super) fn perspective(&mut self, raw: RawPerspective, span: Span) -> Option<Perspective> {
        let RawPerspective { name, side, text, cites, marker: _ } = raw;
        if name.is_none() && side.is_none() {
            self.missing("name", "a perspective without side", span);
        }
        Some(Perspective {
            name: plain(name),
            side: side.map(|side| side.map(Text::from)),
            cites: self.cites(cites),
            text: self.required(text, "text", "a perspective", span)?,
        })
    }

    pub(super) fn event(&mut self, raw: RawEvent, span: Span) -> Option<Event> {
        let RawEvent { date, text, cites, marker: _ } = raw;
        if date.is_none() {
            self.missing("date", "an event", span);
        }
        Some(Event {
            cites: self.cites(cites),
            text: self.required(text, "text", "an event", span)?,
            date: date?.value,
        })
    }

    pub(super) fn quote(&mut self, raw: RawQuote, span: Span) -> Option<Quote> {
        let RawQuote { text, speaker, role, cites, marker: _ } = raw;
        Some(Quote {
            speaker: plain(speaker),
            role: plain(role),
            cites: self.cites(cites),
            text: self.required(text, "text", "a quote", span)?,
        })
    }

    pub(super) fn section(&mut self, raw: RawSection, span: Span) -> Option<Section> {
        let RawSection { title, text, items, cites, marker: _ } = raw;
        for item in &items {
            self.check_prose(&item.value, item.span);
        }
        Some(Section {
            text: self.prose(text),
            items: items.into_iter().map(|item| item.value.into()).collect(),
            cites: self.cites(cites),
            title: self.required(title, "title", "a section", span)?,
        })
    }

    pub(super) fn question(&mut self, raw: RawQuestion, span: Span) -> Option<Question> {
        let RawQuestion { question, answer, cites, marker: _ } = raw;
        let cites = self.cites(cites);
        let question = self.required(question, "question", "a question", span);
        let answer = self.required(answer, "answer", "a question", span);
        Some(Question { question: question?, answer: answer?, cites })
    }

    pub(super) fn revisions(&mut self, raws: Vec<Spanned<RawRevision>>) -> Vec<Revision> {
        let mut list = self.list(raws, Checker::revision);
        let utc = jiff::tz::TimeZone::UTC;
        list.sort_by_key(|revision| std::cmp::Reverse(revision.date.moment(&utc)));
        list
    }

    pub(super) fn revision(&mut self, raw: RawRevision, span: Span) -> Option<Revision> {
        let RawRevision { date, note, kind, marker: _ } = raw;
        let kind = match kind.as_ref().map(|kind| kind.value.as_ref()) {
            None | Some("update") => RevisionKind::Update,
            Some("correction") => RevisionKind::Correction,
            Some(other) => {
                let message = format!("`{other}` is no kind of revision");
                let span = kind.as_ref().map_or(span, |kind| kind.span);
                self.diags.error(Code::BadValue, span, message).set_help("write `update` or `correction`");
                RevisionKind::Update
            }
        };
        if date.is_none() {
            self.missing("date", "a revision", span);
        }
        let note = self.required(note, "note", "a revision", span);
        Some(Revision { date: date?.value, note: note?, kind })
    }

    pub(super) fn reported(&mut self, raw: Spanned<RawReported>) -> Option<Box<Reported>> {
        let RawReported { by, url, date, articles, axes, marker: _ } = raw.value;
        let articles = articles.and_then(|count| self.count(count));
        let mut checked = Vec::new();
        for (axis, shares) in axes.0 {
            let mut list = Vec::new();
            for (group, share) in shares.0 {
                match u8::try_from(share.value).ok().filter(|share| *share <= 100) {
                    Some(percent) => list.push((group.map(Text::from), percent)),
                    None => {
                        let message = format!("{} is not a share in per cent", share.value);
                        self.diags
                            .error(Code::BadValue, share.span, message)
                            .set_help("write a whole number from 0 to 100");
                    }
                }
            }
            checked.push((axis.map(Text::from), list));
        }
        let by = self.required(by, "by", "a reported total", raw.span)?;
        let url = url.and_then(|url| self.url(url));
        Some(Box::new(Reported { by, url, date: date.map(|d| d.value), articles, axes: checked }))
    }
}
