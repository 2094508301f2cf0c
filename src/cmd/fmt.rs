//! `dateline fmt`: front matter in its canonical form.

use std::path::PathBuf;

use clap::Args;

use super::report::printable;
use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::diag::Error;
use crate::edit::{self, Refusal};

/// Flags of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Files below content/ [default: all of them]
    files: Vec<PathBuf>,
    /// Change nothing; exit with 1 if a file is not in its canonical form
    #[arg(long)]
    check: bool,
}

/// Formats.
pub fn run(global: &Global, args: &FmtArgs) -> Result<Exit, Error> {
    let site = OpenSite::open(global)?;
    let mut exit = Exit::Good;
    for path in paths(&site, args)? {
        let Some(record) = edit::record_of(&path) else { continue };
        let text = site.text(&path)?;
        let new = match edit::format(&text, path.ends_with(".toml"), record) {
            Ok(new) => new,
            Err(Refusal::Missing) => continue,
            Err(Refusal::Yaml) => {
                if global.verbose {
                    eprintln!("{}: YAML is left as it is", printable(&path));
                }
                continue;
            }
            Err(refusal) => {
                eprintln!("error: {}: {}", printable(&path), printable(&refusal.to_string()));
                exit = Exit::Problems;
                continue;
            }
        };
        if new == text {
            continue;
        }
        if args.check {
            exit = Exit::Problems;
        } else {
            site::replace(&site.root.join(&path), &new)?;
        }
        if !global.quiet {
            println!("{}{}", if args.check { "would change " } else { "formatted " }, printable(&path));
        }
    }
    Ok(exit)
}

/// The files to format, relative to the site.
fn paths(site: &OpenSite, args: &FmtArgs) -> Result<Vec<String>, Error> {
    if args.files.is_empty() {
        let files = site.snapshot.below("content/").map(|file| file.path.to_string());
        return Ok(files.filter(|path| path.ends_with(".md") || path.ends_with(".toml")).collect());
    }
    args.files.iter().map(|file| site.inside(file)).collect()
}
