//! Forms as they are sent, read into the struct of their page: each field has a name and a type there. Reads with
//! tolerance: blanks around a value go, of equal names the first counts, what is no number is none. Knows no page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};

use super::error::PageError;

/// Name of the field of a pasted block, whose blanks stay: a tab at its beginning is a cell.
const BLOCK: &str = "blok";

/// A form that was sent, as the struct of its page.
#[derive(Clone, Debug)]
pub struct Submitted<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Submitted<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let unreadable =
            || PageError::bad_request("Isian formulir tidak dapat dibaca. Kembali ke halamannya, lalu kirim lagi.");
        let sent: Result<Form<Vec<(String, String)>>, FormRejection> = Form::from_request(request, state).await;
        let Form(pairs) = sent.map_err(|error| {
            let is_too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            if is_too_large { too_large() } else { unreadable() }
        })?;
        read(pairs).map(Self).map_err(|_error| unreadable())
    }
}

/// The page for a form with more bytes than its route takes.
fn too_large() -> PageError {
    let advice =
        "Tidak ada yang disimpan. Kembali ke halamannya, pendekkan isiannya atau kirim sebagian demi sebagian.";
    PageError::refused(StatusCode::PAYLOAD_TOO_LARGE, "Isian formulir terlalu panjang", advice)
}

/// Reads names and values into `T`; an error where a field that `T` needs is absent.
pub fn read<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, Error> {
    let mut known = BTreeSet::new();
    let mut firsts = Vec::new();
    for (name, value) in pairs {
        if known.insert(name.clone()) {
            let value = if name == BLOCK { value } else { value.trim().to_owned() };
            firsts.push((name, value));
        }
    }
    T::deserialize(MapDeserializer::new(firsts.into_iter()))
}

/// Reads a field as a number (or anything else that parses); none where it does not parse.
pub fn number<'de, D: Deserializer<'de>, T: FromStr>(field: D) -> Result<Option<T>, D::Error> {
    Ok(String::deserialize(field)?.parse().ok())
}

/// Reads a field as a text; none where it is blank.
pub fn text<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    String::deserialize(field).map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// Fields that repeat for each row, column or section, in the order in which they were sent: `kolom-3`, `kolom-4`.
#[derive(Clone, Debug, Default)]
pub struct Repeated(Vec<(String, String)>);

impl Repeated {
    /// The values of the fields `prefix` and a key, by that key; fields whose key does not parse are left out.
    pub fn with_prefix<K: FromStr>(&self, prefix: &str) -> Vec<(K, &str)> {
        let below = self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
        below.filter_map(|(key, value)| Some((key.parse().ok()?, value.as_str()))).collect()
    }

    /// The same values, to be looked up by the text of their key.
    pub fn by_key(&self, prefix: &str) -> BTreeMap<String, &str> {
        self.with_prefix::<String>(prefix).into_iter().collect()
    }
}

impl<'de> Deserialize<'de> for Repeated {
    fn deserialize<D: Deserializer<'de>>(fields: D) -> Result<Self, D::Error> {
        fields.deserialize_map(RepeatedVisitor)
    }
}

struct RepeatedVisitor;

impl<'de> Visitor<'de> for RepeatedVisitor {
    type Value = Repeated;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a form")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Repeated, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Repeated(fields))
    }
}

/// Leads to another page after a change, so that reloading does not change again.
pub fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Asked {
        name: String,
        #[serde(deserialize_with = "number")]
        year: Option<i32>,
        act: Act,
        #[serde(flatten)]
        columns: Repeated,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    enum Act {
        #[serde(rename = "hapus")]
        Remove,
        #[default]
        #[serde(other)]
        Save,
    }

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()).unwrap()
    }

    #[test]
    fn fields_are_read_with_tolerance() {
        let form = asked(&[("name", " Melati "), ("name", "Mawar"), ("year", "dua ribu"), ("act", "hapus")]);
        assert_eq!((form.name.as_str(), form.year, form.act), ("Melati", None, Act::Remove));
        let form = asked(&[("year", " 2023"), ("act", "apa saja")]);
        assert_eq!((form.name.as_str(), form.year, form.act), ("", Some(2023), Act::Save));
    }

    #[test]
    fn repeated_fields_keep_their_order_and_lose_bad_keys() {
        let form = asked(&[("kolom-10", "a"), ("kolom-x", "b"), ("kolom-2", " c "), ("lain-2", "d")]);
        assert_eq!(form.columns.with_prefix::<u32>("kolom-"), [(10, "a"), (2, "c")]);
        assert_eq!(form.columns.by_key("lain-").get("2"), Some(&"d"));
    }
}
