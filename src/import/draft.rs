//! What importers make: drafts of stories and outlets, written in the one canonical form.
//!
//! In: texts as others wrote them. Out: TOML and Markdown that cannot be more than text.

use std::fmt::Write;

use super::text::{line, prose, quoted, visible};

/// An article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Unique in the story.
    pub id: Option<String>,
    /// Id of an outlet.
    pub outlet: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Headline, plain text.
    pub title: Option<String>,
    /// Lead, plain text (escaped when it is written).
    pub excerpt: Option<String>,
    /// A date as TOML writes it.
    pub published: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// BCP 47 tag.
    pub lang: Option<String>,
    /// Behind a paywall.
    pub paywall: Option<bool>,
    /// Address and date of an archived copy.
    pub archive: Option<(String, Option<String>)>,
    /// Id of the source that it republishes.
    pub copy_of: Option<String>,
    /// Id of the agency whose text it is.
    pub wire: Option<String>,
    /// Remarks for the author, written as comments.
    pub comments: Vec<String>,
}

impl Source {
    /// Keys with their values in TOML, in canonical order; without the archive.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.as_deref().map(|value| quoted(&line(value)));
        let excerpt = self.excerpt.as_deref().map(|value| quoted(&prose(value)));
        let pairs = [
            ("id", text(&self.id)),
            ("outlet", text(&self.outlet)),
            ("url", text(&self.url)),
            ("title", text(&self.title)),
            ("excerpt", excerpt),
            ("published", self.published.clone()),
            ("author", text(&self.author)),
            ("lang", text(&self.lang)),
            ("paywall", self.paywall.map(|paywall| paywall.to_string())),
        ];
        pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    fn last_pairs(&self) -> Vec<(&'static str, String)> {
        let pairs = [("copy_of", &self.copy_of), ("wire", &self.wire)];
        pairs.into_iter().filter_map(|(key, value)| Some((key, quoted(value.as_deref()?)))).collect()
    }

    fn archive_table(&self) -> Option<String> {
        let (url, date) = self.archive.as_ref()?;
        let date = date.as_ref().map(|date| format!(", date = {date}")).unwrap_or_default();
        Some(format!("{{ url = {}{date} }}", quoted(url)))
    }

    fn all_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.pairs();
        pairs.extend(self.archive_table().map(|archive| ("archive", archive)));
        pairs.extend(self.last_pairs());
        pairs
    }

    /// `[[sources]]` with its keys, one a line.
    pub fn to_table(&self) -> String {
        let mut out = String::new();
        comments(&mut out, &self.comments);
        table(&mut out, "sources", &self.all_pairs());
        out
    }

    /// `{ … }` on one line.
    pub fn to_inline(&self) -> String {
        let pairs: Vec<String> =
            self.all_pairs().iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", pairs.join(", "))
    }
}

/// A text with the ids of the sources that it cites; already Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// A name or title, where the block has one.
    pub name: Option<String>,
    /// Inline Markdown.
    pub text: String,
    /// A list of inline Markdown, in sections.
    pub items: Vec<String>,
    /// Ids of sources.
    pub cites: Vec<String>,
}

/// Totals that somebody else counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reported {
    /// Who.
    pub by: String,
    /// How many articles.
    pub articles: Option<u64>,
    /// Axis, group, per cent.
    pub axes: Vec<(String, String, u8)>,
}

/// A story to be written as a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The name of the file without folder and ending.
    pub name: String,
    /// Remarks for the author, written as comments at the top.
    pub comments: Vec<String>,
    /// Headline, plain.
    pub title: String,
    /// A date as TOML writes it.
    pub date: Option<String>,
    /// BCP 47 tag.
    pub lang: Option<String>,
    /// Place of the dateline.
    pub place: Option<String>,
    /// Inline Markdown.
    pub summary: Option<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    /// How the digest was made.
    pub disclosure: Option<String>,
    /// Key points; `name` is the id.
    pub points: Vec<Cited>,
    /// Articles.
    pub sources: Vec<Source>,
    /// Perspectives by name.
    pub perspectives: Vec<Cited>,
    /// Events; `name` is the date as TOML writes it.
    pub timeline: Vec<Cited>,
    /// Quotes: words, speaker, sources.
    pub quotes: Vec<Cited>,
    /// Sections by title.
    pub sections: Vec<Cited>,
    /// Questions (`name`) and answers.
    pub questions: Vec<Cited>,
    /// Somebody else's totals.
    pub reported: Option<Reported>,
    /// Markdown.
    pub body: String,
}

impl Draft {
    /// The story file.
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("+++\n");
        comments(&mut out, &self.comments);
        let title = line(&self.title);
        pair(&mut out, "title", &quoted(if title.is_empty() { "Untitled" } else { &title }));
        optional(&mut out, "date", self.date.clone());
        optional(&mut out, "lang", self.lang.as_deref().map(quoted));
        pair(&mut out, "draft", "true");
        optional(&mut out, "place", self.place.as_deref().map(|place| quoted(&line(place))));
        optional(&mut out, "summary", self.summary.as_deref().map(quoted));
        if !self.topics.is_empty() {
            pair(&mut out, "topics", &list(&self.topics));
        }
        optional(&mut out, "disclosure", self.disclosure.as_deref().map(quoted));
        cited(&mut out, "points", &self.points, ("id", "text"));
        for source in &self.sources {
            out.push('\n');
            out.push_str(&source.to_table());
        }
        cited(&mut out, "perspectives", &self.perspectives, ("name", "text"));
        cited(&mut out, "timeline", &self.timeline, ("date", "text"));
        cited(&mut out, "quotes", &self.quotes, ("speaker", "text"));
        cited(&mut out, "sections", &self.sections, ("title", "text"));
        cited(&mut out, "questions", &self.questions, ("question", "answer"));
        self.reported(&mut out);
        out.push_str("+++\n");
        if !self.body.trim().is_empty() {
            let _ = write!(out, "\n{}\n", visible(self.body.trim_end()));
        }
        out
    }

    fn reported(&self, out: &mut String) {
        let Some(reported) = &self.reported else { return };
        let _ = write!(out, "\n[reported]\nby = {}\n", quoted(&reported.by));
        optional(out, "articles", reported.articles.map(|count| count.to_string()));
        let mut last = "";
        for (axis, group, percent) in &reported.axes {
            if axis != last {
                let _ = write!(out, "\n[reported.axes.{axis}]\n");
                last = axis;
            }
            pair(out, group, &percent.to_string());
        }
    }
}

/// Writes the blocks of a list, with the keys for name and text; dates are not quoted.
fn cited(out: &mut String, key: &str, blocks: &[Cited], (name_key, text_key): (&'static str, &'static str)) {
    for block in blocks {
        let mut pairs = Vec::new();
        if let Some(name) = &block.name {
            pairs.push((name_key, if name_key == "date" { name.clone() } else { quoted(name) }));
        }
        if !block.text.is_empty() {
            pairs.push((text_key, quoted(&block.text)));
        }
        if key == "quotes" {
            pairs.reverse();
        }
        if !block.items.is_empty() {
            pairs.push(("items", list(&block.items)));
        }
        if !block.cites.is_empty() {
            pairs.push(("cites", list(&block.cites)));
        }
        out.push('\n');
        table(out, key, &pairs);
    }
}

fn comments(out: &mut String, comments: &[String]) {
    for comment in comments {
        let _ = writeln!(out, "# {}", line(comment));
    }
}

fn table(out: &mut String, name: &str, pairs: &[(&'static str, String)]) {
    let _ = writeln!(out, "[[{name}]]");
    pairs.iter().for_each(|(key, value)| pair(out, key, value));
}

fn pair(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value}");
}

fn optional(out: &mut String, key: &str, value: Option<String>) {
    if let Some(value) = value {
        pair(out, key, &value);
    }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::super::text::date;
    use super::*;
    use crate::content::story;

    #[test]
    fn what_others_wrote_stays_text() {
        let nasty = "a *b* [@s9] <script> \"\"\"\n+++\n[x](javascript:y) `c`";
        let draft = Draft {
            name: "x".to_owned(),
            title: nasty.to_owned(),
            date: date("Thu, 31 Jul 2025 10:00:00 +0200"),
            points: vec![Cited { text: prose(nasty), ..Cited::default() }],
            sources: vec![Source { excerpt: Some(nasty.to_owned()), ..Source::default() }],
            ..Draft::default()
        };
        let (story, diags) = story::parse("x.md", draft.to_markdown().as_bytes());
        let story = story.unwrap();
        assert!(diags.is_empty(), "{diags:?}\n{}", draft.to_markdown());
        assert!(story.draft && story.points[0].cites.is_empty());
        assert_eq!(story.date.iso(&TimeZone::UTC), "2025-07-31T08:00:00Z");
    }
}
