//! Lists of stories: home, topics, outlets, blindspots, editions, archive, methodology.

pub mod across;
pub mod archive;
pub mod blindspot;
pub mod edition;
pub mod home;
pub mod methodology;
pub mod outlet;
pub mod topic;

use serde::Serialize;

use super::world::World;

/// The pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    current: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PageLink>,
}

#[derive(Debug, Serialize)]
struct PageLink {
    n: usize,
    url: String,
    current: bool,
}

/// Pages around the current one that a pager links to.
const NEAR: usize = 3;

/// How many pages a list of `items` takes; at least one.
pub fn page_count(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

/// The path of page `n` (from 1) of the list at `base`.
pub fn page_path(base: &str, n: usize) -> String {
    if n == 1 { base.to_owned() } else { format!("{base}page/{n}/") }
}

/// The pager of page `n`; `None` for a list of one page.
pub fn pager(world: &World, base: &str, n: usize, total: usize) -> Option<Pager> {
    if total < 2 {
        return None;
    }
    let url = |n: usize| world.href(&page_path(base, n));
    let is_near = |page: usize| page == 1 || page == total || page.abs_diff(n) <= NEAR;
    let link = |page: usize| PageLink { n: page, url: url(page), current: page == n };
    Some(Pager {
        current: n,
        total,
        previous: (n > 1).then(|| url(n - 1)),
        next: (n < total).then(|| url(n + 1)),
        pages: (1..=total).filter(|&page| is_near(page)).map(link).collect(),
    })
}

/// The items of page `n`, from 1.
pub fn slice<T>(items: &[T], n: usize, per_page: usize) -> &[T] {
    let from = ((n - 1) * per_page).min(items.len());
    &items[from..(from + per_page).min(items.len())]
}
