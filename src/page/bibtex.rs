//! A story as a BibTeX entry.

use crate::site::Entry;

/// The entry of a story's page.
pub fn entry(entry: &Entry, site: &str, url: &str) -> String {
    let story = &entry.story;
    let day = entry.day;
    let mut out = format!("@misc{{{},\n", key(story.slug.as_str()));
    let mut field = |name: &str, value: &str| out.push_str(&format!("  {name} = {{{value}}},\n"));
    if !story.authors.is_empty() {
        field("author", &escaped(&story.authors.join(" and ")));
    }
    field("title", &format!("{{{}}}", escaped(&story.title.value)));
    field("howpublished", &escaped(site));
    field("year", &format!("{:04}", day.year()));
    field("month", &format!("{:02}", day.month()));
    field("url", &escaped_url(url));
    out.push('}');
    out
}

fn key(slug: &str) -> String {
    slug.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '#' | '&' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn escaped_url(url: &str) -> String {
    url.replace('%', "\\%").replace('#', "\\#")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_means_something_in_tex_is_escaped() {
        assert_eq!(escaped("a & b_{c} 5%"), "a \\& b\\_\\{c\\} 5\\%");
        assert_eq!(escaped("\\x\ny"), "\\textbackslash{}x y");
    }
}
