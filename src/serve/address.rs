//! Where a preview listens, and what others call it.

use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};

use super::Addresses;
use crate::diag::Error;

/// Ports that are tried after the one that was asked for.
const PORTS: u16 = 50;

/// The base URL's scheme and host while the site is previewed.
pub fn origin(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => SocketAddr::new([127, 0, 0, 1].into(), address.port()),
        ip => SocketAddr::new(ip, address.port()),
    };
    format!("http://{host}")
}

pub fn addresses(address: SocketAddr, wanted: u16) -> Addresses {
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
pub fn listen(bind: IpAddr, port: u16) -> Result<TcpListener, Error> {
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

pub fn cannot_listen(bind: IpAddr, port: u16, error: &std::io::Error) -> Error {
    Error::Usage(format!(
        "cannot listen on {bind} port {port}: {error}; choose others with --bind and --port"
    ))
}
