//! Bounds on what comes at once and how fast: connections, requests, streams of events, by address, by account and in
//! all. Generous for people (a whole class behind one address works), and known to no page.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header;
use axum::response::Response;
use http_body::{Frame, SizeHint};

use super::rate::{Buckets, Rate};

/// Connections at once: of one address (forty people with six each), and in all.
const CONNECTIONS: Capacity = Capacity { each: 300, all: 800 };
/// Requests under way at once, until the last byte of their answer is sent: of one address, and in all.
const REQUESTS: Capacity = Capacity { each: 250, all: 500 };
/// Streams of events (pages that watch jobs) at once: of one address, and in all.
const STREAMS: Capacity = Capacity { each: 100, all: 300 };
/// Requests of one address. Forty people who open the heaviest page together make about 1 500.
const ADDRESS_RATE: Rate = Rate { burst: 2_000, per_second: 50 };
/// Requests of one account, wherever its browsers and tokens are.
const ACCOUNT_RATE: Rate = Rate { burst: 600, per_second: 20 };
/// Time after which somebody who found the service full may try again.
const FULL_WAIT: Duration = Duration::from_secs(5);

/// Bits of an IPv6 address that one customer shares.
const IPV6_NETWORK_BITS: u32 = 64;

/// Places for one kind of thing: for each address, and in all.
#[derive(Clone, Copy, Debug)]
struct Capacity {
    each: usize,
    all: usize,
}

/// Reason for which something has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowded {
    /// This address or account asks too fast.
    TooFast {
        /// Time until the next may come.
        wait: Duration,
    },
    /// This address has too much under way.
    AddressFull,
    /// The service has too much under way.
    ServiceFull,
}

impl Crowded {
    /// Seconds after which to try again, at least one.
    pub fn seconds(self) -> u64 {
        let wait = match self {
            Self::TooFast { wait } => wait,
            Self::AddressFull | Self::ServiceFull => FULL_WAIT,
        };
        wait.as_secs() + 1
    }
}

/// Things under way, counted.
#[derive(Debug)]
struct Counter {
    capacity: Capacity,
    tally: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    all: usize,
    by_address: BTreeMap<IpAddr, usize>,
}

/// A place that is taken until it is dropped.
#[derive(Debug)]
pub struct TakenPlace {
    counter: Arc<Counter>,
    address: Option<IpAddr>,
}

impl Counter {
    fn new(capacity: Capacity) -> Arc<Self> {
        Arc::new(Self { capacity, tally: Mutex::default() })
    }

    fn taken(&self) -> usize {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).all
    }

    /// Takes a place for an address; for nobody's address one of all alone.
    fn take(self: &Arc<Self>, address: Option<IpAddr>) -> Result<TakenPlace, Crowded> {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        if tally.all >= self.capacity.all {
            return Err(Crowded::ServiceFull);
        }
        if let Some(address) = address {
            let taken = tally.by_address.entry(address).or_default();
            if *taken >= self.capacity.each {
                return Err(Crowded::AddressFull);
            }
            *taken += 1;
        }
        tally.all += 1;
        Ok(TakenPlace { counter: self.clone(), address })
    }
}

impl Drop for TakenPlace {
    fn drop(&mut self) {
        let mut tally = self.counter.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.all = tally.all.saturating_sub(1);
        let Some(address) = self.address else { return };
        if let Some(taken) = tally.by_address.get_mut(&address) {
            *taken = taken.saturating_sub(1);
            if *taken == 0 {
                tally.by_address.remove(&address);
            }
        }
    }
}

/// Number of things under way at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// Open connections.
    pub connections: usize,
    /// Requests whose answer is not sent yet.
    pub requests: usize,
    /// Streams of events.
    pub streams: usize,
}

/// All bounds of one service.
#[derive(Debug)]
pub struct Traffic {
    connections: Arc<Counter>,
    requests: Arc<Counter>,
    streams: Arc<Counter>,
    addresses: Buckets<IpAddr>,
    accounts: Buckets<String>,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            connections: Counter::new(CONNECTIONS),
            requests: Counter::new(REQUESTS),
            streams: Counter::new(STREAMS),
            addresses: Buckets::new(ADDRESS_RATE),
            accounts: Buckets::new(ACCOUNT_RATE),
        }
    }
}

impl Traffic {
    /// Counts what is under way.
    pub fn under_way(&self) -> UnderWay {
        UnderWay {
            connections: self.connections.taken(),
            requests: self.requests.taken(),
            streams: self.streams.taken(),
        }
    }

    /// A place for a connection from an address; a proxy's carry many people, and count in all alone.
    pub fn connection(&self, address: IpAddr, is_proxy: bool) -> Result<TakenPlace, Crowded> {
        self.connections.take((!is_proxy).then(|| network(address)))
    }

    /// A place for a request from an address.
    pub fn request(&self, address: IpAddr) -> Result<TakenPlace, Crowded> {
        self.requests.take(Some(network(address)))
    }

    /// Counts a request against the rate of its address.
    pub fn count_address(&self, address: IpAddr, now: Instant) -> Result<(), Crowded> {
        self.addresses.take(&network(address), now).map_err(|wait| Crowded::TooFast { wait })
    }

    /// Counts a request against the rate of its account.
    pub fn count_account(&self, account: &str, now: Instant) -> Result<(), Crowded> {
        self.accounts.take(&account.to_owned(), now).map_err(|wait| Crowded::TooFast { wait })
    }

    /// The answer, which keeps its place until it is sent or dropped. A stream of events, which never ends, gives the
    /// request's place back and takes one of its own.
    pub fn held(&self, response: Response, place: TakenPlace) -> Result<Response, Crowded> {
        let kind = response.headers().get(header::CONTENT_TYPE);
        let is_stream = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let place = if is_stream { self.streams.take(place.address)? } else { place };
        Ok(response.map(|body| Body::new(HeldBody { body, _place: place })))
    }
}

/// The address, or of IPv6 the network that one customer has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let kept = u128::from(address) >> (128 - IPV6_NETWORK_BITS) << (128 - IPV6_NETWORK_BITS);
            IpAddr::V6(Ipv6Addr::from(kept))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// A body with the place that it takes.
struct HeldBody {
    body: Body,
    _place: TakenPlace,
}

impl HttpBody for HeldBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn filled(count: usize, take: impl Fn(usize) -> Result<TakenPlace, Crowded>) -> Vec<TakenPlace> {
        (0..count).map(|number| take(number).unwrap()).collect()
    }

    #[test]
    fn an_address_has_so_many_requests_at_once_and_so_has_the_service() {
        let traffic = Traffic::default();
        let mut places = filled(REQUESTS.each, |_| traffic.request(address(1)));
        assert_eq!(traffic.request(address(1)).unwrap_err(), Crowded::AddressFull);
        places.extend(filled(REQUESTS.all - REQUESTS.each, |_| traffic.request(address(2))));
        assert_eq!(traffic.request(address(3)).unwrap_err(), Crowded::ServiceFull);
        places.pop();
        places.push(traffic.request(address(3)).unwrap());
        drop(places);
        assert_eq!(traffic.requests.tally.lock().unwrap().all, 0);
        assert!(traffic.requests.tally.lock().unwrap().by_address.is_empty());
    }

    #[test]
    fn connections_of_a_proxy_count_in_all_alone() {
        let traffic = Traffic::default();
        let own = filled(CONNECTIONS.each, |_| traffic.connection(address(1), false));
        assert_eq!(traffic.connection(address(1), false).unwrap_err(), Crowded::AddressFull);
        let rest = filled(CONNECTIONS.all - CONNECTIONS.each, |_| traffic.connection(address(2), true));
        assert_eq!(traffic.connection(address(2), true).unwrap_err(), Crowded::ServiceFull);
        drop((own, rest));
    }

    #[test]
    fn addresses_and_accounts_have_rates_of_their_own() {
        let traffic = Traffic::default();
        let now = Instant::now();
        let count = |take: &dyn Fn() -> Result<(), Crowded>| (0..10_000).take_while(|_| take().is_ok()).count();
        assert_eq!(count(&|| traffic.count_address(address(1), now)), ADDRESS_RATE.burst as usize);
        assert_eq!(count(&|| traffic.count_account("siti", now)), ACCOUNT_RATE.burst as usize);
        assert_eq!(traffic.count_address(address(2), now), Ok(()));
        let refused = traffic.count_address(address(1), now).unwrap_err();
        assert_eq!((refused, refused.seconds()), (Crowded::TooFast { wait: Duration::from_millis(20) }, 1));
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("::ffff:10.0.0.1"), "10.0.0.1");
    }

    #[tokio::test]
    async fn an_answer_keeps_its_place_until_it_is_sent_and_a_stream_takes_another() {
        let traffic = Traffic::default();
        let plain = traffic.held("ya".into_response(), traffic.request(address(1)).unwrap()).unwrap();
        assert_eq!(traffic.requests.tally.lock().unwrap().all, 1);
        assert_eq!(axum::body::to_bytes(plain.into_body(), 10).await.unwrap(), "ya");
        assert_eq!(traffic.requests.tally.lock().unwrap().all, 0);
        let stream = || ([(header::CONTENT_TYPE, "text/event-stream")], "data: x\n\n").into_response();
        let held = |_| traffic.held(stream(), traffic.request(address(1)).unwrap());
        let streams: Vec<Response> = (0..STREAMS.each).map(|number| held(number).unwrap()).collect();
        assert_eq!(traffic.requests.tally.lock().unwrap().all, 0);
        assert_eq!(held(0).unwrap_err(), Crowded::AddressFull);
        drop(streams);
        assert!(held(0).is_ok());
    }
}
