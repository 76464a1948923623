//! Address, names and proxies of a running service, and whence a request came in their light. Knows no account, no page
//! and no socket.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, header};

use crate::definitions::{AddressRange, ServedName};
use crate::oidc::IdentityProvider;

/// Names under which a machine knows itself.
const LOOPBACK_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// Headers by which proxies tell of those who ask them.
const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";
const FORWARDED_HOST: &str = "x-forwarded-host";
/// Headers that a browser does not send of itself: somebody stands between.
const MARKS_OF_PROXIES: [&str; 5] = [FORWARDED_FOR, FORWARDED_PROTO, FORWARDED_HOST, "forwarded", "x-real-ip"];

/// Parts of a service that its first page may decide: those of which its start said nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreeChoices {
    /// The usual data folder, in the place of which another may be chosen; none where a folder was named.
    pub usual_folder: Option<PathBuf>,
    /// True where no address was named.
    pub is_address_free: bool,
}

/// Address, names and proxies of a running service.
#[derive(Clone, Debug)]
pub struct Listening {
    /// Address of the listener.
    pub address: SocketAddr,
    /// Names that `simpul.toml` gives it.
    pub names: Vec<ServedName>,
    /// Names that the machine has in its network, in small letters.
    pub machine_names: Vec<String>,
    /// Reverse proxies that are believed.
    pub proxies: Vec<AddressRange>,
    /// Identity provider where people may sign in too.
    pub provider: Option<OfferedProvider>,
    /// Choices of a first page; none where there is to be no such page.
    pub first_page: Option<FreeChoices>,
}

/// An identity provider under the name that its button has.
#[derive(Clone, Debug)]
pub struct OfferedProvider {
    /// The provider.
    pub provider: Arc<IdentityProvider>,
    /// Words of the button after *Masuk dengan*.
    pub label: String,
}

/// Connection on which a request came; the front door puts it into each.
#[derive(Clone, Copy, Debug)]
pub struct PeerConnection {
    /// Address at the other end.
    pub peer: IpAddr,
    /// Address of this machine that was asked.
    pub local: IpAddr,
    /// True under TLS of our own.
    pub is_tls: bool,
}

/// Where a request came from and how it names the service, as the connection or a believed proxy tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSource {
    /// Address of the one who asks.
    pub address: IpAddr,
    /// Address of this machine that was asked.
    pub local: IpAddr,
    /// True where the browser speaks https: cookies are then `Secure`.
    pub is_https: bool,
    /// Host with port as the browser names it; empty where it names none.
    pub host: String,
    /// True where a proxy that is not named stands between.
    pub is_by_stranger: bool,
    /// True for a program on this machine with nobody between; false where no connection tells.
    pub is_on_machine: bool,
}

impl Listening {
    /// A service at an address, with no name and no proxy.
    pub fn plain(address: SocketAddr) -> Self {
        Self {
            address,
            names: Vec::new(),
            machine_names: Vec::new(),
            proxies: Vec::new(),
            provider: None,
            first_page: None,
        }
    }

    /// Reports whether others than the machine's owner may reach it: then nobody is shown anything without an account.
    pub fn needs_accounts(&self) -> bool {
        !self.address.ip().is_loopback() || !self.names.is_empty() || !self.proxies.is_empty()
    }

    /// Reports whether an address is that of a named proxy.
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|range| range.holds(address))
    }

    /// Tells where a request came from. Headers of proxies count only on a connection from a named one, and of the chain
    /// of addresses the last one that is no named proxy: what stands before it, anybody may have written.
    pub fn source(&self, request: &Request) -> RequestSource {
        let own = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let without = PeerConnection { peer: own, local: own, is_tls: false };
        // Tests hand requests over without a connection.
        let connection = request.extensions().get::<PeerConnection>().copied().unwrap_or(without);
        let is_told = request.extensions().get::<PeerConnection>().is_some();
        let headers = request.headers();
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("").to_owned();
        let direct = RequestSource {
            address: connection.peer,
            local: connection.local,
            is_https: connection.is_tls,
            host,
            is_by_stranger: false,
            is_on_machine: false,
        };
        if !self.is_proxy(connection.peer) {
            let is_by_stranger = MARKS_OF_PROXIES.iter().any(|name| headers.contains_key(*name));
            let is_within = connection.peer.is_loopback() && connection.local.is_loopback();
            return RequestSource { is_by_stranger, is_on_machine: is_told && is_within && !is_by_stranger, ..direct };
        }
        let proto = last_of(headers, FORWARDED_PROTO);
        RequestSource {
            address: self.farthest_known(headers, connection.peer),
            is_https: connection.is_tls || proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")),
            host: last_of(headers, FORWARDED_HOST).map_or(direct.host.clone(), str::to_owned),
            ..direct
        }
    }

    /// The last address of the chain that is no named proxy; where one cannot be read, the proxy that told of it.
    fn farthest_known(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        let mut known = peer;
        for hop in listed(headers, FORWARDED_FOR).into_iter().rev() {
            let Some(address) = hop.and_then(hop_address) else { return known };
            known = address;
            if !self.is_proxy(address) {
                return known;
            }
        }
        known
    }

    /// Reports whether the service may be asked by the name that the request uses.
    pub fn answers_to(&self, source: &RequestSource) -> bool {
        let usual = if source.is_https { 443 } else { 80 };
        let (name, port) = match source.host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (source.host.as_str(), Some(usual)),
        };
        let Some(port) = port else { return false };
        let name = name.to_ascii_lowercase();
        let is_ours = port == self.address.port();
        let is_named = |known: &ServedName| {
            known.name == name && known.port.map_or(is_ours || port == usual, |expected| expected == port)
        };
        if self.names.iter().any(is_named) {
            return true;
        }
        let is_machine = LOOPBACK_NAMES.contains(&name.as_str())
            || self.machine_names.contains(&name)
            || address_of(&name).is_some_and(|address| address == source.local);
        is_ours && is_machine
    }
}

/// The address that a Host is, where it is one.
fn address_of(host: &str) -> Option<IpAddr> {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    inner.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Elements of a header that is a list, over all its lines; none where a line is no text.
fn listed<'a>(headers: &'a HeaderMap, name: &str) -> Vec<Option<&'a str>> {
    let mut elements = Vec::new();
    for line in headers.get_all(name) {
        match line.to_str() {
            Ok(line) => elements.extend(line.split(',').map(|element| Some(element.trim()))),
            Err(_no_text) => elements.push(None),
        }
    }
    elements
}

/// The element that the nearest proxy wrote.
fn last_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    listed(headers, name).pop().flatten().filter(|element| !element.is_empty())
}

/// An address of the chain, with or without a port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = hop.parse::<SocketAddr>().map(|address| address.ip()).ok();
    address_of(hop).or(with_port).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn listening(proxies: &[&str]) -> Listening {
        let proxies = proxies.iter().map(|text| AddressRange::parse(text).unwrap()).collect();
        let names = ["simpul.example", "lain.example:8443"].map(|name| ServedName::parse(name).unwrap()).to_vec();
        let machine_names = vec!["laptop".to_owned(), "laptop.local".to_owned()];
        Listening { names, machine_names, proxies, ..Listening::plain("0.0.0.0:8080".parse().unwrap()) }
    }

    fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
        let mut builder = Request::get("/");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let mut request = builder.body(Body::empty()).unwrap();
        let local = "192.168.1.5".parse().unwrap();
        request.extensions_mut().insert(PeerConnection { peer: peer.parse().unwrap(), local, is_tls: false });
        request
    }

    #[test]
    fn forwarded_headers_are_believed_of_a_named_proxy_alone() {
        let headers = [
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-for", "203.0.113.9"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "simpul.example"),
        ];
        let known = listening(&["10.0.0.2"]).source(&request("10.0.0.2", &headers));
        assert_eq!((known.address.to_string().as_str(), known.is_https), ("203.0.113.9", true));
        assert_eq!((known.host.as_str(), known.is_by_stranger), ("simpul.example", false));
        let foreign = listening(&["10.0.0.2"]).source(&request("10.0.0.3", &headers));
        assert_eq!((foreign.address.to_string().as_str(), foreign.is_https), ("10.0.0.3", false));
        assert_eq!((foreign.host.as_str(), foreign.is_by_stranger), ("127.0.0.1:8080", true));
    }

    #[test]
    fn of_the_chain_the_last_hop_that_is_no_proxy_counts() {
        let listening = listening(&["10.0.0.0/24"]);
        for (chain, expected) in [
            ("1.1.1.1, 203.0.113.9", "203.0.113.9"),
            ("1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, unknown", "10.0.0.2"),
            ("203.0.113.9, unknown, 10.0.0.7", "10.0.0.7"),
            ("", "10.0.0.2"),
            ("10.0.0.7", "10.0.0.7"),
        ] {
            let source = listening.source(&request("10.0.0.2", &[("x-forwarded-for", chain)]));
            assert_eq!(source.address.to_string(), expected, "{chain}");
        }
        let two = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(listening.source(&request("10.0.0.2", &two)).address.to_string(), "203.0.113.9");
    }

    #[test]
    fn the_service_answers_to_its_own_names_alone() {
        let listening = listening(&[]);
        let answers = |host: &str| listening.answers_to(&listening.source(&request("10.0.0.9", &[("host", host)])));
        for host in [
            "127.0.0.1:8080",
            "LOCALHOST:8080",
            "[::1]:8080",
            "192.168.1.5:8080",
            "laptop:8080",
            "Laptop.local:8080",
            "simpul.example",
            "simpul.example:80",
            "simpul.example:8080",
            "lain.example:8443",
        ] {
            assert!(answers(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "192.168.1.6:8080",
            "192.168.1.5",
            "evil.example:8080",
            "simpul.example:443",
            "simpul.example.evil.example",
            "lain.example",
            "laptop.local.evil.example:8080",
            "127.0.0.1:x",
            "127.0.0.1:8080:8080",
            "[::1]",
        ] {
            assert!(!answers(host), "{host}");
        }
        let usual = Listening::plain("127.0.0.1:80".parse().unwrap());
        for host in ["localhost", "[::1]"] {
            assert!(usual.answers_to(&usual.source(&request("127.0.0.1", &[("host", host)]))), "{host}");
        }
    }

    #[test]
    fn whoever_can_be_reached_by_others_needs_accounts() {
        let local = Listening::plain("127.0.0.1:8080".parse().unwrap());
        assert!(!local.needs_accounts());
        let proxies = vec![AddressRange::parse("127.0.0.1").unwrap()];
        assert!(Listening { proxies, ..local.clone() }.needs_accounts());
        let names = vec![ServedName::parse("simpul.example").unwrap()];
        assert!(Listening { names, ..local }.needs_accounts());
        for address in ["0.0.0.0:80", "[::]:80", "192.168.1.5:80"] {
            assert!(Listening::plain(address.parse().unwrap()).needs_accounts(), "{address}");
        }
    }
}
