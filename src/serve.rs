//! Preview: the site over HTTP, built again when a file changes, shown by browsers at once.
//!
//! In: settings, signals (a bell, a key). Out: pages over HTTP and [`Event`]s for the terminal.
//! There is no path of its own from files to pages: a file event is a bell, not data. It has the
//! site snapshot, parsed (what changed), linked and planned as by a build; then the page is
//! rendered that a browser asks for. [`preview`] is the loop, [`keeper`] builds, [`watch`]
//! rings, [`http`] answers, [`shown`] is what they share. Prints nothing.

mod address;
mod answer;
mod host;
mod http;
mod keeper;
mod preview;
mod shown;
mod watch;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use jiff::Timestamp;

use crate::build::Options;
use crate::diag::{Diag, Error};
use address::{addresses, cannot_listen, listen, origin};
use keeper::Keeper;
use preview::Preview;
use shown::{Desk, Shown};
use watch::Watch;

/// What a preview is asked to do.
pub struct Settings {
    /// The site's root.
    pub root: PathBuf,
    /// The configuration, relative to the root.
    pub config: String,
    /// The address to listen on.
    pub bind: IpAddr,
    /// The port; the next free one is taken where it is not free.
    pub port: u16,
    /// Look at the files twice a second instead of waiting for events.
    pub poll: bool,
    /// What the build takes from the command line.
    pub options: Options,
    /// What the build takes for now.
    pub now: fn(Option<&str>) -> Result<Timestamp, Error>,
    /// What was written for now.
    pub written_now: Option<String>,
    /// A problem as text for people.
    pub describe: fn(&Diag) -> String,
}

/// What a preview is told.
#[derive(Debug)]
pub enum Signal {
    /// Something about the files has changed.
    Bell,
    /// A folder at the top has come, gone or moved: watches must be set anew.
    Moved,
    /// Read everything again.
    Rescan,
    /// Say where the site is, to be opened.
    Open,
    /// A browser looks at this path.
    Opened(String),
    /// It no longer does.
    Closed(String),
    /// A page that was asked for could not be rendered.
    Failed(Box<Diag>),
    /// End.
    Quit,
}

/// What a preview says.
#[derive(Debug)]
pub enum Event {
    /// It listens.
    Listening(Addresses),
    /// The site was built, or could not be.
    Looked(Report),
    /// A page could not be rendered.
    Failed(Box<Diag>),
    /// The machine failed; the preview goes on.
    Trouble(String),
    /// Something to know.
    Note(String),
    /// A browser is to be opened here.
    Open(String),
}

/// Where a preview is found.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// From this machine.
    pub local: String,
    /// From others, if they can reach it.
    pub network: Option<String>,
    /// The port that was asked for, if another one was taken.
    pub instead_of: Option<u16>,
}

/// One look at the files.
#[derive(Debug)]
pub struct Report {
    /// Files that came, changed or went, in order; empty the first time.
    pub changed: Vec<String>,
    /// All problems.
    pub diags: Vec<Diag>,
    /// Whether the site is shown; otherwise the last good one still is.
    pub is_good: bool,
    /// From the snapshot to the plan.
    pub took: Duration,
    /// The address of what changed.
    pub url: String,
    /// Stories of the site.
    pub stories: usize,
    /// Files of the output.
    pub pages: usize,
}

/// Serves a site until it is told to quit.
pub fn run(
    settings: Settings,
    signals: (Sender<Signal>, Receiver<Signal>),
    tell: &mut dyn FnMut(Event),
) -> Result<(), Error> {
    let (sender, receiver) = signals;
    let listener = listen(settings.bind, settings.port)?;
    let address =
        listener.local_addr().map_err(|error| cannot_listen(settings.bind, settings.port, &error))?;
    let addresses = addresses(address, settings.port);
    let shown = tokio::sync::watch::Sender::new(Shown::nothing());
    let watch = Watch::start(&settings.root, &settings.config, settings.poll, sender.clone(), shown.clone());
    let desk = Desk { shown: shown.subscribe(), signals: sender, hosts: host::Hosts::of(address) };
    let runtime = http::start(listener, desk)?;
    let mut keeper = Keeper::new(settings, origin(address));
    tell(Event::Listening(addresses));
    Preview::new(watch, shown).run(&receiver, &mut keeper, tell);
    runtime.shutdown_background();
    Ok(())
}
