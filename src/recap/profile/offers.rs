//! The offers at guesses and questions of a table, and the check of what was said against the table and what is known
//! of its Puskesmas.

use std::collections::BTreeMap;

use super::words::{Chosen, Meant, SaidWord, WordError, WordSort, as_side};
use super::{Hints, identity::Identity};
use crate::diagnostic::{Offer, OfferChoice, OfferPart, OfferShape};
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::recap::cells::number::Dot;
use crate::recap::cells::points;
use crate::recap::colours::{colour_at, word_of};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::{Heading, Layout};
use crate::recap::plan_rows::PlanRows;
use crate::recap::read::{assumed_counting, assumed_kind};
use crate::recap::sum_rows::is_sum;
use crate::recap::{FoundTable, ReadingContext};
use crate::workbook::{CellValue, FillColour, Row, Sheet};

/// Colours that are asked about at most.
const COLOURS_MAX: usize = 8;

impl WordSort {
    /// Returns the offer, where it is the same for every table; `assumed` is the answer that holds until somebody gives
    /// another.
    pub(in crate::recap) fn offer(self, assumed: Option<&SaidWord>) -> Offer {
        let choices: Vec<OfferChoice> =
            self.chosen().map(|chosen| OfferChoice::new(chosen.code(), chosen.phrase())).collect();
        let shape = match self {
            Self::Maximum => OfferShape::Number,
            Self::Kind | Self::Villages | Self::Indicator | Self::IndicatorColumn => OfferShape::Text,
            _ => OfferShape::Choices(choices),
        };
        let value = assumed.map(SaidWord::to_string).unwrap_or_default();
        Offer { sort: self.code(), label: self.label(), shape, value, is_said: false }
    }

    /// The same with choices of this table.
    pub(in crate::recap) fn offer_of(self, choices: Vec<OfferChoice>, value: String) -> Offer {
        Offer { shape: OfferShape::Choices(choices), value, ..self.offer(None) }
    }

    /// A choice for each of some parts.
    pub(in crate::recap) fn offer_pairs(self, parts: Vec<OfferPart>, choices: Vec<OfferChoice>) -> Offer {
        Offer { shape: OfferShape::Pairs { parts, choices }, ..self.offer(None) }
    }

    /// Reports whether it can be said of a table.
    pub fn is_of(self, table: Table) -> bool {
        match self {
            Self::Counting | Self::Indicator | Self::IndicatorColumn | Self::Denominators => {
                table == Table::Achievements
            }
            Self::Maximum | Self::Numbers | Self::TwoTables => table == Table::Visits,
            Self::Kind => table == Table::Facilities,
            Self::Blank => table == Table::Lokmin,
            Self::Statuses => table == Table::FollowUps,
            Self::PlanRows => table == Table::Schedule,
            Self::Marks => matches!(table, Table::Schedule | Table::Lokmin | Table::Visits),
            Self::Villages | Self::Colours | Self::MonthFrom | Self::YearFrom => true,
        }
    }
}

/// A part of what is asked in pairs.
pub(in crate::recap) fn part(name: &str, label: String, value: &str) -> OfferPart {
    OfferPart { name: as_side(name), label, value: value.to_owned() }
}

/// Returns the meanings that words under a status can have.
pub(in crate::recap) fn status_choices() -> Vec<OfferChoice> {
    vec![OfferChoice::new("selesai", "selesai"), OfferChoice::new("belum", "belum selesai")]
}

/// Returns the meanings that colours can have in a table.
pub(in crate::recap) fn colour_choices(table: Table, is_of_rows: bool) -> Vec<OfferChoice> {
    let of = |meant: Meant, label: &str| OfferChoice::new(meant.code(), label);
    let nothing = of(Meant::Nothing, "hiasan, tidak berarti apa-apa");
    match table {
        _ if is_of_rows => vec![of(Meant::Done, "tetap dihitung"), of(Meant::Not, "tidak dihitung"), nothing],
        Table::Schedule => vec![
            of(Meant::Planned, "direncanakan"),
            of(Meant::Done, "direncanakan dan sudah dilaksanakan"),
            of(Meant::Not, "tidak direncanakan atau batal"),
            nothing,
        ],
        Table::MonthlyReports => vec![
            of(Meant::Done, "diterima, tidak diketahui tepat waktu atau tidak"),
            of(Meant::InTime, "diterima tepat waktu"),
            of(Meant::Late, "diterima terlambat"),
            of(Meant::Not, "belum diterima"),
            nothing,
        ],
        Table::Lokmin => vec![of(Meant::Done, "hadir"), of(Meant::Not, "diundang, tidak hadir"), nothing],
        _ => vec![of(Meant::Done, "dilaksanakan"), of(Meant::Not, "tidak dilaksanakan"), nothing],
    }
}

/// A colour as it is written: `#FF0000`.
pub(in crate::recap) fn colour_code(FillColour(colour): FillColour) -> String {
    format!("#{colour:06X}")
}

/// Colours as parts of what is asked, with how many cells have each.
pub(in crate::recap) fn colour_parts(
    colours: impl Iterator<Item = FillColour>,
    value: impl Fn(FillColour) -> Option<Meant>,
) -> Vec<OfferPart> {
    let mut counted: BTreeMap<u32, (FillColour, usize)> = BTreeMap::new();
    for colour in colours {
        counted.entry(colour.0).or_insert((colour, 0)).1 += 1;
    }
    let mut counted: Vec<(FillColour, usize)> = counted.into_values().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let parts = counted.into_iter().take(COLOURS_MAX).map(|(colour, count)| {
        let code = colour_code(colour);
        let label = format!("{} ({count} sel)", word_of(colour));
        part(&code, label, value(colour).map_or("", Meant::code))
    });
    parts.collect()
}

impl Hints {
    /// Returns what was said of the tables of this heading.
    pub(in crate::recap) fn words_for(&self, sheet: &Sheet, table: Table, heading: &Heading) -> Vec<SaidWord> {
        let mut own = self.words.iter().filter(|said| said.table == table).peekable();
        let Some(first) = sheet.row(heading.top).filter(|_| own.peek().is_some()) else { return Vec::new() };
        let identity = Identity::from_sheet(sheet, heading.top, heading.bottom);
        let mut words: Vec<SaidWord> = Vec::new();
        for said in own.filter(|said| identity.is(&said.fingerprint, sheet, first)) {
            words.retain(|known| known.sort() != said.word.sort());
            words.push(said.word.clone());
        }
        words
    }
}

/// Returns the answer that was chosen about something, among what was said.
pub(in crate::recap) fn chosen_in(said: &[SaidWord], sort: WordSort) -> Option<Chosen> {
    said.iter().find_map(|word| match word {
        SaidWord::Chosen(chosen) if chosen.sort() == sort => Some(*chosen),
        _ => None,
    })
}

/// The text that was said about something.
pub(in crate::recap) fn text_in(said: &[SaidWord], sort: WordSort) -> Option<&str> {
    said.iter().find_map(|word| match word {
        SaidWord::Text(known, text) if *known == sort => Some(text.as_str()),
        _ => None,
    })
}

/// The pairs that were said about something.
pub(in crate::recap) fn pairs_in(said: &[SaidWord], sort: WordSort) -> &[(String, String)] {
    let pairs = said.iter().find_map(|word| match word {
        SaidWord::Pairs(known, pairs) if *known == sort => Some(pairs.as_slice()),
        _ => None,
    });
    pairs.unwrap_or_default()
}

impl FoundTable<'_> {
    /// Returns the offers beside its guesses, and those about what was said.
    pub fn words(&self) -> Vec<Offer> {
        let mut words: Vec<Offer> = self.said.iter().map(|word| self.said_offer(word)).collect();
        let is_new = |offer: &Offer| !self.said.iter().any(|word| word.sort().code() == offer.sort);
        let always = self.always_offered();
        words.extend(always.into_iter().filter(is_new));
        words
    }

    /// Returns the offers that hold for every table like this.
    fn always_offered(&self) -> Vec<Offer> {
        let has = |column| self.heading.columns.contains_key(&column);
        let mut offers = Vec::new();
        match self.table {
            Table::Achievements => offers.push(WordSort::Counting.offer(assumed_counting(self).as_ref())),
            Table::Visits => {
                if has(ColumnMeaning::Points) && !has(ColumnMeaning::Maximum) {
                    offers.push(WordSort::Maximum.offer(self.assumed_maximum().as_ref()));
                }
                if crate::recap::layout::follow_ups_beside(self.sheet, &self.heading).is_some() {
                    offers.push(WordSort::TwoTables.offer(Some(&SaidWord::Chosen(Chosen::FollowUps))));
                }
            }
            Table::Facilities if !has(ColumnMeaning::Kind) => {
                let kind = assumed_kind(self).map(|kind| SaidWord::Text(WordSort::Kind, kind));
                offers.push(WordSort::Kind.offer(kind.as_ref()));
            }
            Table::Schedule if self.plan_rows.is_none() => {
                let rows = self.data_rows().collect::<Vec<_>>();
                let found = PlanRows::unclear(&self.heading, &rows);
                offers.extend(found.map(|[first, second]| plan_rows_offer(&first, &second, false)));
            }
            _ => {}
        }
        offers
    }

    fn data_rows(&self) -> impl Iterator<Item = &Row> {
        let rows = self.sheet.rows.iter();
        rows.filter(|row| row.index > self.heading.bottom && row.index <= self.last_row)
    }

    /// A word that was said, to be changed or taken back.
    fn said_offer(&self, word: &SaidWord) -> Offer {
        let sort = word.sort();
        let mut offer = match word {
            SaidWord::Pairs(WordSort::PlanRows, pairs) => {
                let of = |row| pairs.iter().find(|(_, said)| said == row).map_or("", |(name, _)| name);
                plan_rows_offer(of("rencana"), of("dilaksanakan"), true)
            }
            SaidWord::Pairs(_, pairs) => {
                let parts = pairs.iter().map(|(name, said)| part(name, Self::label_of(sort, name), said));
                let choices = match sort {
                    WordSort::Statuses => status_choices(),
                    WordSort::Colours => colour_choices(self.table, !self.is_of_months()),
                    _ => self.heading.shared.iter().map(|shared| denominator(&shared.heading)).collect(),
                };
                sort.offer_pairs(parts.collect(), choices)
            }
            SaidWord::Text(WordSort::Villages, kind) => {
                let choices = vec![
                    OfferChoice::new(kind, format!("{kind} di desa itu")),
                    OfferChoice::new(Chosen::NoVillages.code(), Chosen::NoVillages.phrase()),
                ];
                sort.offer_of(choices, kind.clone())
            }
            _ => sort.offer(Some(word)),
        };
        offer.value = word.to_string();
        offer.is_said = true;
        offer
    }

    fn label_of(sort: WordSort, name: &str) -> String {
        let colour = u32::from_str_radix(name.trim_start_matches('#'), 16).ok();
        match colour.filter(|_| sort == WordSort::Colours) {
            Some(colour) => word_of(FillColour(colour)),
            None => name.to_owned(),
        }
    }

    /// Reports whether months stand across.
    pub(in crate::recap) fn is_of_months(&self) -> bool {
        matches!(self.heading.layout, Layout::Months(_))
    }

    /// The maximum that the heading names, or a hundred where no points exceed it.
    fn assumed_maximum(&self) -> Option<SaidWord> {
        let column = *self.heading.columns.get(&ColumnMeaning::Points)?;
        let texts = self.heading.texts(self.sheet, column);
        let named = texts.iter().rev().find_map(|(_, text)| points::maximum_named(text));
        let mut values =
            self.data_rows().filter_map(|row| points::read(row.get(column), Dot::Thousands).ok().flatten());
        let exceeds = |found: points::Points| found.out_of.is_none() && found.value > points::PERCENT_MAXIMUM;
        let hundred = || (!values.any(exceeds)).then_some(points::PERCENT_MAXIMUM);
        named.or_else(hundred).map(SaidWord::Maximum)
    }

    /// The maximum of all points that somebody said.
    pub(in crate::recap) fn said_maximum(&self) -> Option<f64> {
        self.said.iter().find_map(|word| if let SaidWord::Maximum(maximum) = word { Some(*maximum) } else { None })
    }

    /// Returns the answer that somebody chose about something.
    pub(in crate::recap) fn chosen(&self, sort: WordSort) -> Option<Chosen> {
        chosen_in(&self.said, sort)
    }

    /// A kind, a code or a heading that somebody said.
    pub(in crate::recap) fn said_text(&self, sort: WordSort) -> Option<&str> {
        text_in(&self.said, sort)
    }

    /// Returns the answers of somebody about the parts of the table.
    pub(in crate::recap) fn said_pairs(&self, sort: WordSort) -> &[(String, String)] {
        pairs_in(&self.said, sort)
    }

    /// Returns the answer of somebody about one part of the table.
    pub(in crate::recap) fn paired(&self, sort: WordSort, name: &str) -> Option<&str> {
        let key = plain_words(&as_side(name));
        pairs_in(&self.said, sort).iter().find(|(known, _)| plain_words(known) == key).map(|(_, said)| said.as_str())
    }

    /// Returns the meaning that somebody gave to a colour.
    pub(in crate::recap) fn colour_said(&self, colour: FillColour) -> Option<Meant> {
        Meant::from_code(self.paired(WordSort::Colours, &colour_code(colour))?)
    }

    /// Checks that a word fits this table and what is known of its Puskesmas.
    ///
    /// # Errors
    /// Names what it speaks of and is not there.
    pub fn fits(&self, word: &SaidWord, context: &ReadingContext) -> Result<(), WordError> {
        let sort = word.sort();
        if !sort.is_of(self.table) {
            return Err(WordError::OtherTable(sort, self.table));
        }
        let among = |named: &str, known: &[String], place: &'static str| {
            let is_it = known.iter().any(|known| plain_words(known) == plain_words(named));
            // Of a Puskesmas without a list, or a table that shows nothing, everything may come yet.
            if is_it || known.is_empty() {
                return Ok(());
            }
            Err(WordError::Unknown { named: named.to_owned(), place, known: known.join(", ") })
        };
        let services = || context.service_codes().map(str::to_owned).collect::<Vec<_>>();
        match word {
            SaidWord::Text(WordSort::Indicator, code) => match context.service(code) {
                Some(_) => Ok(()),
                None => among(code, &services(), "di antara indikator layanan Puskesmas ini"),
            },
            SaidWord::Text(WordSort::Villages, kind) => {
                among(kind, &context.village_kinds(), "di antara jenis faskes yang ada di desa")
            }
            SaidWord::Text(WordSort::IndicatorColumn, heading) => {
                among(heading, &self.text_headings(), "di antara judul kolom tabel ini")
            }
            SaidWord::Pairs(WordSort::Denominators, pairs) => {
                let headings: Vec<String> = self.heading.shared.iter().map(|shared| as_side(&shared.heading)).collect();
                for (code, heading) in pairs {
                    if context.service(code).is_none() {
                        among(code, &services(), "di antara indikator layanan Puskesmas ini")?;
                    }
                    among(heading, &headings, "di antara kolom sasaran tabel ini")?;
                }
                Ok(())
            }
            SaidWord::Pairs(WordSort::Colours, pairs) => {
                let colours = self.colours();
                let fits = |said: &str| Meant::from_code(said).is_some_and(|meant| meant.is_of(self.table));
                if pairs.iter().any(|(_, said)| !fits(said)) {
                    return Err(WordError::Pairs(WordSort::Colours));
                }
                pairs.iter().try_for_each(|(colour, _)| among(colour, &colours, "di antara warna tabel ini"))
            }
            SaidWord::Pairs(WordSort::PlanRows, pairs) => {
                let markers = PlanRows::markers(&self.heading, &self.data_rows().collect::<Vec<_>>());
                pairs.iter().try_for_each(|(row, _)| among(row, &markers, "di antara tanda baris tabel ini"))
            }
            SaidWord::Pairs(WordSort::Statuses, pairs) => {
                let texts = self.texts_of(&[ColumnMeaning::Status, ColumnMeaning::Done]);
                pairs.iter().try_for_each(|(status, _)| among(status, &texts, "di antara isi kolom status"))
            }
            _ => Ok(()),
        }
    }

    /// The colours of its cells, as they are written.
    fn colours(&self) -> Vec<String> {
        let marks = &self.sheet.marks;
        let places = marks.filled.iter().chain(&marks.inked).map(|cell| cell.place);
        let own = places.filter(|place| place.row > self.heading.bottom && place.row <= self.last_row);
        let mut colours: Vec<String> = own.filter_map(|place| colour_at(self.sheet, place)).map(colour_code).collect();
        colours.sort();
        colours.dedup();
        colours
    }

    /// The texts in some of its columns, each once.
    fn texts_of(&self, columns: &[ColumnMeaning]) -> Vec<String> {
        let places: Vec<u32> = columns.iter().filter_map(|column| self.heading.columns.get(column)).copied().collect();
        let cells = self.data_rows().flat_map(|row| places.iter().filter_map(|place| row.get(*place)));
        let mut texts: Vec<String> = cells.filter_map(CellValue::text).map(as_side).collect();
        texts.sort();
        texts.dedup();
        texts
    }

    /// Headings of columns that hold words and are not read: one of them may name the indicators.
    pub(in crate::recap) fn text_headings(&self) -> Vec<String> {
        let read = self.heading.read_columns();
        let is_free = |column: &u32| {
            let known = self.heading.columns.iter();
            !known.filter(|(named, _)| **named != ColumnMeaning::IndicatorName).any(|(_, place)| place == column)
                && !read.contains(column)
        };
        let (first, last) = self.heading.extent;
        let holds_words = |column: &u32| {
            let rows = self.data_rows().filter(|row| !is_sum(row, &self.heading));
            rows.filter_map(|row| row.get(*column)?.text()).any(|text| text.chars().any(char::is_alphabetic))
        };
        let columns = (first..=last).filter(is_free).filter(holds_words);
        columns.filter_map(|column| Some(as_side(&self.heading.texts(self.sheet, column).pop()?.1))).collect()
    }
}

/// A denominator as it is chosen.
pub(in crate::recap) fn denominator(heading: &str) -> OfferChoice {
    OfferChoice::new(as_side(heading), as_side(heading))
}

/// Returns the offer to say which of two markers is that of planned rows.
pub(in crate::recap) fn plan_rows_offer(planned: &str, done: &str, is_known: bool) -> Offer {
    let planned = as_side(planned).to_uppercase();
    let done = as_side(done).to_uppercase();
    let one = |first: &str, second: &str| {
        let code = format!("{first} = rencana; {second} = dilaksanakan");
        OfferChoice::new(code, format!("{first} rencana, {second} pelaksanaan"))
    };
    let choices = vec![one(&planned, &done), one(&done, &planned)];
    let value = if is_known { choices[0].code.clone() } else { String::new() };
    WordSort::PlanRows.offer_of(choices, value)
}
