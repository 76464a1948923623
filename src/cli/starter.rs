//! Words to what started a service, and the browser that is to show it. Knows no page.

use crate::web::listening::Listening;

/// Tells systemd that the service answers; nothing where it was started by something else.
pub fn tell_ready() {
    #[cfg(target_os = "linux")]
    drop(sd_notify::notify(&[sd_notify::NotifyState::Ready]));
}

/// Tells systemd that the service is about to end.
pub fn tell_stopping() {
    #[cfg(target_os = "linux")]
    drop(sd_notify::notify(&[sd_notify::NotifyState::Stopping]));
}

/// The address at which this machine shows the service to itself.
pub fn own_address(listening: &Listening, is_https: bool) -> String {
    let scheme = if is_https { "https" } else { "http" };
    let mut address = listening.address;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    format!("{scheme}://{address}")
}

/// Shows an address in the account's browser; where there is none, the console has told it.
pub fn show(address: &str) {
    drop(open::that_detached(address));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_address_is_one_that_a_browser_can_open() {
        let at = |address: &str| own_address(&Listening::plain(address.parse().unwrap()), false);
        assert_eq!(at("127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(at("0.0.0.0:80"), "http://127.0.0.1:80");
        assert_eq!(at("192.168.1.5:8080"), "http://192.168.1.5:8080");
    }
}
