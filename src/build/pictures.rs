//! Pictures of the site: measured before the pages are planned, scaled when somebody asks for one.
//!
//! What is thought about bytes stands in [`crate::picture`]; here files are read, and what took
//! long is kept below `.dateline/images/`, and cards of stories below `.dateline/cards/`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::diag::{Code, Diag};
use crate::page::social;
use crate::page::world::Picture;
use crate::picture::{self, Facts, Fault, clean, scale};
use crate::snapshot::{Snapshot, kept};

/// Finds out the size of every picture and which smaller versions it gets.
pub fn measure(pictures: &mut BTreeMap<String, Picture>, snapshot: &Snapshot) -> Vec<Diag> {
    let found: Vec<Option<Diag>> =
        pictures.par_iter_mut().map(|(source, picture)| one(source, picture, snapshot).err()).collect();
    found.into_iter().flatten().collect()
}

fn one(source: &str, picture: &mut Picture, snapshot: &Snapshot) -> Result<(), Diag> {
    let facts = snapshot
        .read(source)
        .map_err(|error| Fault::Broken(error.to_string()))
        .and_then(|bytes| picture::facts(&bytes, source));
    match facts {
        Ok(facts) => {
            picture.size = facts.size;
            if picture.cleaned {
                picture.smaller = smaller(&picture.url, &facts);
            }
            Ok(())
        }
        // A file of static/ that no story shows is none of our business.
        Err(_) if !picture.cleaned => Ok(()),
        Err(fault) => Err(refused(source, &fault)),
    }
}

/// Addresses beside the picture: `/a/cover.png` and 480 give `/a/cover-480w.webp`.
fn smaller(url: &str, facts: &Facts) -> Vec<(String, u32)> {
    let stem = url.rsplit_once('.').map_or(url, |(stem, _)| stem);
    scale::widths(facts).into_iter().map(|width| (format!("{stem}-{width}w.webp"), width)).collect()
}

fn refused(source: &str, fault: &Fault) -> Diag {
    let (code, help) = match fault {
        Fault::Broken(_) => (Code::BadImage, "save it again, or replace it"),
        Fault::TooLarge(..) => (Code::BadImage, "100 million pixels are the limit; make it smaller"),
        Fault::Unsafe(_) => (Code::UnsafeImage, "export it as a plain drawing, or as PNG"),
    };
    Diag::error(code, source, fault.to_string()).help(help)
}

/// The bytes of a picture as it is published, at this width if one is given.
pub fn bytes(
    snapshot: &Snapshot,
    source: &str,
    width: Option<u32>,
    keep: bool,
) -> Result<Vec<u8>, super::Trouble> {
    let original = snapshot.read(source).map_err(super::Trouble::Error)?;
    let made = published(snapshot, source, &original, width, keep);
    made.map_err(|fault| super::Trouble::Diag(Box::new(refused(source, &fault))))
}

fn published(
    snapshot: &Snapshot,
    source: &str,
    original: &[u8],
    width: Option<u32>,
    keep: bool,
) -> Result<Vec<u8>, Fault> {
    let facts = picture::facts(original, source)?;
    let cleaned = || clean::clean(original, facts.format);
    if let Some(bytes) = (width.is_none() && !facts.turned).then(cleaned).flatten() {
        return Ok(bytes);
    }
    if width.is_none() && !facts.scalable {
        return Err(Fault::Broken("its parts do not add up".to_owned()));
    }
    let make = || scale::scaled(original, facts.format, width);
    if !keep {
        return make();
    }
    let name = format!("{:032x}-{}-{}", xxh3_128(original), scale::VERSION, width.unwrap_or(0));
    kept::kept(&snapshot.root.join(".dateline/images"), &name, make)
}

/// The PNG of a story's card; no bytes if it cannot be drawn.
pub fn card(snapshot: &Snapshot, drawing: &[u8], keep: bool) -> Vec<u8> {
    let make = || social::raster(drawing).ok_or(());
    let name = format!("{:032x}-{}", xxh3_128(drawing), social::VERSION);
    let made = if keep { kept::kept(&snapshot.root.join(".dateline/cards"), &name, make) } else { make() };
    made.unwrap_or_default()
}
