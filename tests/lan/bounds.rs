//! Bounds on connections, heads, requests and their rate, each reached for real; people within them notice nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::service::{BEHIND, LOOPBACK, Reply, Service, exchange, head};

/// Requests of an address at once.
const REQUESTS_OF_ADDRESS: usize = 250;
/// Connections of an address at once.
const CONNECTIONS_OF_ADDRESS: usize = 300;
/// Requests of an address that may come in one burst, and in each second after it.
const ADDRESS_BURST: usize = 2_000;
const ADDRESS_PER_SECOND: u64 = 50;

/// Statuses of many requests on one connection, in the name of a forwarded address.
fn statuses(service: &Service, address: &str, count: usize) -> Vec<u16> {
    let mut stream = service.connect();
    let request = format!("GET /favicon.svg HTTP/1.1\r\nHost: simpul.example\r\nX-Forwarded-For: {address}\r\n\r\n");
    let mut found = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    for _ in 0..count {
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        while !is_whole(&answer) {
            let read = stream.read(&mut buffer).unwrap();
            assert!(read > 0, "closed after {}", found.len());
            answer.extend_from_slice(&buffer[..read]);
        }
        found.push(String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap().parse().unwrap());
    }
    found
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    answer.len() >= end + 4 + length.map_or(0, |length| length.trim().parse::<usize>().unwrap())
}

#[test]
fn an_address_that_asks_too_fast_is_told_to_wait_and_others_are_not() {
    let service = Service::start(BEHIND);
    let begun = Instant::now();
    // A class behind one address: every page at once stays within.
    let within = statuses(&service, "203.0.113.9", ADDRESS_BURST);
    assert!(within.iter().all(|status| *status == 200), "{:?}", within.iter().position(|status| *status != 200));
    let mut last = 200;
    // What comes back while requests are sent is less than what is sent.
    for _ in 0..40 {
        last = statuses(&service, "203.0.113.9", 100)[99];
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429, "never refused in {:?}", begun.elapsed());
    let lines = [("Host", "simpul.example"), ("X-Forwarded-For", "203.0.113.9")];
    let refused = (0..200).map(|_| service.get("/api/v1", &lines)).find(|reply| reply.status == 429).unwrap();
    assert!(refused.line("retry-after").parse::<u64>().unwrap() >= 1, "{}", refused.head);
    assert!(refused.body.contains("Terlalu banyak permintaan dalam waktu singkat"), "{}", refused.body);
    assert!(!refused.line("x-request-id").is_empty());
    assert_eq!(statuses(&service, "203.0.113.10", 5), [200; 5]);
    std::thread::sleep(Duration::from_secs(1));
    let again = statuses(&service, "203.0.113.9", usize::try_from(ADDRESS_PER_SECOND / 2).unwrap());
    assert!(again.iter().all(|status| *status == 200), "{again:?}");
}

/// A request that stays under way: a form is announced and never comes.
fn unfinished(service: &Service) -> TcpStream {
    let mut stream = service.connect();
    let origin = format!("http://{}", service.host());
    let lines = [
        ("Origin", origin.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", "1000"),
    ];
    stream.write_all(head("POST", "/pengaturan-surat", &service.host(), &lines).as_bytes()).unwrap();
    stream
}

/// Asks again for a while: a connection that was closed is noticed a moment later.
fn until(service: &Service, status: u16) -> Reply {
    for _ in 0..100 {
        let reply = service.get("/healthz", &[]);
        if reply.status == status {
            return reply;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    service.get("/healthz", &[])
}

#[test]
fn an_address_has_so_many_requests_at_once() {
    let service = Service::start(LOOPBACK);
    let mut held: Vec<TcpStream> = (0..REQUESTS_OF_ADDRESS).map(|_| unfinished(&service)).collect();
    let refused = until(&service, 429);
    assert_eq!(refused.status, 429, "{}", refused.head);
    assert!(refused.body.contains("yang belum selesai"), "{}", refused.body);
    assert!(!refused.line("retry-after").is_empty());
    held.truncate(REQUESTS_OF_ADDRESS - 10);
    assert_eq!(until(&service, 200).status, 200);
}

#[test]
fn an_address_has_so_many_connections_at_once() {
    let service = Service::start(LOOPBACK);
    let held: Vec<TcpStream> = (0..CONNECTIONS_OF_ADDRESS).map(|_| service.connect()).collect();
    // Closed without an answer.
    assert_eq!(until(&service, 0).status, 0);
    drop(held);
    assert_eq!(until(&service, 200).status, 200);
}

#[test]
fn the_head_of_a_request_is_bounded() {
    let service = Service::start(LOOPBACK);
    let long = "x".repeat(33 << 10);
    assert_eq!(service.get("/healthz", &[("Cookie", &long)]).status, 431);
    assert_eq!(service.get("/healthz", &[("Cookie", &long[..16 << 10])]).status, 200);
    let many = [("X-A", "b"); 101];
    assert_eq!(service.get("/healthz", &many).status, 431);
    assert_eq!(service.get("/healthz", &many[..80]).status, 200);
}

#[test]
fn a_client_that_sends_its_head_drop_by_drop_is_left() {
    let service = Service::start(LOOPBACK);
    let begun = Instant::now();
    let mut silent = service.connect();
    let mut slow = service.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: 127").unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    assert_eq!(service.get("/healthz", &[]).status, 200, "others are served meanwhile");
    // Each turn waits a second, and sends one letter more; a closed connection ends it.
    let is_open = |slow: &mut TcpStream| {
        let waits = slow.read(&mut [0; 100]).err();
        let waits = waits.is_some_and(|error| matches!(error.kind(), std::io::ErrorKind::WouldBlock));
        waits && slow.write_all(b"x").is_ok()
    };
    while is_open(&mut slow) {
        assert!(begun.elapsed() < Duration::from_secs(45), "still open");
    }
    assert!(begun.elapsed() > Duration::from_secs(20), "{:?}", begun.elapsed());
    drop(silent.read_to_end(&mut Vec::new()));
    assert!(begun.elapsed() < Duration::from_secs(50), "{:?}", begun.elapsed());
}

#[test]
fn a_body_that_is_too_large_is_refused_in_words_at_every_door() {
    let service = Service::start(LOOPBACK);
    let origin = format!("http://{}", service.host());
    let length = (600_u64 << 20).to_string();
    for path in ["/impor/unggah", "/impor/nama", "/pengaturan-surat", "/tidak-ada", "/faskes"] {
        let lines = [("Origin", origin.as_str()), ("Content-Length", length.as_str())];
        let reply = exchange(&mut service.connect(), &head("POST", path, &service.host(), &lines));
        assert_eq!(reply.status, 413, "{path}: {}", reply.head);
        assert!(reply.body.contains("lebih besar daripada yang dapat diterima"), "{path}: {}", reply.body);
    }
}
