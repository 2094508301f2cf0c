//! `dateline init`: a new site that builds at once.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;

use super::{Exit, Global, now, site};
use crate::diag::Error;
use crate::schema;
use crate::starter::{self, Host};

/// Flags of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder of the new site
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Also write into a folder that has something in it; nothing is ever overwritten
    #[arg(long)]
    force: bool,
    /// Add a workflow that publishes with GitHub Pages
    #[arg(long)]
    github: bool,
    /// Add a netlify.toml
    #[arg(long)]
    netlify: bool,
}

/// Writes the new site.
pub fn run(global: &Global, args: &InitArgs) -> Result<Exit, Error> {
    let dir = &args.dir;
    if !args.force && is_used(dir)? {
        return Err(Error::Usage(format!(
            "{} has something in it; choose another folder, or add --force, which overwrites nothing",
            dir.display()
        )));
    }
    let mut hosts = Vec::new();
    hosts.extend(args.github.then_some(Host::GitHub));
    hosts.extend(args.netlify.then_some(Host::Netlify));
    let today = TimeZone::UTC.to_datetime(now(None)?).date().to_string();
    let files = schema::with_schemas(starter::site(&today, &hosts));
    let mut left = Vec::new();
    for (path, text) in &files {
        if !site::write_new(&dir.join(path), text)? {
            left.push(path);
        }
    }
    if !global.quiet {
        println!("{} written to {}", site::files(files.len() - left.len()), dir.display());
        for path in &left {
            println!("left as it was: {path}");
        }
        println!("\nNext:\n  cd {}\n  dateline build", dir.display());
    }
    Ok(Exit::Good)
}

/// Whether something stands where the site is to go.
fn is_used(dir: &std::path::Path) -> Result<bool, Error> {
    if !dir.exists() {
        return Ok(false);
    }
    let mut entries = fs::read_dir(dir).map_err(Error::read(dir))?;
    Ok(entries.next().is_some())
}
