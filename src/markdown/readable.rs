//! Markdown as plain text that reads well in a mail: paragraphs stay apart, lists keep their
//! dashes, and a link is followed by its address.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{citation_link, options};
use crate::link::{Address, address};

/// The text of blocks; `link` makes an address absolute.
pub fn readable<'u>(text: &'u str, link: impl Fn(&str) -> Cow<'u, str>) -> String {
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let mut out = String::with_capacity(text.len());
    let mut targets: Vec<Option<String>> = Vec::new();
    for event in parser {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_shown =
                    !matches!(link_type, LinkType::ShortcutUnknown | LinkType::Autolink | LinkType::Email)
                        && address(&dest_url) != Address::Unsafe;
                targets.push(is_shown.then(|| link(&dest_url).into_owned()));
            }
            Event::End(TagEnd::Link) => {
                if let Some(target) = targets.pop().flatten() {
                    out.push_str(&format!(" <{target}>"));
                }
            }
            Event::Text(part) | Event::Code(part) => out.push_str(&part),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak | Event::End(TagEnd::TableRow | TagEnd::TableHead) => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push_str("  "),
            Event::Start(Tag::Item) => {
                line(&mut out);
                out.push_str("- ");
            }
            Event::Rule => blank(&mut out, "* * *"),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::List(_),
            ) => blank(&mut out, ""),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Begins a line, unless one has begun.
fn line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Ends a block with an empty line, a text in between.
fn blank(out: &mut String, text: &str) {
    out.truncate(out.trim_end().len());
    out.push_str("\n\n");
    if !text.is_empty() {
        out.push_str(text);
        out.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stay_apart_and_links_say_where_they_lead() {
        let text = "One [two](/a/) *three*\nfour.\n\n- x\n- [y](javascript:z)\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n## End\n";
        let found = readable(text, |url| format!("https://s.example{url}").into());
        assert_eq!(found, "One two <https://s.example/a/> three four.\n\n- x\n- y\n\na  b  \n1  2\n\nEnd");
    }
}
