//! HTTP: requests in, answers out. What may be asked for is what was planned, and nothing else.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::Signal;
use super::answer::{EVENTS, SCRIPT, content_type, decoded, trouble_page, with_script};
use super::shown::{Desk, Good, Shown};
use crate::build::Trouble;
use crate::diag::Error;

/// How long a request waits for the change that it came after.
const PATIENCE: Duration = Duration::from_secs(20);
const RELOAD: &str = include_str!("reload.js");
/// Threads that speak HTTP; pages are rendered on others.
const THREADS: usize = 2;

/// Starts to answer; dropping the result ends it.
pub fn start(listener: TcpListener, desk: Desk) -> Result<tokio::runtime::Runtime, Error> {
    let failed = |error| Error::Usage(format!("cannot start the server: {error}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build();
    let runtime = runtime.map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let quit = desk.signals.clone();
    let router = Router::new().fallback(answer).with_state(desk);
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(failed)?
    };
    runtime.spawn(async move { axum::serve(listener, router).await });
    runtime.spawn(async move {
        asked_to_end().await;
        // Nobody waits for signals any more once the preview ends.
        let _ = quit.send(Signal::Quit);
    });
    Ok(runtime)
}

/// Waits for Ctrl-C, or for the system to ask this program to end.
#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut end) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = end.recv() => {}
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn asked_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

async fn answer(State(desk): State<Desk>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let mut response = respond(desk, &head).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn respond(desk: Desk, request: &Parts) -> Response {
    if !is_ours(&desk, request) {
        let text =
            "This address is not one of the preview's own. Open the one that `dateline serve` prints.\n";
        return plain(StatusCode::MISDIRECTED_REQUEST, text);
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match request.uri.path() {
        SCRIPT => typed(StatusCode::OK, content_type(SCRIPT), RELOAD.into()),
        EVENTS => events(desk, request.uri.query().unwrap_or_default()),
        path => {
            let path = path.to_owned();
            let shown = settled(desk.shown.clone()).await;
            let made = tokio::task::spawn_blocking(move || page(&desk, &shown, &path)).await;
            made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made.\n"))
        }
    }
}

/// Whether every name that a request gives for its host is one of the server's own.
fn is_ours(desk: &Desk, request: &Parts) -> bool {
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let asked = request.uri.authority().is_none_or(|authority| desk.hosts.accept(authority.as_str()));
    asked && host.to_str().is_ok_and(|host| desk.hosts.accept(host))
}

/// What is shown once all changes known by now are built.
async fn settled(mut shown: tokio::sync::watch::Receiver<Shown>) -> Shown {
    let rung = shown.borrow().rung;
    let wait = shown.wait_for(|shown| shown.heard >= rung);
    if let Ok(Ok(shown)) = tokio::time::timeout(PATIENCE, wait).await {
        return shown.clone();
    }
    shown.borrow().clone()
}

fn page(desk: &Desk, shown: &Shown, path: &str) -> Response {
    let Some(good) = &shown.good else {
        let text = shown.problems.as_deref().unwrap_or("The first build takes long.");
        return html(StatusCode::SERVICE_UNAVAILABLE, trouble_page(text, shown.version()));
    };
    let Some(path) = decoded(path) else {
        return plain(StatusCode::BAD_REQUEST, "The address is not UTF-8.\n");
    };
    if let Some(page) = good.page_at(&path) {
        return file(desk, good, page, StatusCode::OK);
    }
    if let Some((name, bytes)) = good.index_file(&path) {
        return typed(StatusCode::OK, content_type(name), bytes.clone().into());
    }
    let base = &good.built.world.base;
    if path == "/" || format!("{path}/") == *base {
        return moved(good.built.world.href("/"));
    }
    if !path.ends_with('/') && good.page_at(&format!("{path}/")).is_some() {
        return moved(good.built.world.href(&format!("/{}/", &path[base.len()..])));
    }
    match good.find("404.html") {
        Some(page) => file(desk, good, page, StatusCode::NOT_FOUND),
        None => plain(StatusCode::NOT_FOUND, "Not found.\n"),
    }
}

fn file(desk: &Desk, good: &Arc<Good>, page: &crate::page::Page, status: StatusCode) -> Response {
    match good.bytes(page) {
        Ok(bytes) => {
            let mime = content_type(&page.path);
            let is_html = mime.starts_with("text/html");
            let bytes = if is_html { with_script(bytes, &good.version) } else { bytes };
            typed(status, mime, bytes.into())
        }
        Err(Trouble::Error(error)) => plain(StatusCode::NOT_FOUND, format!("{error}\n")),
        Err(Trouble::Diag(diag)) => {
            let text =
                format!("{}: {}\n{}", diag.path, diag.message, diag.help.as_deref().unwrap_or_default());
            let page = trouble_page(&text, &good.version);
            // Nobody waits for signals any more once the preview ends.
            let _ = desk.signals.send(Signal::Failed(diag));
            html(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
    }
}

fn moved(to: String) -> Response {
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Err(_) => plain(StatusCode::NOT_FOUND, "Not found.\n"),
    }
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Response {
    typed(status, content_type("a.html"), bytes.into())
}

fn plain(status: StatusCode, text: impl Into<Body>) -> Response {
    typed(status, content_type("a.txt"), text.into())
}

fn typed(status: StatusCode, mime: &'static str, body: Body) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static(mime))], body).into_response()
}

/// Tells the builder that a browser has left a page.
struct Tab {
    desk: Desk,
    path: String,
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.desk.signals.send(Signal::Closed(std::mem::take(&mut self.path)));
    }
}

/// What browsers are told, at once and whenever it changes.
fn events(desk: Desk, query: &str) -> Response {
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    let path = page.and_then(decoded).unwrap_or_default().into_owned();
    let _ = desk.signals.send(Signal::Opened(path.clone()));
    let shown = desk.shown.clone();
    let tab = Tab { desk, path };
    let messages = stream::unfold((tab, shown, Arc::<str>::from("")), async |(tab, mut shown, last)| {
        let next = shown.wait_for(|shown| *shown.message != *last).await.ok()?.message.clone();
        let event = Event::default().data(&*next).retry(Duration::from_secs(1));
        Some((Ok::<_, Infallible>(event), (tab, shown, next)))
    });
    Sse::new(messages).keep_alive(KeepAlive::default()).into_response()
}
