//! Which names a request may use for this server. A page of another site can have its own name
//! point here and then read the preview (DNS rebinding); it cannot do so with an IP address.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::uri::Authority;

/// The names that requests may use.
#[derive(Debug, Clone, Copy)]
pub struct Hosts {
    bound: SocketAddr,
}

impl Hosts {
    /// The names of a server that listens here.
    pub fn of(bound: SocketAddr) -> Hosts {
        Hosts { bound }
    }

    /// Whether a `Host` header names this server. Behind a forwarded port of a container, where
    /// the server listens beyond loopback, the port may be another one.
    pub fn accept(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else {
            return false;
        };
        let is_shared = !self.bound.ip().is_loopback();
        let has_port = authority.port_u16().unwrap_or(80) == self.bound.port();
        (has_port || is_shared) && !host.contains('@') && self.knows(authority.host())
    }

    fn knows(&self, name: &str) -> bool {
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let ip = match (bare.parse::<IpAddr>(), bare.parse::<Ipv6Addr>()) {
            (Ok(ip), _) => ip,
            (_, Ok(ip)) => IpAddr::V6(ip),
            _ => return false,
        };
        ip.is_loopback() || ip == self.bound.ip() || self.bound.ip().is_unspecified()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_with_the_own_port_are_accepted() {
        let hosts = Hosts::of("127.0.0.1:1111".parse().unwrap());
        for good in ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111"] {
            assert!(hosts.accept(good), "{good}");
        }
        let bad = ["evil.example:1111", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:1111"];
        for bad in bad.into_iter().chain(["", "a@localhost:1111", "192.0.2.1:1111", "localhost:1111:1"]) {
            assert!(!hosts.accept(bad), "{bad}");
        }
    }

    #[test]
    fn a_shared_server_is_known_by_addresses_but_by_no_names() {
        let hosts = Hosts::of("0.0.0.0:1111".parse().unwrap());
        assert!(hosts.accept("192.0.2.1:1111"));
        assert!(hosts.accept("localhost:8080"));
        assert!(!hosts.accept("evil.example:1111"));
    }
}
