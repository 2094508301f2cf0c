//! Rules about pages as readers get them: dead links, dead anchors, pictures that nobody shows.

use super::Finding;
use super::crawl::{Crawl, Link, Where};
use crate::build::Built;
use crate::diag::nearest;
use crate::page::images::is_picture;
use crate::page::{Kind, Page};

/// Dead links beyond which no nearest path is looked for: there, something else is wrong.
const SUGGESTED: usize = 50;

/// Links to pages and files that the site does not have.
pub fn dead_link(built: &Built, crawl: &Crawl) -> Vec<Finding> {
    let suggest = |link: &Link, at: usize| match at < SUGGESTED {
        true => near_path(built, link),
        false => None,
    };
    let found = crawl.dead.iter().enumerate().map(|(at, (link, place))| {
        let finding = pointed(link, place, format!("`{}` leads to no page or file", link.url));
        finding.help(match suggest(link, at) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the address, or write the page".to_owned(),
        })
    });
    found.collect()
}

/// The path of the site that is nearest to the one that a link names.
fn near_path(built: &Built, link: &Link) -> Option<String> {
    let shown = |path: &str| format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
    let paths: Vec<String> = built.pages.iter().map(|page| shown(&page.path)).collect();
    let wanted = shown(link.file.trim_start_matches("../"));
    let same_but_for_case = paths.iter().find(|path| path.eq_ignore_ascii_case(&wanted));
    same_but_for_case
        .cloned()
        .or_else(|| nearest(&wanted, paths.iter().map(String::as_str)).map(str::to_owned))
}

/// Links to places that are not on their page.
pub fn dead_anchor(_: &Built, crawl: &Crawl) -> Vec<Finding> {
    let found = crawl.dead_anchors.iter().map(|(link, place)| {
        let message = format!("`{}` leads to a place that its page does not have", link.url);
        let ids = crawl.ids.get(&link.file).into_iter().flatten().map(|id| &**id);
        pointed(link, place, message).help(match nearest(&link.anchor, ids) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "correct what stands after `#`, or give a heading that name with `{#name}`".to_owned(),
        })
    });
    found.collect()
}

/// A finding about a link, at the place where it was written if that can be told.
fn pointed(link: &Link, place: &Where, message: String) -> Finding {
    let more = match place.count {
        1 => format!(" (on {})", place.page),
        count => format!(" (on {} and {} more pages)", place.page, count - 1),
    };
    Finding::new(&place.source, message + &more).link(&link.url)
}

/// Names that browsers and hosts ask for without a link.
const ASKED_FOR: [&str; 4] = ["favicon.", "apple-touch-icon", "android-chrome", "mstile"];

/// Pictures that are published and that no page shows, links to or mentions.
pub fn orphan_image(built: &Built, crawl: &Crawl) -> Vec<Finding> {
    let is_shown = |page: &Page, source: &str| {
        let smaller = built.world.pictures.get(source).map(|picture| &picture.smaller);
        let smaller = smaller.into_iter().flatten().map(|(url, _)| url.trim_start_matches('/'));
        let name = page.path.rsplit('/').next().unwrap_or(&page.path);
        crawl.reached.contains(&page.path)
            || smaller.into_iter().any(|path| crawl.reached.contains(path))
            || ASKED_FOR.iter().any(|asked| name.starts_with(asked))
            || crawl.styles.iter().any(|style| style.contains(name))
    };
    let pictures = built.pages.iter().filter_map(|page| match &page.kind {
        Kind::Copy(source) | Kind::Picture(source, None) if is_picture(source) => Some((page, source)),
        _ => None,
    });
    let orphans = pictures.filter(|(page, source)| !is_shown(page, source));
    orphans
        .map(|(_, source)| {
            Finding::new(source, "no page shows this picture")
                .help("show it, or remove it; if other sites use it, allow `orphan-image`")
        })
        .collect()
}
