//! Commands: the only code that prints.
//!
//! [`Cli`] is what was typed; every command turns it into what it needs. Results go to stdout,
//! problems and progress to stderr (spec section 6).

mod build;
mod explain;
mod report;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::diag::Error;

/// A static site generator for story digests: what happened, who reported it, and how the
/// coverage spreads.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, infer_subcommands = false)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Flags of every command, in any position.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The configuration, relative to the site's folder
    #[arg(short, long, global = true, value_name = "FILE", default_value = "dateline.toml")]
    config: String,
    /// Say nothing but problems
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// When to colour what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// How problems are printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line and what to do
    Human,
    /// path:line:column: error[code]: message
    Short,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the site
    #[command(
        after_help = "Examples:\n  dateline build\n  dateline build -o /tmp/out -u https://example.org/news/"
    )]
    Build(build::BuildArgs),
    /// Previews the site: builds it again when a file changes and reloads the browser
    #[command(
        alias = "watch",
        after_help = "Examples:\n  dateline serve --open\n  dateline serve --drafts -p 8000 (also: dateline watch)"
    )]
    Serve(serve::ServeArgs),
    /// Says what a problem's code means
    #[command(after_help = "Examples:\n  dateline explain unknown-key\n  dateline explain")]
    Explain(explain::ExplainArgs),
}

/// How a command ended (spec section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Good,
    Problems,
    Usage,
    Configuration,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Configuration => 3,
        })
    }
}

/// Reads the command line and runs the command.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Build(args) => build::run(&cli.global, args),
        Command::Serve(args) => serve::run(&cli.global, args),
        Command::Explain(args) => explain::run(args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            report::error(&cli.global, &error);
            match error {
                Error::Usage(_) => Exit::Usage.into(),
                Error::Read(..) | Error::Write(..) | Error::Output(..) => Exit::Problems.into(),
            }
        }
    }
}

/// What a build takes for now: `--now`, SOURCE_DATE_EPOCH or the clock.
fn now(written: Option<&str>) -> Result<Timestamp, Error> {
    if let Some(text) = written {
        let when = crate::content::date::When::parse(text);
        let when = when.ok_or_else(|| Error::Usage(format!("--now: `{text}` is not a date")))?;
        return Ok(when.moment(&jiff::tz::TimeZone::UTC));
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch
            .parse()
            .ok()
            .and_then(|second| Timestamp::from_second(second).ok())
            .ok_or_else(|| Error::Usage(format!("SOURCE_DATE_EPOCH: `{epoch}` is no number of seconds"))),
        Err(_) => Ok(Timestamp::now()),
    }
}
