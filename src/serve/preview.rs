//! The loop of a preview: waits for signals, looks at the files, shows what was built.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::keeper::{Keeper, Look};
use super::shown::Shown;
use super::watch::Watch;
use super::{Event, Signal};

/// No event for this long, and a change is taken to be over.
const QUIET: Duration = Duration::from_millis(25);
/// A change that goes on for longer than this is looked at all the same.
const AT_MOST: Duration = Duration::from_millis(200);
/// How often files are looked at without an event: rarely where the system announces changes.
const HEARTBEAT: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(500);
/// An event that comes this long after its change was found is only late.
const LATE: Duration = Duration::from_millis(400);
/// What the loop keeps between two looks.
pub struct Preview {
    watch: Watch,
    shown: tokio::sync::watch::Sender<Shown>,
    /// Paths that browsers look at, and how many do.
    tabs: BTreeMap<String, usize>,
    last_trouble: String,
}

impl Preview {
    /// Nothing is shown yet.
    pub fn new(watch: Watch, shown: tokio::sync::watch::Sender<Shown>) -> Preview {
        Preview { watch, shown, tabs: BTreeMap::new(), last_trouble: String::new() }
    }

    /// Looks at the files at once, and then whenever it is signalled, until it is told to quit.
    pub fn run(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        self.look(keeper, tell);
        self.wait(signals, keeper, tell);
    }

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
