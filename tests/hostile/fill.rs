//! Fills every text field of a file with one text, from the list of fields that the program has.
//!
//! A new field is filled without anybody thinking of it; one that takes no free text needs a line
//! in `SPECIAL`.

use dateline::content::record::{Record, Shape};
use dateline::starter::quoted;

/// Fields that do not take any text: what they get, in TOML; empty where they are left out.
const SPECIAL: [(&str, &str); 52] = [
    ("RawStory.slug", ""),
    ("RawStory.lang", ""),
    ("RawStory.expires", ""),
    ("RawStory.draft", ""),
    ("RawStory.aliases", "[\"/old/\"]"),
    ("RawStory.related", ""),
    ("RawStory.translations", ""),
    ("RawStory.follows", ""),
    // Takes all else off the page: a story of its own has it.
    ("RawStory.withdrawn", ""),
    ("RawImage.src", "\"picture.png\""),
    ("RawPoint.id", ""),
    ("RawPoint.cites", "[\"s1\"]"),
    ("RawPoint.denied_by", "[\"s2\"]"),
    ("RawSource.id", ""),
    ("RawSource.outlet", "\"o\""),
    ("RawSource.lang", ""),
    ("RawSource.copy_of", ""),
    ("RawSource.wire", ""),
    ("RawPerspective.side", "\"left\""),
    ("RawPerspective.cites", "[\"s1\"]"),
    ("RawEvent.cites", "[\"s1\"]"),
    ("RawQuote.cites", "[\"s1\"]"),
    ("RawSection.cites", "[\"s1\"]"),
    ("RawQuestion.cites", "[\"s1\"]"),
    ("RawRevision.kind", "\"correction\""),
    ("RawReported.axes", "{ bias = { left = 30, center = 30, right = 40 } }"),
    ("RawOutlet.domains", "[\"o.example\"]"),
    ("RawOutlet.country", "\"DE\""),
    ("RawOutlet.language", ""),
    ("RawOutlet.scope", "\"local\""),
    ("RawOutlet.logo", ""),
    ("RawRating.axis", "\"bias\""),
    ("RawRating.rater", "\"tester\""),
    ("RawRating.label", ""),
    ("RawRating.level", "\"left\""),
    ("RawRating.date", ""),
    ("RawRating.until", ""),
    ("RawEdition.slug", ""),
    ("RawEdition.lang", ""),
    ("RawEdition.stories", "[\"s\", \"gone\"]"),
    ("RawEdition.draft", ""),
    ("RawTopic.parent", ""),
    ("RawPage.slug", ""),
    ("RawPage.lang", ""),
    ("RawPage.draft", ""),
    ("RawAxis.kind", "\"category\""),
    ("RawAxis.combine", "\"latest\""),
    ("RawLevel.id", "\"a\""),
    ("RawLevel.group", ""),
    ("RawLevel.color", ""),
    ("RawGroup.color", ""),
    ("RawRater.labels", ""),
];

/// Fields that take addresses.
const ADDRESSES: [&str; 8] = [
    "RawSource.url",
    "RawArchive.url",
    "RawReported.url",
    "RawOutlet.url",
    "RawOutlet.feed",
    "RawRating.url",
    "RawRater.url",
    "RawNav.url",
];

/// A text in every field, each with a mark that says which field it was.
pub struct Filler {
    text: String,
    /// The fields that were filled; the mark of a field is its place in this list.
    pub fields: Vec<String>,
}

impl Filler {
    pub fn new(text: &str) -> Filler {
        Filler { text: text.to_owned(), fields: Vec::new() }
    }

    /// The text with the mark of a field.
    pub fn text(&mut self, field: &str) -> String {
        let mark = mark(self.fields.len());
        self.fields.push(field.to_owned());
        format!("{}{mark}", self.text)
    }

    /// The keys of a record, one a line.
    pub fn record(&mut self, record: &'static Record) -> String {
        self.pairs(record).into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }

    fn pairs(&mut self, record: &'static Record) -> Vec<(&'static str, String)> {
        let fields = record.fields.iter();
        fields.filter_map(|field| Some((field.name, self.field(record, field.name, &field.shape)?))).collect()
    }

    fn field(&mut self, record: &Record, name: &str, shape: &Shape) -> Option<String> {
        let full = format!("{}.{name}", record.name);
        if let Some((_, value)) = SPECIAL.iter().find(|(known, _)| *known == full) {
            return (!value.is_empty()).then(|| (*value).to_owned());
        }
        self.value(&full, shape)
    }

    fn value(&mut self, field: &str, shape: &Shape) -> Option<String> {
        Some(match shape {
            Shape::Text if ADDRESSES.contains(&field) => {
                let rest: String = self.text(field).replace(['\n', '\r', '\t', '\\'], "");
                quoted(&format!("https://o.example/{rest}"))
            }
            Shape::Text => quoted(&self.text(field)),
            Shape::Integer => "1".to_owned(),
            Shape::Boolean => "true".to_owned(),
            Shape::Date => "2026-01-02".to_owned(),
            Shape::Any => format!("{{ own = {} }}", quoted(&self.text(field))),
            // Two long ones that begin alike have one page.
            Shape::List(inner) if field == "RawStory.topics" => format!("[{}]", self.value(field, inner)?),
            // Two of each, so that lists, comparisons and tables have something to show.
            Shape::List(inner) => format!("[{}, {}]", self.value(field, inner)?, self.value(field, inner)?),
            Shape::Map(_) => return None,
            Shape::Record(record) => {
                let pairs = self.pairs(record).into_iter().map(|(key, value)| format!("{key} = {value}"));
                format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
            }
            Shape::Either(_, full) => self.value(field, full)?,
        })
    }
}

/// A word that no page has otherwise, and that no cut or fold of texts divides.
pub fn mark(at: usize) -> String {
    format!("zq{at:03}")
}
