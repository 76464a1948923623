//! Instruments of coaching (*instrumen daftar tilik*): items by aspect for kinds of facility, with their points; what an
//! answer to one of them is worth, and the sum of answers. Knows no file and no sheet.

use std::collections::BTreeSet;

use super::facility::Facility;
use super::name::plain_words;
use super::named_kinds::NamedKinds;

/// Aspect of coaching that a part of an instrument is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "their labels say all")]
pub enum Aspect {
    Management,
    PublicHealth,
    ClinicalCare,
    Laboratory,
    Pharmacy,
    Staff,
    Premises,
    Funding,
}

impl Aspect {
    /// All, in the order of the domain's list.
    pub const ALL: [Self; 8] = [
        Self::Management,
        Self::PublicHealth,
        Self::ClinicalCare,
        Self::Laboratory,
        Self::Pharmacy,
        Self::Staff,
        Self::Premises,
        Self::Funding,
    ];

    /// The word in definition files, in the store and on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Management => "KMP",
            Self::PublicHealth => "UKM",
            Self::ClinicalCare => "UKP",
            Self::Laboratory => "laboratorium",
            Self::Pharmacy => "kefarmasian",
            Self::Staff => "ketenagaan",
            Self::Premises => "sarana prasarana",
            Self::Funding => "pembiayaan",
        }
    }

    /// The aspect of a word, without regard to case.
    pub fn from_label(label: &str) -> Option<Self> {
        let words = plain_words(label);
        Self::ALL.into_iter().find(|aspect| plain_words(aspect.label()) == words)
    }
}

/// One item of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentItem {
    /// Code, unique within the instrument.
    pub code: String,
    /// Words by which sheets name it.
    pub text: String,
    /// Part of the instrument that it stands in.
    pub aspect: Aspect,
    /// Points for a full yes, a multiple of [`POINT_STEP`].
    pub points: f64,
    /// True if the facility must not go without it.
    pub is_critical: bool,
}

/// Smallest difference between points of items: sums of such numbers are exact.
pub const POINT_STEP: f64 = 0.25;

/// An instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Stem of its file.
    pub code: String,
    /// Name on pages and papers.
    pub title: String,
    /// Paper that it follows.
    pub basis: String,
    /// Kinds of facility that it is for.
    pub kinds: NamedKinds,
    /// Items, part by part.
    pub items: Vec<InstrumentItem>,
}

impl Instrument {
    /// Reports whether a facility is coached with it.
    pub fn is_for(&self, facility: &Facility) -> bool {
        self.kinds.name(facility)
    }

    /// The item of a code, without regard to case, spacing and dots.
    pub fn item_of_code(&self, code: &str) -> Option<&InstrumentItem> {
        let key = item_key(code);
        self.items.iter().find(|item| item_key(&item.code) == key)
    }

    /// The item that a sheet words so, a number before the words left out.
    pub fn item_of_text(&self, text: &str) -> Option<&InstrumentItem> {
        let key = text_key(text);
        self.items.iter().find(|item| text_key(&item.text) == key)
    }

    /// Items whose words are nearest to a written text, best first.
    pub fn nearest(&self, text: &str) -> Vec<&InstrumentItem> {
        let key = text_key(text);
        let mut found: Vec<(f64, &InstrumentItem)> =
            self.items.iter().map(|item| (strsim::jaro_winkler(&key, &text_key(&item.text)), item)).collect();
        found.retain(|(likeness, _)| *likeness >= NEAREST_FROM);
        found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        found.into_iter().take(NEAREST_MAX).map(|(_, item)| item).collect()
    }
}

/// Least likeness of an item that is offered for a written one (Jaro–Winkler, 0–1).
const NEAREST_FROM: f64 = 0.75;
/// Most items that are offered.
const NEAREST_MAX: usize = 2;

/// The instruments of a data folder, by code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstrumentBook(Vec<Instrument>);

/// An instrument that fits a filled sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum FittingInstrument<'b> {
    /// One that fits best.
    One(&'b Instrument),
    /// Several that fit alike: their codes.
    Several(Vec<&'b str>),
    /// None that knows half of its items.
    Unknown,
}

impl InstrumentBook {
    /// The instruments, ordered by code.
    pub fn new(mut instruments: Vec<Instrument>) -> Self {
        instruments.sort_by(|one, other| one.code.cmp(&other.code));
        Self(instruments)
    }

    /// All, by code.
    pub fn all(&self) -> &[Instrument] {
        &self.0
    }

    /// The instrument of a code or a title, without regard to case and spacing.
    pub fn find(&self, written: &str) -> Option<&Instrument> {
        let key = plain_words(written);
        self.0.iter().find(|known| plain_words(&known.code) == key || plain_words(&known.title) == key)
    }

    /// The instruments for a facility.
    pub fn of_facility<'b>(&'b self, facility: &'b Facility) -> impl Iterator<Item = &'b Instrument> + 'b {
        self.0.iter().filter(|instrument| instrument.is_for(facility))
    }

    /// The instrument that knows most of the items of a sheet, at least half of them; of several that know as many the
    /// one whose title, else whose kind, the sheet's `titles` name.
    pub fn fitting(&self, texts: &[&str], titles: &str) -> FittingInstrument<'_> {
        let count = |known: &Instrument| texts.iter().filter(|text| known.item_of_text(text).is_some()).count();
        let counted: Vec<(usize, &Instrument)> = self.0.iter().map(|known| (count(known), known)).collect();
        let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
        if most == 0 || most * 2 < texts.len() {
            return FittingInstrument::Unknown;
        }
        let best: Vec<&Instrument> =
            counted.into_iter().filter(|(count, _)| *count == most).map(|(_, known)| known).collect();
        if let [only] = best[..] {
            return FittingInstrument::One(only);
        }
        let said = format!(" {} ", plain_words(titles));
        let is_said = |words: &str| said.contains(&format!(" {} ", plain_words(words)));
        let by_title: Vec<&Instrument> = best.iter().copied().filter(|known| is_said(&known.title)).collect();
        let of_kind = |known: &Instrument| known.kinds.names().iter().any(|kind| is_said(kind));
        let named =
            if by_title.is_empty() { best.iter().copied().filter(|known| of_kind(known)).collect() } else { by_title };
        match named[..] {
            [only] => FittingInstrument::One(only),
            _ => FittingInstrument::Several(best.iter().map(|known| known.code.as_str()).collect()),
        }
    }
}

/// Key of the words of an item: lower case, a number or letter before them left out.
fn text_key(text: &str) -> String {
    let words = plain_words(text);
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || word.len() == 1;
    match words.split_once(' ') {
        Some((first, rest)) if is_number(first) && rest.contains(' ') => rest.to_owned(),
        _ => words,
    }
}

/// Key of the code of an item.
fn item_key(code: &str) -> String {
    plain_words(code).replace(' ', "")
}

/// An answer as a sheet gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GivenAnswer {
    /// Ada, Ya, MS, a tick.
    Yes,
    /// Tidak, TMS.
    No,
    /// TB, NA: the item does not apply.
    NotApplicable,
    /// Points of its own.
    Points(f64),
}

/// Worth of an answer. An item without one is not answered, which is none of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ItemAnswer {
    /// Points reached of the item's maximum.
    Points(f64),
    /// The item does not apply: it is in no maximum.
    NotApplicable,
}

impl ItemAnswer {
    /// The worth of an answer for an item of these points; `None` where it has more points than the item.
    pub fn judged(given: GivenAnswer, maximum: f64) -> Option<Self> {
        match given {
            GivenAnswer::Yes => Some(Self::Points(maximum)),
            GivenAnswer::No => Some(Self::Points(0.0)),
            GivenAnswer::NotApplicable => Some(Self::NotApplicable),
            GivenAnswer::Points(points) => (0.0..=maximum).contains(&points).then_some(Self::Points(points)),
        }
    }

    /// Reports whether the item was not reached in full.
    pub fn is_unmet(self, maximum: f64) -> bool {
        matches!(self, Self::Points(points) if points < maximum)
    }
}

/// Reports whether two points are the same, whatever the last digit of a sum.
pub fn is_same_points(one: f64, other: f64) -> bool {
    (one - other).abs() < 1.0 / SUM_PARTS
}

/// Sum over the items of a visit, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ItemSum {
    /// Points of the answered items.
    pub points: f64,
    /// Maximum of the answered items that apply.
    pub maximum: f64,
    /// Items that are answered and apply.
    pub answered: u32,
    /// Items without an answer: in neither sum.
    pub unanswered: u32,
    /// Items that do not apply.
    pub not_applicable: u32,
}

/// Points are summed to this many parts of one, so that tenths add up as people add them.
const SUM_PARTS: f64 = 1e6;

impl ItemSum {
    /// Adds an item.
    pub fn add(&mut self, answer: Option<ItemAnswer>, maximum: f64) {
        match answer {
            None => self.unanswered += 1,
            Some(ItemAnswer::NotApplicable) => self.not_applicable += 1,
            Some(ItemAnswer::Points(points)) => {
                self.answered += 1;
                self.points = rounded(self.points + points);
                self.maximum = rounded(self.maximum + maximum);
            }
        }
    }

    /// Points and maximum, where something was answered.
    pub fn score(&self) -> Option<(f64, f64)> {
        (self.maximum > 0.0).then_some((self.points, self.maximum))
    }
}

fn rounded(sum: f64) -> f64 {
    (sum * SUM_PARTS).round() / SUM_PARTS
}

/// Codes and texts that stand twice among items: nobody could tell which of the two a sheet means.
pub fn repeated_items(items: &[InstrumentItem]) -> BTreeSet<usize> {
    let mut codes = BTreeSet::new();
    let mut texts = BTreeSet::new();
    let mut repeated = BTreeSet::new();
    for (place, item) in items.iter().enumerate() {
        let is_new_code = codes.insert(item_key(&item.code));
        let is_new_text = texts.insert(text_key(&item.text));
        if !(is_new_code && is_new_text) {
            repeated.insert(place);
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, text: &str, points: f64) -> InstrumentItem {
        let aspect = Aspect::Premises;
        InstrumentItem { code: code.to_owned(), text: text.to_owned(), aspect, points, is_critical: false }
    }

    fn instrument(code: &str, kinds: &str, texts: &[&str]) -> Instrument {
        let items = (1..).zip(texts).map(|(number, text)| item(&format!("A{number}"), text, 1.0)).collect();
        let title = format!("Daftar tilik {code}");
        Instrument { code: code.to_owned(), title, basis: String::new(), kinds: NamedKinds::of_text(kinds), items }
    }

    #[test]
    fn the_instrument_that_knows_most_items_fits() {
        let pustu = instrument("pustu", "Pustu", &["Papan nama terpasang", "Ruang tunggu bersih", "SOP tersedia"]);
        let apotek = instrument("apotek", "Apotek", &["Papan nama terpasang", "Kartu stok terisi", "Lemari narkotika"]);
        let book = InstrumentBook::new(vec![pustu, apotek]);
        let of = |texts: &[&str], titles: &str| match book.fitting(texts, titles) {
            FittingInstrument::One(known) => known.code.clone(),
            FittingInstrument::Several(codes) => codes.join("|"),
            FittingInstrument::Unknown => String::new(),
        };
        assert_eq!(of(&["1. Papan Nama terpasang", "kartu stok, terisi"], ""), "apotek");
        assert_eq!(of(&["papan nama terpasang"], "DAFTAR TILIK PUSTU MELATI"), "pustu");
        assert_eq!(of(&["papan nama terpasang"], "DAFTAR TILIK"), "apotek|pustu");
        assert_eq!(of(&["papan nama terpasang", "lain", "lain lagi"], "PUSTU"), "");
        assert_eq!(book.find("Daftar Tilik  PUSTU").map(|known| known.code.as_str()), Some("pustu"));
        let many = instrument("x", "Pustu", &["Papan nama satu", "Papan nama dua", "Papan nama tiga"]);
        assert_eq!(many.nearest("papan nama").len(), NEAREST_MAX);
        let near = book.all()[1].nearest("ruang tunggu bersi");
        assert_eq!(near.first().map(|item| item.code.as_str()), Some("A2"));
    }

    #[test]
    fn what_is_not_answered_is_in_no_sum() {
        let mut sum = ItemSum::default();
        for (given, maximum) in [
            (Some(GivenAnswer::Yes), 2.0),
            (Some(GivenAnswer::No), 1.0),
            (Some(GivenAnswer::Points(0.1)), 1.0),
            (Some(GivenAnswer::Points(0.2)), 1.0),
            (Some(GivenAnswer::NotApplicable), 5.0),
            (None, 5.0),
        ] {
            sum.add(given.and_then(|given| ItemAnswer::judged(given, maximum)), maximum);
        }
        assert_eq!(sum, ItemSum { points: 2.3, maximum: 5.0, answered: 4, unanswered: 1, not_applicable: 1 });
        assert_eq!(ItemAnswer::judged(GivenAnswer::Points(1.5), 1.0), None);
        assert_eq!(ItemSum::default().score(), None);
        assert!(ItemAnswer::Points(0.5).is_unmet(1.0) && !ItemAnswer::NotApplicable.is_unmet(1.0));
    }

    #[test]
    fn an_item_that_stands_twice_is_found_by_code_and_by_words() {
        let items = [item("A1", "Papan nama", 1.0), item("a.1", "Lain", 1.0), item("A3", "papan  NAMA", 1.0)];
        assert_eq!(repeated_items(&items), BTreeSet::from([1, 2]));
    }
}
