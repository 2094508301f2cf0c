//! Preview: the site over HTTP, built again when a file changes, shown by browsers at once.
//!
//! In: settings, signals (a bell, a key). Out: pages over HTTP and [`Event`]s for the terminal.
//! There is no path of its own from files to pages: a file event is a bell, not data. It has the
//! site snapshot, parsed (what changed), linked and planned as by a build; then the page is
//! rendered that a browser asks for. [`keeper`] builds, [`watch`] rings, [`http`] answers,
//! [`shown`] is what they share. Prints nothing.

mod answer;
mod host;
mod http;
mod keeper;
mod shown;
mod watch;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::build::Options;
use crate::diag::{Diag, Error};
use keeper::{Keeper, Look};
use shown::{Desk, Shown};
use watch::Watch;

/// No event for this long, and a change is taken to be over.
const QUIET: Duration = Duration::from_millis(25);
/// A change that goes on for longer than this is looked at all the same.
const AT_MOST: Duration = Duration::from_millis(200);
/// How often files are looked at without an event: rarely where the system announces changes.
const HEARTBEAT: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(500);
/// An event that comes this long after its change was found is only late.
const LATE: Duration = Duration::from_millis(400);
/// Ports that are tried after the one that was asked for.
const PORTS: u16 = 50;

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
    let mut preview = Preview { watch, shown, tabs: BTreeMap::new(), last_trouble: String::new() };
    preview.look(&mut keeper, tell);
    preview.wait(&receiver, &mut keeper, tell);
    runtime.shutdown_background();
    Ok(())
}

/// The base URL's scheme and host while the site is previewed.
fn origin(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => SocketAddr::new([127, 0, 0, 1].into(), address.port()),
        ip => SocketAddr::new(ip, address.port()),
    };
    format!("http://{host}")
}

fn addresses(address: SocketAddr, wanted: u16) -> Addresses {
    let network = match address.ip() {
        ip if ip.is_loopback() => None,
        ip if ip.is_unspecified() => own_address(),
        ip => Some(ip),
    };
    let url = |ip| format!("http://{}/", SocketAddr::new(ip, address.port()));
    Addresses {
        local: format!("{}/", origin(address)),
        network: network.map(url),
        instead_of: (wanted != 0 && wanted != address.port()).then_some(wanted),
    }
}

/// The address that others on the network know this machine by. Nothing is sent: connecting a
/// datagram socket only looks up the route.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback())
}

/// Listens on the port, or the next one that is free.
fn listen(bind: IpAddr, port: u16) -> Result<TcpListener, Error> {
    let last = port.saturating_add(if port == 0 { 0 } else { PORTS });
    for candidate in port..=last {
        match TcpListener::bind((bind, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && candidate < last => {}
            Err(error) => return Err(cannot_listen(bind, candidate, &error)),
        }
    }
    Err(Error::Usage(format!("the ports {port} to {last} are all taken; choose another with --port")))
}

fn cannot_listen(bind: IpAddr, port: u16, error: &std::io::Error) -> Error {
    Error::Usage(format!(
        "cannot listen on {bind} port {port}: {error}; choose others with --bind and --port"
    ))
}

/// The loop: waits for signals, looks at the files, shows what was built.
struct Preview {
    watch: Watch,
    shown: tokio::sync::watch::Sender<Shown>,
    /// Paths that browsers look at, and how many do.
    tabs: BTreeMap<String, usize>,
    last_trouble: String,
}

impl Preview {
    fn wait(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        loop {
            let interval = if self.watch.is_polling() { POLL } else { HEARTBEAT };
            match signals.recv_timeout(interval.max(keeper.scan_took() * 50)) {
                Ok(Signal::Quit) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(signal) => {
                    let is_bell = matches!(signal, Signal::Bell | Signal::Moved);
                    self.heed(signal, keeper, tell);
                    if is_bell && !self.until_quiet(signals, keeper, tell) {
                        return;
                    }
                    if is_bell {
                        self.look(keeper, tell);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.look(keeper, tell) && !self.watch.is_polling() {
                        self.unannounced(signals, keeper, tell);
                    }
                }
            }
        }
    }

    /// Takes signals until there was none for a while; false to quit.
    fn until_quiet(
        &mut self,
        signals: &Receiver<Signal>,
        keeper: &mut Keeper,
        tell: &mut dyn FnMut(Event),
    ) -> bool {
        let end = Instant::now() + AT_MOST;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match signals.recv_timeout(QUIET.min(left)) {
                Ok(Signal::Quit) | Err(RecvTimeoutError::Disconnected) => return false,
                Ok(signal) => self.heed(signal, keeper, tell),
                Err(RecvTimeoutError::Timeout) => return true,
            }
            if left.is_zero() {
                return true;
            }
        }
    }

    /// A change was found that no event has announced: from now on files are polled, unless the
    /// event was only late.
    fn unannounced(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        match signals.recv_timeout(LATE) {
            Err(RecvTimeoutError::Timeout) => {
                self.watch.poll();
                let note = "the system does not announce changes of these files, so they are polled; \
                            `--poll` does that from the start";
                tell(Event::Note(note.to_owned()));
            }
            Err(RecvTimeoutError::Disconnected) => {}
            Ok(signal) => {
                self.heed(signal, keeper, tell);
                self.look(keeper, tell);
            }
        }
    }

    fn heed(&mut self, signal: Signal, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        match signal {
            Signal::Bell => {}
            Signal::Moved => self.watch.renew(),
            Signal::Rescan => {
                keeper.forget();
                self.watch.renew();
                self.look(keeper, tell);
            }
            Signal::Open => tell(Event::Open(keeper.home())),
            Signal::Opened(path) => *self.tabs.entry(path).or_default() += 1,
            Signal::Closed(path) => {
                if let Some(count) = self.tabs.get_mut(&path) {
                    *count -= 1;
                }
                self.tabs.retain(|_, count| *count > 0);
            }
            Signal::Failed(diag) => tell(Event::Failed(diag)),
            // Whoever waits for signals ends at this one.
            Signal::Quit => {}
        }
    }

    /// Looks at the files and shows what has become of them; whether anything had changed.
    fn look(&mut self, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) -> bool {
        let heard = self.shown.borrow().rung;
        let tabs: Vec<&str> = self.tabs.keys().map(String::as_str).collect();
        let before = self.shown.borrow().good.clone();
        let look = keeper.look(before.as_deref(), &tabs);
        let (report, trouble) = match look {
            Ok(Look::Same) => (None, String::new()),
            Ok(Look::Good { state, report }) => {
                self.shown.send_modify(|shown| shown.replace(*state));
                (Some(report), String::new())
            }
            Ok(Look::Broken { problems, report }) => {
                self.shown.send_modify(|shown| shown.broken(problems));
                (Some(report), String::new())
            }
            Err(error) => {
                let text = error.to_string();
                self.shown.send_modify(|shown| shown.broken(text.clone()));
                (None, text)
            }
        };
        self.shown.send_modify(|shown| shown.heard = heard);
        if !trouble.is_empty() && trouble != self.last_trouble {
            tell(Event::Trouble(trouble.clone()));
        }
        self.last_trouble = trouble;
        self.watch.follow(keeper.linked());
        let has_changed = report.is_some();
        if let Some(report) = report {
            tell(Event::Looked(report));
        }
        has_changed
    }
}
