//! `dateline check --external`: asks other servers whether they still have what the site links to.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use clap::Args;

use super::Global;
use super::add::{Network, progress};
use crate::build::Built;
use crate::check::addresses::{self, Dead};
use crate::check::{Crawl, Finding};
use crate::diag::{Code, counted};
use crate::import::archive;
use crate::probe::{self, Manners, Memory, Verdict};
use crate::snapshot::Snapshot;

/// Between two questions to one server.
const PAUSE: Duration = Duration::from_millis(300);
/// Dead addresses for which the archive is asked; more of them are no question of single pages.
const ARCHIVED: usize = 50;
/// Bytes of an answer of the archive.
const LARGEST: u64 = 100_000;

/// Flags of `check --external`.
#[derive(Debug, Args)]
pub struct ExternalArgs {
    /// Also ask other servers whether they still have what the site links to
    #[arg(long)]
    pub external: bool,
    /// Days for which an address that answered is not asked again
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    max_age: u32,
    /// The archive that is asked for copies of what is gone
    #[arg(long, value_name = "URL", default_value = archive::ARCHIVE, requires = "external")]
    archive: String,
    #[command(flatten)]
    network: Network,
}

/// How many addresses came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    all: usize,
    remembered: usize,
    closed: usize,
    mended: usize,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Asked { all, remembered, closed, mended } = self;
        write!(
            f,
            "{} ({remembered} answered some days ago",
            counted(*all, "other address", "other addresses")
        )?;
        if *closed > 0 {
            write!(f, ", {closed} not shown to programs")?;
        }
        if *mended > 0 {
            write!(f, ", {mended} gone and archived")?;
        }
        f.write_str(")")
    }
}

/// Asks for every address that the pages link to.
pub fn run(
    global: &Global,
    args: &ExternalArgs,
    built: &Built,
    snapshot: &Snapshot,
    crawl: &Crawl,
) -> (Vec<(Code, Finding)>, Asked) {
    let addresses: Vec<&str> = addresses::asked(built, crawl).into_iter().collect();
    let file = snapshot.root.join(".dateline/links");
    let now = jiff::Timestamp::now().as_second();
    let mut memory = Memory::read(&file, now, args.max_age);
    let limits = args.network.limits(Some(&built.world.site.config.base_url), LARGEST);
    let manners = Manners { limits, pause: PAUSE };
    let bar = progress(global, addresses.len(), "addresses");
    let verdicts = probe::ask_all(&addresses, &manners, &memory, &|| bar.inc(1));
    bar.finish_and_clear();
    for (address, verdict) in addresses.iter().zip(&verdicts) {
        if *verdict == Verdict::Alive {
            memory.keep(address, now);
        }
    }
    // Without a memory everything is asked again next time.
    let _ = memory.write(&file);
    let mended = addresses::archived(built);
    let mut counts = Asked { all: addresses.len(), ..Asked::default() };
    let mut dead: BTreeMap<&str, Dead> = BTreeMap::new();
    for (&address, verdict) in addresses.iter().zip(verdicts) {
        match verdict {
            Verdict::Alive => {}
            Verdict::Remembered => counts.remembered += 1,
            Verdict::Closed(_) => counts.closed += 1,
            Verdict::Dead(_) if mended.contains(address) => counts.mended += 1,
            Verdict::Dead(reason) => {
                dead.insert(address, Dead { reason, copy: None });
            }
        }
    }
    for (address, dead) in dead.iter_mut().take(ARCHIVED) {
        dead.copy = archive::find(&args.archive, address, &manners.limits);
    }
    (addresses::dead(built, snapshot, crawl, &dead), counts)
}
