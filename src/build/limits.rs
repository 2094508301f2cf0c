//! What mail programs and hosts would not take: warnings. How large a page is shows when it is
//! rendered; the rest is known before anything is written.

use rayon::prelude::*;

use super::Built;
use crate::diag::{Code, Diag};
use crate::page::{Kind, Page, mail};
use crate::snapshot::Snapshot;

/// Files that Cloudflare Pages takes on its free plan.
const MOST_FILES: usize = 20_000;
/// Bytes of a file that it takes.
const LARGEST_FILE: u64 = 25 * 1024 * 1024;

/// Editions whose mail would be cut.
pub fn long_mails(built: &Built, snapshot: &Snapshot) -> Vec<Diag> {
    let mails = built.pages.par_iter().filter(|page| matches!(page.kind, Kind::Mail(_)));
    let long = mails.filter_map(|page| {
        // A template that fails is reported when its page is written.
        let length = built.bytes(page, snapshot).ok()?.len();
        let message = format!("the mail of this edition has {} kB", length.div_ceil(1000));
        (length > mail::LONGEST).then(|| {
            Diag::warning(Code::LongMail, &page.source, message)
                .help("Gmail cuts mails at 102 kB: list fewer stories, or shorten the introduction")
        })
    });
    long.collect()
}

/// More or larger files than some hosts take.
pub fn large_output(built: &Built, snapshot: &Snapshot) -> Vec<Diag> {
    let site = &built.world.site;
    // The index of the search has about one file a story.
    let searched = if site.config.search { site.listed().len() } else { 0 };
    let mut diags: Vec<Diag> = many(built.pages.len() + searched, &snapshot.config).into_iter().collect();
    let copied = built.pages.iter().filter_map(|page| match &page.kind {
        Kind::Copy(source) | Kind::Picture(source, None) => snapshot.find(source),
        _ => None,
    });
    diags.extend(copied.filter_map(|file| large(&file.path, "the file", file.stamp.size)));
    diags
}

/// A page that turns out larger than some hosts take, in bytes; of copied files [`large_output`]
/// knows it before.
pub fn large_page(page: &Page, size: u64) -> Option<Diag> {
    let is_copied = matches!(page.kind, Kind::Copy(_) | Kind::Picture(_, None));
    (!is_copied).then(|| large(&page.source, &format!("`{}`", page.path), size)).flatten()
}

fn many(files: usize, config: &str) -> Option<Diag> {
    let message = format!("the site has about {files} files, and some hosts take {MOST_FILES}");
    let help =
        "leave out optional files with `[outputs] story` and `feeds`, or allow `large-output` in [lint]";
    (files > MOST_FILES).then(|| Diag::warning(Code::LargeOutput, config, message).help(help))
}

fn large(path: &str, what: &str, size: u64) -> Option<Diag> {
    let message = format!("{what} has {} MiB, and some hosts take 25", size.div_ceil(1024 * 1024));
    let help = "make it smaller, or keep it elsewhere and link to it";
    (size > LARGEST_FILE).then(|| Diag::warning(Code::LargeOutput, path, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_past_the_limits_is_said() {
        assert!(many(20_000, "c").is_none() && many(20_001, "c").is_some());
        assert!(large("f", "the file", LARGEST_FILE).is_none());
        assert_eq!(
            large("f", "the file", LARGEST_FILE + 1).unwrap().message,
            "the file has 26 MiB, and some hosts take 25"
        );
    }
}
