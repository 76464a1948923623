//! The first words of a service on the console: addresses under which it is reached, a QR code for phones, and the code
//! for the first administrator. Knows no request.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use chrono::{DateTime, Utc};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use crate::app::App;
use crate::definitions::ServedName;
use crate::web::SET_UP_PATH;
use crate::web::listening::Listening;

/// Beginnings of the names of network cards that lead to no network of people: of containers and virtual machines.
const VIRTUAL_CARDS: [&str; 8] = ["docker", "br-", "veth", "virbr", "vmnet", "vethernet", "vbox", "tun"];

/// Names of this machine in its network, in small letters.
pub fn machine_names() -> Vec<String> {
    let Ok(name) = whoami::hostname() else { return Vec::new() };
    let name = name.trim().to_ascii_lowercase();
    // A name that no browser could send names nothing.
    let Some(served) = ServedName::parse(&name) else { return Vec::new() };
    let local = (!name.contains('.')).then(|| format!("{name}.local"));
    std::iter::once(served.name).chain(local).collect()
}

/// The words with which a service begins. Makes the code for the first administrator where one is needed.
pub fn text(app: &App, listening: &Listening, is_https: bool) -> anyhow::Result<String> {
    let scheme = if is_https { "https" } else { "http" };
    if !listening.needs_accounts() {
        return Ok(format!("Simpul siap di {scheme}://{} (Ctrl+C untuk berhenti)", listening.address));
    }
    let reached = addresses(listening, scheme, &cards());
    let first = reached.first().cloned().unwrap_or_else(|| format!("{scheme}://{}", listening.address));
    let mut text = format!("Simpul siap di {first} (Ctrl+C untuk berhenti)\n");
    for other in reached.iter().skip(1) {
        writeln!(text, "           atau {other}")?;
    }
    let has_accounts = app.accounts().has_accounts()?;
    let page = if has_accounts { first.clone() } else { format!("{first}{SET_UP_PATH}") };
    if let Some(code) = qr_lines(&page) {
        write!(text, "\nUntuk ponsel di jaringan yang sama, arahkan kameranya ke sini:\n\n{code}\n")?;
    }
    if !is_https && listening.proxies.is_empty() {
        text.push_str(
            "\nTanpa https siapa pun di jaringan yang sama dapat menyadap kata sandi; lihat bagian Membuka dari ponsel dan \
             laptop lain di panduan.\n",
        );
    }
    if !has_accounts {
        let handed = app.accounts().make_set_up_code()?;
        let until = clock_words(app, handed.expires);
        write!(
            text,
            "\nBelum ada akun, jadi belum ada yang dapat melihat apa pun. Buat akun administrator pertama di\n  \
             {page}\ndengan kode penyiapan ini (sekali pakai, berlaku sampai {until}):\n\n  {}\n\nBila lewat, hentikan \
             layanan dan jalankan lagi untuk kode yang baru.\n",
            handed.code.reveal()
        )?;
    }
    Ok(text.trim_end().to_owned())
}

/// An instant as the clock on the wall shows it.
fn clock_words(app: &App, at: DateTime<Utc>) -> String {
    app.clock().local(at).format("%d-%m-%Y pukul %H.%M").to_string()
}

/// An address of this machine and the card that has it.
#[derive(Clone, Debug)]
struct CardAddress {
    card: String,
    address: IpAddr,
}

/// Addresses of this machine in its networks; none where the system does not tell.
fn cards() -> Vec<CardAddress> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    found.into_iter().map(|card| CardAddress { address: card.ip(), card: card.name }).collect()
}

/// Addresses to type into a browser, the likeliest first: names that `simpul.toml` gives, then those of the machine.
fn addresses(listening: &Listening, scheme: &str, cards: &[CardAddress]) -> Vec<String> {
    let port = listening.address.port();
    let usual = if scheme == "https" { 443 } else { 80 };
    // A proxy answers at its own port, and speaks https as a rule.
    let is_behind = !listening.proxies.is_empty();
    let named = |name: &ServedName| match (name.port, is_behind) {
        (Some(port), true) => format!("https://{}:{port}", name.name),
        (None, true) => format!("https://{}", name.name),
        (own, false) => with_port(scheme, &name.name, own.unwrap_or(port), usual),
    };
    let mut reached: Vec<String> = listening.names.iter().map(named).collect();
    let own = listening.address.ip();
    if own.is_loopback() {
        return reached;
    }
    if !own.is_unspecified() {
        reached.push(with_port(scheme, &host(own), port, usual));
        return reached;
    }
    let is_asked = |address: IpAddr| {
        let is_usable = match address {
            IpAddr::V4(address) => !address.is_link_local(),
            IpAddr::V6(address) => own.is_ipv6() && !address.is_unicast_link_local(),
        };
        is_usable && !address.is_loopback()
    };
    let mut found: Vec<&CardAddress> = cards.iter().filter(|card| is_asked(card.address)).collect();
    found.sort_by_key(|card| (is_virtual(&card.card), card.address.is_ipv6(), card.address));
    reached.extend(found.into_iter().map(|card| with_port(scheme, &host(card.address), port, usual)));
    reached.push(with_port(scheme, "127.0.0.1", port, usual));
    reached.dedup();
    reached
}

fn is_virtual(card: &str) -> bool {
    let card = card.to_lowercase();
    VIRTUAL_CARDS.iter().any(|start| card.starts_with(start))
}

fn with_port(scheme: &str, host: &str, port: u16, usual: u16) -> String {
    if port == usual { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{port}") }
}

/// An address as the bar of a browser writes it.
fn host(address: IpAddr) -> String {
    let with_port = SocketAddr::new(address, 0).to_string();
    with_port.trim_end_matches(":0").to_owned()
}

/// A QR code in half blocks, light on the dark ground of a console; none for a text that is too long for one.
fn qr_lines(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards() -> Vec<CardAddress> {
        let card = |card: &str, address: &str| CardAddress { card: card.to_owned(), address: address.parse().unwrap() };
        vec![
            card("lo", "127.0.0.1"),
            card("docker0", "172.17.0.1"),
            card("wlan0", "192.168.1.5"),
            card("wlan0", "fe80::1"),
            card("eth0", "169.254.3.4"),
            card("eth1", "2001:db8::5"),
        ]
    }

    #[test]
    fn addresses_are_those_that_phones_reach_first() {
        let at = |text: &str| Listening::plain(text.parse().unwrap());
        let told = |listening: &Listening| addresses(listening, "http", &cards());
        let all = ["http://192.168.1.5:8080", "http://172.17.0.1:8080", "http://127.0.0.1:8080"];
        assert_eq!(told(&at("0.0.0.0:8080")), all);
        assert_eq!(told(&at("192.168.1.5:80")), ["http://192.168.1.5"]);
        assert!(told(&at("[::]:8080")).contains(&"http://[2001:db8::5]:8080".to_owned()));
        let names = vec![ServedName::parse("simpul.example").unwrap()];
        let own = Listening { names: names.clone(), ..at("0.0.0.0:8080") };
        assert_eq!(told(&own)[0], "http://simpul.example:8080");
        let proxies = vec![crate::definitions::AddressRange::parse("127.0.0.1").unwrap()];
        let behind = Listening { names, proxies, ..at("127.0.0.1:8080") };
        assert_eq!(told(&behind), ["https://simpul.example"]);
    }

    #[test]
    fn the_code_for_phones_is_light_on_dark() {
        let lines = qr_lines("http://192.168.1.5:8080").unwrap();
        assert!(lines.lines().count() > 10 && lines.starts_with('█'), "{lines}");
    }
}
