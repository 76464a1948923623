//! The hierarchy of PKP rows by the looks of their numbers (I, A, 1, a, 1.2.3), by indentation, by titles between the
//! rows: an outline as people write it, each row below the last one of a higher level. Knows no figure.

use crate::domain::pkp::KnownEffort;

/// Looks of a number before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkerLook {
    /// Roman, such as `IV`.
    Roman { is_upper: bool },
    /// One letter, such as `b`.
    Letter { is_upper: bool },
    /// Digits, such as `3`.
    Digits,
    /// `1.2.3`: so many steps.
    Dotted(usize),
}

/// A number before a row, as it may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marker {
    look: MarkerLook,
    /// Closed by `)` rather than by a dot.
    is_closed: bool,
    number: u32,
}

/// Key of a level: rows that share it stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LevelKey {
    /// Title of a known *upaya*.
    Effort,
    Marked {
        look: MarkerLook,
        is_closed: bool,
    },
    Plain {
        indent: u32,
        is_title: bool,
    },
}

/// A row as the outline sees it.
#[derive(Clone, Debug)]
pub(super) struct OutlineRow<'s> {
    /// Text of the column of numbers; empty where there is none.
    pub(super) number: String,
    pub(super) name: &'s str,
    /// Steps by which the name stands further right.
    pub(super) indent: u32,
    pub(super) has_figures: bool,
}

/// Place of a row in the hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OutlinePlace {
    /// Rows above it that it stands below.
    pub(super) depth: usize,
    /// Number that the row gives itself.
    pub(super) number: Option<u32>,
    /// A row without any number.
    pub(super) is_plain: bool,
}

/// The levels above the next row.
#[derive(Debug)]
pub(super) struct Outline {
    levels: Vec<(LevelKey, u32)>,
    /// Names are indented: their indentation tells, not whether they have figures.
    is_indented: bool,
}

impl Outline {
    pub(super) fn new(is_indented: bool) -> Self {
        Self { levels: Vec::new(), is_indented }
    }

    /// Places the next row.
    pub(super) fn place(&mut self, row: &OutlineRow<'_>) -> OutlinePlace {
        if !row.has_figures && KnownEffort::is_title(row.name) {
            self.levels.clear();
            self.levels.push((LevelKey::Effort, 0));
            return OutlinePlace { depth: 0, number: None, is_plain: false };
        }
        let written = if row.number.is_empty() { leading(row.name).unwrap_or_default() } else { &row.number };
        let readings = markers(written);
        match self.chosen(&readings) {
            Some(marker) => self.of_marker(marker),
            None => self.of_plain(row),
        }
    }

    /// Of several readings of a number (`I` is a letter, too) the one that goes on with a level.
    fn chosen(&self, readings: &[Marker]) -> Option<Marker> {
        let key = |marker: &Marker| LevelKey::Marked { look: marker.look, is_closed: marker.is_closed };
        let last = |marker: &Marker| self.levels.iter().rev().find(|(held, _)| *held == key(marker));
        let goes_on = |marker: &&Marker| last(marker).is_some_and(|(_, number)| number + 1 == marker.number);
        let is_known = |marker: &&Marker| last(marker).is_some();
        let readings = || readings.iter();
        let chosen = readings().find(goes_on).or_else(|| readings().find(|marker| marker.number == 1));
        chosen.or_else(|| readings().find(is_known)).or_else(|| readings().next()).copied()
    }

    fn of_marker(&mut self, marker: Marker) -> OutlinePlace {
        let key = LevelKey::Marked { look: marker.look, is_closed: marker.is_closed };
        let beside = self.levels.iter().position(|(held, _)| *held == key);
        // `1.2` below `1`: more steps stand deeper, fewer higher.
        let deeper = |held: &LevelKey| match (held, marker.look) {
            (LevelKey::Marked { look: MarkerLook::Dotted(steps), .. }, MarkerLook::Dotted(own)) => *steps > own,
            _ => false,
        };
        let at = beside.or_else(|| self.levels.iter().position(|(held, _)| deeper(held)));
        self.levels.truncate(at.unwrap_or(self.levels.len()));
        self.levels.push((key, marker.number));
        OutlinePlace { depth: self.levels.len() - 1, number: Some(marker.number), is_plain: false }
    }

    fn of_plain(&mut self, row: &OutlineRow<'_>) -> OutlinePlace {
        let own = LevelKey::Plain { indent: row.indent, is_title: !row.has_figures && !self.is_indented };
        let is_at = |held: &LevelKey| match held {
            LevelKey::Plain { indent, is_title } => {
                *indent > row.indent
                    || *indent == row.indent
                        && (self.is_indented || LevelKey::Plain { indent: *indent, is_title: *is_title } == own)
            }
            _ => false,
        };
        let at = self.levels.iter().position(|(held, _)| is_at(held)).unwrap_or(self.levels.len());
        self.levels.truncate(at);
        self.levels.push((own, 0));
        OutlinePlace { depth: at, number: None, is_plain: true }
    }
}

/// Returns the number that a name begins with: `A. Promosi Kesehatan`, `1.2.1 PHBS`, `a) Rumah tangga`.
pub(super) fn leading(name: &str) -> Option<&str> {
    let first = name.split_whitespace().next()?;
    let is_marked = first.ends_with(['.', ')']) || first.contains('.');
    (is_marked && !markers(first).is_empty()).then_some(first)
}

/// Reports whether a text is nothing but a number before a row.
pub(super) fn is_marker(text: &str) -> bool {
    !markers(text).is_empty()
}

/// Returns every way to read a number.
fn markers(text: &str) -> Vec<Marker> {
    let text = text.trim();
    let is_closed = text.ends_with(')');
    let bare = text.trim_end_matches(['.', ')']).trim_start_matches('(');
    let marker = |look, number| Marker { look, is_closed, number };
    if bare.is_empty() || bare.len() > 12 {
        return Vec::new();
    }
    let steps: Vec<&str> = bare.split('.').map(str::trim).collect();
    if steps.len() > 1 {
        let last = steps.last().and_then(|last| single(last).into_iter().next());
        let are_short = steps.iter().all(|step| !single(step).is_empty());
        let dotted = last.filter(|_| are_short).map(|(_, number)| marker(MarkerLook::Dotted(steps.len()), number));
        return dotted.into_iter().collect();
    }
    single(bare).into_iter().map(|(look, number)| marker(look, number)).collect()
}

/// Returns the ways to read one step.
fn single(text: &str) -> Vec<(MarkerLook, u32)> {
    if let Ok(number) = text.parse() {
        return vec![(MarkerLook::Digits, number)];
    }
    let is_upper = text.chars().all(char::is_uppercase);
    let mut found = Vec::new();
    if !is_upper && !text.chars().all(char::is_lowercase) {
        return found;
    }
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        found.push((MarkerLook::Letter { is_upper }, u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1));
    }
    found.extend(roman(text).map(|number| (MarkerLook::Roman { is_upper }, number)));
    found
}

/// Returns a Roman number up to 39.
fn roman(text: &str) -> Option<u32> {
    const HIGHEST: u32 = 39;
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let text = text.to_lowercase();
    (1..=HIGHEST).find(|number| {
        let tens = "x".repeat((number / 10) as usize);
        format!("{tens}{}", UNITS[(number % 10) as usize]) == text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths(rows: &[(&str, &str, u32, bool)], is_indented: bool) -> Vec<(usize, Option<u32>)> {
        let mut outline = Outline::new(is_indented);
        let mut places = Vec::new();
        for (number, name, indent, has_figures) in rows {
            let row = OutlineRow { number: (*number).to_owned(), name, indent: *indent, has_figures: *has_figures };
            let place = outline.place(&row);
            places.push((place.depth, place.number));
        }
        places
    }

    #[test]
    fn numbers_tell_the_level() {
        let rows = [
            ("I", "UKM ESENSIAL", 0, false),
            ("A", "Promkes", 0, false),
            ("1", "PHBS", 0, false),
            ("a", "Rumah tangga", 0, true),
            ("b", "Sekolah", 0, true),
            ("2", "Bayi dapat ASI", 0, true),
            ("B", "Kesling", 0, false),
            ("1", "Air", 0, false),
            ("a", "Inspeksi", 0, true),
            ("II", "UKM PENGEMBANGAN", 0, false),
            ("A", "Lansia", 0, true),
        ];
        let found: Vec<usize> = depths(&rows, false).into_iter().map(|(depth, _)| depth).collect();
        assert_eq!(found, [0, 1, 2, 3, 3, 2, 1, 2, 3, 0, 1]);
    }

    #[test]
    fn a_letter_that_is_a_roman_number_goes_on_with_its_level() {
        let letters = "ABCDEFGHIJ".chars().map(String::from).collect::<Vec<_>>();
        let rows: Vec<(&str, &str, u32, bool)> = letters.iter().map(|letter| (letter.as_str(), "x", 0, true)).collect();
        let found = depths(&rows, false);
        assert!(found.iter().all(|(depth, _)| *depth == 0), "{found:?}");
        assert_eq!(found[8], (0, Some(9)));
        let romans = [("I", "x", 0, false), ("1", "y", 0, true), ("II", "x", 0, false), ("V", "x", 0, false)];
        assert_eq!(depths(&romans, false), [(0, Some(1)), (1, Some(1)), (0, Some(2)), (0, Some(5))]);
    }

    #[test]
    fn dotted_numbers_indents_and_titles_tell_the_level() {
        let dotted = [
            ("1", "p", 0, false),
            ("1.1", "v", 0, false),
            ("1.1.1", "s", 0, true),
            ("1.2", "v", 0, true),
            ("2", "p", 0, true),
        ];
        assert_eq!(depths(&dotted, false).iter().map(|(depth, _)| *depth).collect::<Vec<_>>(), [0, 1, 2, 1, 0]);
        let indented =
            [("", "p", 0, false), ("", "v", 2, false), ("", "s", 4, true), ("", "v", 2, true), ("", "p", 0, false)];
        assert_eq!(depths(&indented, true).iter().map(|(depth, _)| *depth).collect::<Vec<_>>(), [0, 1, 2, 1, 0]);
        let titled = [
            ("", "Promkes", 0, false),
            ("", "v", 0, true),
            ("", "w", 0, true),
            ("", "Kesling", 0, false),
            ("", "z", 0, true),
        ];
        assert_eq!(depths(&titled, false).iter().map(|(depth, _)| *depth).collect::<Vec<_>>(), [0, 1, 1, 0, 1]);
        assert_eq!(leading("A. Promosi"), Some("A."));
        assert_eq!([leading("1.2.1 PHBS"), leading("Ibu hamil"), leading("dr. Ani")], [Some("1.2.1"), None, None]);
    }
}
