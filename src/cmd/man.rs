//! `dateline man`: the manual page, or one page a command.

use std::path::{Path, PathBuf};

use clap::Args;
use clap_mangen::Man;

use super::Exit;
use crate::diag::Error;

/// Flags of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write one page a command into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Prints the manual, or writes it.
pub fn run(args: &ManArgs) -> Result<Exit, Error> {
    let mut command = super::command();
    command.build();
    match &args.dir {
        Some(dir) => write(command, dir),
        None => super::print(&whole(&command)?),
    }
}

/// The page of the program, followed by the options of every command.
fn whole(command: &clap::Command) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::Write("the manual".into(), error);
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page).map_err(failed)?;
    for sub in command.get_subcommands() {
        let title = format!(".SH \"DATELINE {}\"\n", sub.get_name().to_uppercase());
        page.extend_from_slice(title.as_bytes());
        let man = Man::new(sub.clone());
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_synopsis_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
        man.render_extra_section(&mut page).map_err(failed)?;
    }
    Ok(page)
}

fn write(command: clap::Command, dir: &Path) -> Result<Exit, Error> {
    std::fs::create_dir_all(dir).map_err(Error::write(dir))?;
    clap_mangen::generate_to(command, dir).map_err(Error::write(dir))?;
    Ok(Exit::Good)
}
