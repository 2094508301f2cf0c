//! `dateline schema`: JSON Schemas for editors and checkers.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Global, site::OpenSite};
use crate::content::config;
use crate::diag::Error;
use crate::schema::{self, Kind};

/// Flags of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// What the schema describes
    #[arg(required_unless_present = "dir")]
    kind: Option<Kind>,
    /// Write all of them into this folder; new files of the site point to those in schemas/
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    dir: Option<PathBuf>,
}

/// Prints a schema, or writes all.
pub fn run(global: &Global, args: &SchemaArgs) -> Result<Exit, Error> {
    let axes = match OpenSite::open(global) {
        Ok(site) => site.config.axes,
        // Outside of a site there are the built-in axes.
        Err(_) => config::parse(&global.config, b"").0.axes,
    };
    let text = |kind| format!("{:#}\n", schema::schema(kind, &axes));
    if let Some(kind) = args.kind {
        return super::print(text(kind).as_bytes());
    }
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).map_err(Error::write(dir))?;
        for kind in Kind::ALL {
            let path = dir.join(format!("{}.schema.json", kind.name()));
            std::fs::write(&path, text(kind)).map_err(Error::write(&path))?;
        }
        if !global.quiet {
            println!("{} schemas written to {}", Kind::ALL.len(), dir.display());
        }
    }
    Ok(Exit::Good)
}
