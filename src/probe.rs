//! Whether addresses on other servers still answer: I/O.
//!
//! In: addresses. Out: a [`Verdict`] for each, in their order. A server gets one question after the
//! other, with a pause between them; HEAD first, then GET, for not all servers know HEAD. One that
//! asks to wait is waited for. What answered is remembered for some days ([`memory`]).

pub mod memory;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::import::fetch::{self, Answer, Limits, Method, Silence};
use crate::link::host;

pub use memory::Memory;

/// Servers that are asked at one time.
const AT_ONCE: usize = 8;
/// How often a question is asked before a server counts as silent.
const TRIES: u32 = 3;
/// How often one that says nothing is asked: each time may take as long as the limit allows.
const SILENT_TRIES: u32 = 2;
/// Between two tries where the server does not say how long to wait.
const BACK_OFF: Duration = Duration::from_millis(500);
/// A server is not waited for longer, whatever it asks.
const PATIENCE: Duration = Duration::from_secs(30);

/// How servers are asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// How far one question may go.
    pub limits: Limits,
    /// Between two questions to one server.
    pub pause: Duration,
}

/// What came of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Alive,
    /// It answered some days ago and was not asked.
    Remembered,
    /// Its server does not show it to programs, or asks to come back later: nothing is known.
    Closed(u16),
    /// It leads nowhere, for this reason.
    Dead(String),
}

/// Asks for every address; `tell` is called once for each that is done.
pub fn ask_all(
    addresses: &[&str],
    manners: &Manners,
    memory: &Memory,
    tell: &(dyn Fn() + Sync),
) -> Vec<Verdict> {
    let mut servers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut verdicts: Vec<Option<Verdict>> = vec![None; addresses.len()];
    for (at, address) in addresses.iter().enumerate() {
        if memory.holds(address) {
            verdicts[at] = Some(Verdict::Remembered);
            tell();
        } else {
            servers.entry(server(address)).or_default().push(at);
        }
    }
    let threads = AT_ONCE.min(servers.len());
    let work = Mutex::new(servers.into_values());
    let results = Mutex::new(verdicts);
    // A panic in one thread poisons the lock; what the others found is still good.
    let next = || work.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
    let keep = |at: usize, verdict: Verdict| {
        results.lock().unwrap_or_else(|poisoned| poisoned.into_inner())[at] = Some(verdict);
        tell();
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(places) = next() {
                    ask_server(&places, addresses, manners, &keep);
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    let missing = || Verdict::Dead("it was not asked".to_owned());
    results.into_iter().map(|verdict| verdict.unwrap_or_else(missing)).collect()
}

/// The host and port of an address: who is not asked twice at once.
fn server(address: &str) -> String {
    let port = url::Url::parse(address).ok().and_then(|url| url.port_or_known_default());
    format!("{}:{}", host(address).unwrap_or_default().to_lowercase(), port.unwrap_or_default())
}

/// Asks one server for its addresses, one after the other. If it is silent, the rest is not asked.
fn ask_server(places: &[usize], addresses: &[&str], manners: &Manners, keep: &dyn Fn(usize, Verdict)) {
    let mut silent: Option<String> = None;
    for (number, &at) in places.iter().enumerate() {
        if let Some(reason) = &silent {
            keep(at, Verdict::Dead(reason.clone()));
            continue;
        }
        if number > 0 {
            std::thread::sleep(manners.pause);
        }
        keep(
            at,
            match ask(addresses[at], manners) {
                Ok(answer) => judged(answer.status),
                Err(silence) => {
                    if let Silence::Passing(reason) = &silence {
                        silent = Some(reason.clone());
                    }
                    Verdict::Dead(silence.reason())
                }
            },
        );
    }
}

/// Asks for one address: HEAD, and GET where that does not say that it is there.
fn ask(address: &str, manners: &Manners) -> Result<Answer, Silence> {
    match insist(address, Method::Head, manners) {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer),
        Err(Silence::Lasting(reason)) => Err(Silence::Lasting(reason)),
        Ok(_) | Err(Silence::Passing(_)) => insist(address, Method::Get, manners),
    }
}

/// Asks again where the server is busy or the connection fails.
fn insist(address: &str, method: Method, manners: &Manners) -> Result<Answer, Silence> {
    let mut tries = 1;
    loop {
        let answer = fetch::ask(address, method, &manners.limits);
        let (wait, most) = match &answer {
            Ok(Answer { status: 429 | 502 | 503 | 504, retry_after }) => {
                (retry_after.unwrap_or(BACK_OFF * tries).min(PATIENCE), TRIES)
            }
            Err(Silence::Passing(_)) if method == Method::Get => (BACK_OFF, SILENT_TRIES),
            Ok(_) | Err(_) => return answer,
        };
        if tries >= most {
            return answer;
        }
        tries += 1;
        std::thread::sleep(wait);
    }
}

/// What a status says about a page.
fn judged(status: u16) -> Verdict {
    match status {
        200..300 => Verdict::Alive,
        404 | 410 => Verdict::Dead(format!("there is no such page ({status})")),
        // Paywalls, walls against programs, and limits: a reader may well see the page.
        401 | 402 | 403 | 405 | 406 | 407 | 429 | 451 | 600.. => Verdict::Closed(status),
        _ => Verdict::Dead(format!("the server answers with status {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_reader_can_see_is_dead() {
        assert_eq!(judged(204), Verdict::Alive);
        assert_eq!(judged(403), Verdict::Closed(403));
        assert_eq!(judged(429), Verdict::Closed(429));
        assert!(matches!(judged(410), Verdict::Dead(_)));
        assert!(matches!(judged(500), Verdict::Dead(_)));
    }

    #[test]
    fn one_server_is_one_host_and_port() {
        assert_eq!(server("https://WWW.a.example/x"), server("https://a.example:443/y"));
        assert_ne!(server("https://a.example/x"), server("https://a.example:8443/x"));
    }
}
