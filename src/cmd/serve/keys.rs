//! Single keys of the terminal: q quits, r reads everything again, o opens the browser.
//!
//! On Unix the terminal stops waiting for whole lines and stops repeating what is typed; nothing
//! else about it changes, so Ctrl-C and output work as ever. Elsewhere a key needs Enter.

use std::io::{IsTerminal, Read};
use std::sync::mpsc::Sender;

use crate::serve::Signal;

/// A terminal that gives single keys; dropped, it is as before.
pub struct Keys {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

/// Listens for keys, if there is a terminal in front.
pub fn listen(signals: &Sender<Signal>) -> Option<Keys> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let keys = Keys::take()?;
    let signals = signals.clone();
    std::thread::spawn(move || {
        for key in std::io::stdin().lock().bytes().map_while(Result::ok) {
            let signal = match key {
                b'q' | b'Q' => Signal::Quit,
                b'r' | b'R' => Signal::Rescan,
                b'o' | b'O' => Signal::Open,
                _ => continue,
            };
            if signals.send(signal).is_err() {
                return;
            }
        }
    });
    Some(keys)
}

#[cfg(unix)]
impl Keys {
    fn take() -> Option<Keys> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcgetpgrp, tcsetattr};
        let stdin = rustix::stdio::stdin();
        // A program in the background that touches the terminal is stopped by the system.
        if tcgetpgrp(stdin).ok()? != rustix::process::getpgrp() {
            return None;
        }
        let before = tcgetattr(stdin).ok()?;
        let mut single = before.clone();
        single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(stdin, OptionalActions::Now, &single).ok()?;
        Some(Keys { before })
    }
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // Fails only where the terminal is gone.
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.before);
    }
}

#[cfg(not(unix))]
impl Keys {
    fn take() -> Option<Keys> {
        Some(Keys {})
    }
}
