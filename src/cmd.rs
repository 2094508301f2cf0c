//! Commands: the only code that prints.
//!
//! [`Cli`] is what was typed; every command turns it into what it needs. Results go to stdout,
//! problems and progress to stderr (spec section 6).

mod add;
mod build;
mod check;
mod completions;
mod explain;
mod external;
mod fmt;
mod import;
mod indexed;
mod init;
mod man;
mod new;
mod pages;
mod parsed;
mod rename;
mod report;
mod schema;
mod serve;
mod site;
mod theme;
mod unchanged;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
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
    /// One line: path, line, column, code, message
    Short,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a new site that builds at once
    #[command(after_help = "Examples:\n  dateline init news\n  dateline init . --force --github")]
    Init(init::InitArgs),
    /// Writes a new story, outlet, edition or page, filled in
    #[command(
        after_help = "Examples:\n  dateline new story \"Council votes on the bridge\" --edit\n  dateline new outlet \"The Gazette\"\n  dateline new edition \"Week 47\" --since 2026-11-16"
    )]
    New(new::NewArgs),
    /// Adds articles to a story: fetches each page and fills in what it says of itself
    #[command(
        after_help = "Examples:\n  dateline add harbour-bridge https://example.org/news/bridge https://example.com/a\n  dateline add harbour-bridge https://example.org/paid --html saved.html\n\nThe story keeps every other byte. An outlet that the site does not know gets a file in content/outlets/."
    )]
    Add(add::AddArgs),
    /// Makes draft stories, or outlets, of what others publish
    #[command(
        after_help = "Examples:\n  dateline import page page.txt\n  pbpaste | dateline import page -\n  dateline import feed https://example.org/feed.xml --sources\n  dateline import outlets-csv outlets.csv\n\nStories become drafts. A file that is there already is never changed."
    )]
    Import(import::ImportArgs),
    /// Writes the site
    #[command(
        after_help = "Examples:\n  dateline build\n  dateline build -o /tmp/out -u https://example.org/news/"
    )]
    Build(build::BuildArgs),
    /// Says what is wrong or weak, and writes nothing
    #[command(
        after_help = "Examples:\n  dateline check\n  dateline check --external\n  dateline check --deny-warnings --message-format short\n\nEvery rule has a name; [lint] in dateline.toml or in a file allows, warns of or denies it. `dateline explain` lists the names."
    )]
    Check(check::CheckArgs),
    /// Brings front matter into its canonical form, without losing a comment
    #[command(
        after_help = "Examples:\n  dateline fmt\n  dateline fmt --check\n  dateline fmt content/stories/2026-01-02-bridge.md"
    )]
    Fmt(fmt::FmtArgs),
    /// Gives a story another slug: its old address and all references follow
    #[command(after_help = "Examples:\n  dateline rename harbour-bridge old-harbour-bridge")]
    Rename(rename::RenameArgs),
    /// Previews the site: builds it again when a file changes and reloads the browser
    #[command(
        alias = "watch",
        after_help = "Examples:\n  dateline serve --open\n  dateline watch --drafts -p 8000"
    )]
    Serve(serve::ServeArgs),
    /// Says what a problem's code means
    #[command(after_help = "Examples:\n  dateline explain unknown-key\n  dateline explain")]
    Explain(explain::ExplainArgs),
    /// Prints the JSON Schema of a kind of file
    #[command(
        after_help = "Examples:\n  dateline schema story > story.schema.json\n  dateline schema --dir schemas"
    )]
    Schema(schema::SchemaArgs),
    /// Lists themes and their options, and copies templates to change
    Theme(theme::ThemeArgs),
    /// Prints what a shell needs to complete commands
    #[command(
        after_help = "Examples:\n  dateline completions bash > ~/.local/share/bash-completion/completions/dateline\n  dateline completions fish > ~/.config/fish/completions/dateline.fish"
    )]
    Completions(completions::CompletionsArgs),
    /// Prints the manual page
    #[command(after_help = "Examples:\n  dateline man > dateline.1\n  dateline man --dir man/man1")]
    Man(man::ManArgs),
}

/// How a command ended (spec section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Good,
    Problems,
    Usage,
    Configuration,
    BrokenLinks,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Configuration => 3,
            Exit::BrokenLinks => 4,
        })
    }
}

/// The definition of all commands, for their reference.
pub fn command() -> clap::Command {
    Cli::command().disable_help_subcommand(true)
}

/// Reads the command line and runs the command.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Add(args) => add::run(&cli.global, args),
        Command::Build(args) => build::run(&cli.global, args),
        Command::Check(args) => check::run(&cli.global, args),
        Command::Completions(args) => completions::run(args),
        Command::Serve(args) => serve::run(&cli.global, args),
        Command::Explain(args) => explain::run(args),
        Command::Fmt(args) => fmt::run(&cli.global, args),
        Command::Import(args) => import::run(&cli.global, args),
        Command::Init(args) => init::run(&cli.global, args),
        Command::Man(args) => man::run(args),
        Command::New(args) => new::run(&cli.global, args),
        Command::Rename(args) => rename::run(&cli.global, args),
        Command::Schema(args) => schema::run(&cli.global, args),
        Command::Theme(args) => theme::run(&cli.global, args),
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

/// Prints a result to stdout; a reader that has gone away is no failure.
fn print(bytes: &[u8]) -> Result<Exit, Error> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Write("stdout".into(), error))
        }
        _ => Ok(Exit::Good),
    }
}

/// The site's folder, if it is one.
fn root(global: &Global) -> Result<PathBuf, Error> {
    let root = &global.root;
    if root.join(&global.config).is_file() || root.join("content").is_dir() {
        return Ok(root.clone());
    }
    Err(Error::Usage(format!(
        "{} is no site: it has neither {} nor content/; `dateline init DIR` makes one",
        root.display(),
        global.config
    )))
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
