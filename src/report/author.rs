//! Who writes at this computer: a name that people set, never an account of the operating system.

use chrono::{DateTime, Utc};

/// Said where nobody set a name.
pub const UNNAMED: &str = "di komputer ini";

/// A name, from a time on; a blank one takes the name back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Name as people set it.
    pub name: String,
    /// Moment at which it was set.
    pub since: DateTime<Utc>,
}

/// Names in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authors(Vec<Author>);

impl Authors {
    /// Names, in the order in which they were set.
    pub fn new(authors: Vec<Author>) -> Self {
        Self(authors)
    }

    /// Returns the author at a time: the name set last before it; of what was written before any name was set, the
    /// first one.
    pub fn at(&self, time: DateTime<Utc>) -> Option<&str> {
        let before = self.0.iter().rev().find(|author| author.since <= time);
        let author = before.or_else(|| self.0.iter().find(|author| !author.name.is_empty()))?;
        Some(author.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The name that counts now.
    pub fn now(&self) -> Option<&str> {
        self.0.last().map(|author| author.name.as_str()).filter(|name| !name.is_empty())
    }

    /// `oleh Sri Wahyuni`, or that it was at this computer: behind a word such as *ditulis*.
    pub fn by(&self, time: DateTime<Utc>) -> String {
        self.at(time).map_or_else(|| UNNAMED.to_owned(), |name| format!("oleh {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_stands_for_its_time_and_the_first_for_what_was_before() {
        let author = |name: &str, since: &str| Author { name: name.to_owned(), since: time(since) };
        let authors = Authors::new(vec![author("Sri", "2023-05-01T00:00:00Z"), author("Ani", "2024-01-01T00:00:00Z")]);
        let at = |text: &str| authors.at(time(text)).unwrap().to_owned();
        assert_eq!(
            [at("2023-01-01T00:00:00Z"), at("2023-06-01T00:00:00Z"), at("2024-06-01T00:00:00Z")],
            ["Sri", "Sri", "Ani"]
        );
        assert_eq!(Authors::default().by(time("2023-01-01T00:00:00Z")), UNNAMED);
        let taken_back = Authors::new(vec![author("Sri", "2023-05-01T00:00:00Z"), author("", "2024-01-01T00:00:00Z")]);
        assert_eq!(taken_back.at(time("2024-06-01T00:00:00Z")), None);
        assert_eq!(taken_back.now(), None);
    }
}
