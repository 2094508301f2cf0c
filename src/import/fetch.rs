//! Fetches a page with manners and limits: I/O.
//!
//! Every hop of a redirect is resolved and checked before it is connected to. A page that is too
//! large, too slow or goes round in circles is an error that says so.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use super::private::is_private;

/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// How far a fetch may go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For all hops together.
    pub timeout: Duration,
    /// Bytes of a page, after decompression.
    pub bytes: u64,
    /// Whether addresses of the own network may be asked.
    pub allow_private: bool,
    /// Who asks.
    pub agent: String,
}

/// A page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where the last redirect led.
    pub url: String,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
}

/// The name by which the program introduces itself; `home` is the site's own address.
pub fn agent_name(home: Option<&str>) -> String {
    let name = concat!("Dateline/", env!("CARGO_PKG_VERSION"));
    match home {
        Some(home) => format!("{name} (+{home})"),
        None => name.to_owned(),
    }
}

/// Refuses addresses that are not public.
#[derive(Debug, Default)]
struct Guard(DefaultResolver);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        match found.iter().find(|address| is_private(address.ip())) {
            Some(address) => Err(ureq::Error::Other(private(&address.ip().to_string()).into())),
            None => Ok(found),
        }
    }
}

fn private(address: &str) -> String {
    format!("{address} is an address of a private network; --allow-private asks it all the same")
}

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Only whether it is there.
    Head,
    /// All of it.
    Get,
}

/// What a server said of an address, redirects followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// How long it asks to wait, if it says so in seconds.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// It may be there another time: too slow, or the connection failed.
    Passing(String),
    /// It will be the same another time: no such name, a private network, redirects in a circle.
    Lasting(String),
}

impl Silence {
    /// What was wrong.
    pub fn reason(self) -> String {
        match self {
            Silence::Passing(reason) | Silence::Lasting(reason) => reason,
        }
    }
}

/// Asks for an address and reads nothing of the page.
pub fn ask(url: &str, method: Method, limits: &Limits) -> Result<Answer, Silence> {
    let (_, response) = last_hop(url, method, limits)?;
    let seconds = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    Ok(Answer { status: response.status().as_u16(), retry_after: seconds.map(Duration::from_secs) })
}

/// Fetches a page; the error says what was wrong.
pub fn get(url: &str, limits: &Limits) -> Result<Fetched, String> {
    let (at, response) = last_hop(url, Method::Get, limits).map_err(Silence::reason)?;
    let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
    let status = response.status();
    if !status.is_success() {
        return Err(refused(status.as_u16()));
    }
    let length = header("content-length").and_then(|length| length.parse().ok());
    if length.is_some_and(|length: u64| length > limits.bytes) {
        return Err(too_large(limits));
    }
    let content_type = header("content-type");
    let bytes = body(response, limits)?;
    Ok(Fetched { url: at.into(), content_type, bytes })
}

/// Follows redirects to where they end; every hop is checked before it is connected to.
fn last_hop(
    url: &str,
    method: Method,
    limits: &Limits,
) -> Result<(Url, ureq::http::Response<ureq::Body>), Silence> {
    let deadline = Instant::now() + limits.timeout;
    let mut at = web(url).map_err(Silence::Lasting)?;
    let mut seen = vec![at.clone()];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let agent = agent(limits, left.max(Duration::from_millis(1)));
        let request = match method {
            Method::Head => agent.head(at.as_str()),
            Method::Get => agent.get(at.as_str()),
        };
        let request = request.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.5");
        let response = request.call().map_err(|error| silence(&error, limits))?;
        if !is_redirect(response.status().as_u16()) {
            return Ok((at, response));
        }
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        at = follow(&at, location.map(str::to_owned), &mut seen).map_err(Silence::Lasting)?;
    }
}

/// Whether a status sends elsewhere; 304 and 300 do not.
fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

fn silence(error: &ureq::Error, limits: &Limits) -> Silence {
    let reason = said(error, limits);
    match error {
        ureq::Error::HostNotFound | ureq::Error::Other(_) | ureq::Error::BadUri(_) => {
            Silence::Lasting(reason)
        }
        _ => Silence::Passing(reason),
    }
}

fn agent(limits: &Limits, left: Duration) -> Agent {
    let config = Config::builder()
        .timeout_global(Some(left))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(limits.agent.as_str());
    match limits.allow_private {
        true => config.build().new_agent(),
        // A proxy would resolve names itself, out of the guard's sight.
        false => Agent::with_parts(config.proxy(None).build(), DefaultConnector::new(), Guard::default()),
    }
}

fn web(url: &str) -> Result<Url, String> {
    let parsed = Url::parse(url).map_err(|error| format!("this is no web address ({error})"))?;
    match parsed.scheme() {
        "http" | "https" if parsed.has_host() => Ok(parsed),
        scheme => Err(format!("only http and https are fetched, not {scheme}")),
    }
}

fn follow(from: &Url, location: Option<String>, seen: &mut Vec<Url>) -> Result<Url, String> {
    let location = location.ok_or("the server redirects without saying where to")?;
    let to = from.join(&location).map_err(|_| format!("the server redirects to `{location}`"))?;
    let to = web(to.as_str())?;
    if seen.contains(&to) {
        return Err("the redirects go round in a circle".to_owned());
    }
    if seen.len() > REDIRECTS {
        return Err(format!("there are more than {REDIRECTS} redirects"));
    }
    seen.push(to.clone());
    Ok(to)
}

fn refused(status: u16) -> String {
    match status {
        404 | 410 => format!("there is no such page ({status})"),
        401 | 402 | 403 | 451 => {
            format!("the server does not show it to programs ({status}); save the page and use --html FILE")
        }
        429 => "the server asks to come back later (429)".to_owned(),
        status => format!("the server answered with status {status}"),
    }
}

fn too_large(limits: &Limits) -> String {
    format!("the page is larger than {} MB; save its beginning and use --html FILE", limits.bytes / 1_000_000)
}

fn body(response: ureq::http::Response<ureq::Body>, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // The limit is set here and not in the library, so that it holds after decompression.
    let reader = response.into_body().into_with_config().limit(u64::MAX).reader();
    reader.take(limits.bytes + 1).read_to_end(&mut bytes).map_err(|error| {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
            Some(error) => said(error, limits),
            None => error.to_string(),
        }
    })?;
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(limits));
    }
    Ok(bytes)
}

fn said(error: &ureq::Error, limits: &Limits) -> String {
    match error {
        ureq::Error::Timeout(_) => {
            format!(
                "the server took longer than {} seconds; try again, or --timeout",
                limits.timeout.as_secs()
            )
        }
        ureq::Error::HostNotFound => "no server has this name".to_owned(),
        ureq::Error::Other(inner) => inner.to_string(),
        ureq::Error::Io(inner) => match inner.get_ref().and_then(|e| e.downcast_ref::<ureq::Error>()) {
            Some(inner) => said(inner, limits),
            None => inner.to_string(),
        },
        error => error.to_string(),
    }
}
