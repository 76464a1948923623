//! The part of an address after `?`: read with tolerance (blank is absent, the last one wins), written back in
//! a fixed order so that one page has one address.

use std::fmt;

use serde::de::DeserializeOwned;

use super::error::PageError;
use super::form;

/// Name of the one list in addresses: the columns of a table, which a form sends one by one.
pub const LIST_NAME: &str = "kolom";
/// Between the items of a list.
pub const LIST_JOINT: char = ',';

/// Names and values in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pairs: Vec<(String, String)>,
    /// The Puskesmas that this reader looked at last; no part of any address.
    last_puskesmas: Option<String>,
}

impl Query {
    /// From pairs; blank values are dropped, of equal names the last stays, but what a form sends of a list is joined.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match query.get(&name) {
                // A blank item is none; it takes nothing back.
                Some(_) if name == LIST_NAME && value.trim().is_empty() => {}
                Some(former) if name == LIST_NAME => {
                    let joined = format!("{former}{LIST_JOINT}{}", value.trim());
                    query.set(&name, &joined);
                }
                _ => query.set(&name, value.trim()),
            }
        }
        query
    }

    /// The same for a reader who looked at this Puskesmas last.
    #[must_use]
    pub fn after(mut self, last_puskesmas: Option<String>) -> Self {
        self.last_puskesmas = last_puskesmas;
        self
    }

    /// The Puskesmas that this reader looked at last.
    pub fn last_puskesmas(&self) -> Option<&str> {
        self.last_puskesmas.as_deref()
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Reads the pairs into the struct of a page; an error where one that it needs is absent.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, PageError> {
        form::read(self.pairs.clone()).map_err(|_error| {
            PageError::bad_request("Alamat ini tidak lengkap. Buka halamannya dari menu, lalu pilih lagi.")
        })
    }

    /// Sets `name`, or takes it away where `value` is blank.
    pub fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
    }

    /// A copy with `name` set.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut copy = self.clone();
        copy.set(name, value);
        copy
    }

    /// A copy with only these names.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        let pairs = self.pairs.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect();
        Self { pairs, last_puskesmas: None }
    }

    /// Pairs whose names are not among `names`: what a form must carry along in hidden fields.
    pub fn except(&self, names: &[&str]) -> Vec<(String, String)> {
        self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect()
    }

    /// `path?query`, or the path alone.
    pub fn at(&self, path: &str) -> String {
        if self.pairs.is_empty() { path.to_owned() } else { format!("{path}?{self}") }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, value)) in self.pairs.iter().enumerate() {
            let joint = if place == 0 { "" } else { "&" };
            write!(f, "{joint}{}={}", encode(name), encode(value))?;
        }
        Ok(())
    }
}

/// Percent-encodes everything but the unreserved characters: safe in a path segment and in a query.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_is_absent_and_the_last_wins() {
        let pairs = [("a", "1"), ("b", " "), ("a", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let query = Query::from_pairs(pairs.to_vec());
        assert_eq!(query.get("a"), Some("2"));
        assert_eq!(query.get("b"), None);
        assert_eq!(query.at("/x"), "/x?a=2");
        assert_eq!(query.with("a", "").at("/x"), "/x");
        let columns = [("kolom", "skor"), ("kolom", ""), ("kolom", "cak")];
        let columns = columns.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(Query::from_pairs(columns.to_vec()).get("kolom"), Some("skor,cak"));
    }

    #[test]
    fn hostile_names_are_encoded() {
        assert_eq!(encode("a/b?<\"&'é"), "a%2Fb%3F%3C%22%26%27%C3%A9");
    }
}
