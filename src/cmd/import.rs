//! `dateline import`: drafts of stories and outlets from what others publish.

use std::collections::BTreeMap;
use std::fs;
use std::io::{IsTerminal, Read};
use std::path::Path;

use clap::Args;

use super::add::Network;
use super::report::{self, printable};
use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::content::outlet::Outlet;
use crate::content::story;
use crate::coverage::Registry;
use crate::diag::{Code, Diag, Error, Span, counted, has_error};
use crate::import::{self, Context, Fault, Imported, Kind, fetch};

/// Bytes of a file that is fetched.
const LARGEST: u64 = 20_000_000;

/// Notes that are shown; the rest is counted.
const NOTES: usize = 50;

/// Flags of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The format
    kind: Kind,
    /// What to read: a file, an address, or - for what is piped in
    #[arg(value_name = "FILE|URL")]
    from: String,
    /// A feed: make all entries the sources of one draft
    #[arg(long)]
    sources: bool,
    #[command(flatten)]
    network: Network,
}

/// The outlets that the site has.
struct Known<'r>(&'r Registry);

impl import::Outlets for Known<'_> {
    fn has(&self, id: &str) -> bool {
        self.0.find(id).is_some()
    }

    fn by_host(&self, host: &str) -> Option<String> {
        self.0.by_host(host).map(|at| self.0.outlet(at).id.to_string())
    }
}

/// Imports.
pub fn run(global: &Global, args: &ImportArgs) -> Result<Exit, Error> {
    let site = OpenSite::open(global)?;
    let bytes = read(&site, args)?;
    let context = Context { name: args.from.clone(), today: site.today(), as_sources: args.sources };
    let mut imported = match import::read(args.kind, &bytes, &context) {
        Ok(imported) => imported,
        Err(fault) => {
            report::diags(global, &[faulty(&args.from, &bytes, fault)]);
            return Ok(Exit::Problems);
        }
    };
    let registry = site.registry()?;
    import::add_missing_outlets(&mut imported, &Known(&registry));
    let exit = write(global, &site, &registry, &imported)?;
    for note in imported.notes.iter().take(NOTES) {
        eprintln!("note: {}", printable(note));
    }
    if let Some(more) = imported.notes.len().checked_sub(NOTES).filter(|more| *more > 0) {
        eprintln!("… and {}", counted(more, "more note", "more notes"));
    }
    Ok(exit)
}

fn read(site: &OpenSite, args: &ImportArgs) -> Result<Vec<u8>, Error> {
    if args.from.starts_with("https://") || args.from.starts_with("http://") {
        let limits = args.network.limits(Some(&site.config.base_url), LARGEST);
        let fetched = fetch::get(&args.from, &limits);
        return fetched
            .map(|fetched| fetched.bytes)
            .map_err(|reason| Error::Usage(format!("{}: {reason}", args.from)));
    }
    if args.from == "-" {
        return piped();
    }
    let path = Path::new(&args.from);
    fs::read(path).map_err(Error::read(path))
}

/// What is wrong with a file that cannot be imported, at its place.
fn faulty(from: &str, bytes: &[u8], Fault { message, at }: Fault) -> Diag {
    let text = import::charset::decode(bytes, None);
    let diag = Diag::error(Code::Syntax, from, message)
        .help("nothing was written; mend the place, or name the format that the file has");
    match at {
        Some(at) => diag.at(Span::new(at, at + 1)).text(&*text),
        None => diag,
    }
}

/// What is piped in; nobody is made to wait at a terminal.
fn piped() -> Result<Vec<u8>, Error> {
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        return Err(Error::Usage("`-` reads what is piped in, and nothing is; name a file".to_owned()));
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(Error::read(Path::new("-")))?;
    Ok(bytes)
}

/// Writes what is not there yet.
fn write(global: &Global, site: &OpenSite, registry: &Registry, imported: &Imported) -> Result<Exit, Error> {
    let slugs: BTreeMap<String, String> =
        site.stories()?.into_iter().map(|story| (story.slug.to_string(), story.path.to_string())).collect();
    let mut exit = Exit::Good;
    let (mut new, mut left) = (0, 0);
    for draft in &imported.stories {
        let path = format!("content/stories/{}.md", draft.name);
        let text = draft.to_markdown();
        let (_, diags) = story::parse(&path, text.as_bytes());
        if has_error(&diags) {
            report::diags(global, &diags);
            exit = Exit::Problems;
            continue;
        }
        let there = slugs.get(story::name_of(&path).stem);
        one(global, site, &path, &text, there.map(String::as_str), (&mut new, &mut left))?;
    }
    for outlet in &imported.outlets {
        let path = format!("content/outlets/{}.toml", outlet.id);
        let same = |other: &&Outlet| {
            *other.id.as_str() == *outlet.id
                || other
                    .domains
                    .iter()
                    .any(|(name, _)| outlet.domains.iter().any(|domain| **name == **domain))
        };
        let there = registry.list.iter().find(same).map(|outlet| outlet.path.to_string());
        one(global, site, &path, &outlet.to_toml(), there.as_deref(), (&mut new, &mut left))?;
    }
    if !global.quiet {
        println!("{} written, {left} left alone", site::files(new));
    }
    Ok(exit)
}

/// Writes one file, unless it or another one for the same thing is there.
fn one(
    global: &Global,
    site: &OpenSite,
    path: &str,
    text: &str,
    there: Option<&str>,
    (new, left): (&mut usize, &mut usize),
) -> Result<(), Error> {
    let written = there.is_none() && site.write_new(path, text)?;
    match written {
        true => *new += 1,
        false => *left += 1,
    }
    if !global.quiet {
        let (path, word) = match written {
            true => (path, "wrote"),
            false => (there.unwrap_or(path), "left alone, it is there already:"),
        };
        println!("{word} {}", printable(path));
    }
    Ok(())
}
