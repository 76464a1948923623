//! The months that a table covers, by what people said, its titles, its sheet, its file and its dates: what was assumed is
//! told, what is missing or doubtful is asked. Judges no row.

use super::about_table::{fitting, is_yearly, short_year_read, with_day_of_meeting};
use super::as_said::{MonthTold, issue_about};
use super::banner::{Banner, BannerLine, NamedPeriod};
use super::calendar::{CalendarMonths, DatedTable};
use super::cells::date_words::parts;
use super::cells::school_year::SchoolYear;
use super::issue::{IssueKind, issue};
use super::layout::Heading;
use super::period::{Decided, Missing, PeriodSources, decide};
use super::profile::{Chosen, Hints, WordSort, chosen_in};
use super::questions::{ASK_MONTH, ASK_SPLIT_SPAN, ASK_YEAR, heading_year_asked, years_asked};
use super::sections::BANNER_ROWS;
use crate::diagnostic::{About, Issue, IssueCode, Offer, OfferChoice};
use crate::domain::{Month, Received, Table, format};
use crate::workbook::{Row, Sheet, Visibility, Workbook};

/// A table whose months are wanted.
pub(super) struct MonthsOf<'r, 'w> {
    pub(super) workbook: &'w Workbook,
    pub(super) sheet: &'w Sheet,
    pub(super) hints: &'r Hints,
    pub(super) table: Table,
    pub(super) heading: &'r Heading,
    pub(super) banner: &'r Banner,
    pub(super) rows: &'w [Row],
}

/// The months of a table, and what is to be said of them.
pub(super) struct MonthsFound {
    pub(super) settled: CalendarMonths,
    pub(super) told: Vec<Issue>,
    /// The question instead: then the months are none.
    pub(super) asked: Option<Issue>,
}

impl MonthsFound {
    fn certain(received: Received) -> Self {
        let settled = CalendarMonths { received, reading: None, is_year_undecided: false };
        Self { settled, told: Vec::new(), asked: None }
    }

    /// Reports whether a question can be answered without touching the file.
    pub(super) fn is_sayable(asked: &Issue) -> bool {
        asked.about.as_ref().is_some_and(|about| !about.offers.is_empty())
    }
}

/// The places that may name the months of a table.
struct NamedPlaces<'p> {
    sheet: &'p mut NamedPeriod,
    file: &'p mut NamedPeriod,
    title: &'p mut Banner,
}

/// The year of a table, where no title tells it.
enum UntoldYear {
    /// Of the sheet's own name, or of none.
    AsNamed,
    /// Taken from elsewhere, which is told.
    Told(i32, String),
    /// Two places differ.
    Asked { of_sheet: i32, of_file: i32 },
}

impl MonthsOf<'_, '_> {
    pub(super) fn find(&self) -> MonthsFound {
        let Self { sheet, banner, heading, table, .. } = *self;
        let is_yearly = is_yearly(heading, banner, &sheet.name);
        if let Some(said) = self.hints.period(&sheet.name) {
            return MonthsFound::certain(fitting(said, is_yearly || table == Table::Schedule));
        }
        let said = self.hints.words_for(sheet, table, heading);
        let month_from = chosen_in(&said, WordSort::MonthFrom);
        let year_from = chosen_in(&said, WordSort::YearFrom);
        let dated = DatedTable { workbook: self.workbook, sheet: &sheet.name, table, heading, rows: self.rows };
        let is_guessed = !is_yearly && month_from.is_none();
        let forgotten = if is_guessed { dated.forgotten_title(banner) } else { None };
        let mut named = NamedPeriod::read(&sheet.name);
        let mut file = NamedPeriod::read(&self.workbook.file);
        let mut dating = banner.clone();
        if let Some(year) = year_chosen(year_from, named, file) {
            dating = dating.of_year(year);
        }
        let mut taken = None;
        if let Some((year, told)) = self.forgotten_year(named.year).filter(|_| year_from.is_none()) {
            dating = dating.of_year(year);
            taken = Some(told);
        }
        if let Some(written) = heading.written_year.filter(|_| year_from.is_none()) {
            let titled = banner.any_year().filter(|titled| *titled != written.year);
            match titled.filter(|_| SchoolYear::from_words(&banner.words).is_none()) {
                Some(titled) => return self.asked(&heading_year_asked(titled, written.year), Vec::new()),
                None => dating = dating.of_year(written.year),
            }
        }
        let untold = if dating.any_year().is_none() && year_from.is_none() {
            self.untold_year(named.year, file.year, &dated)
        } else {
            UntoldYear::AsNamed
        };
        match untold {
            UntoldYear::Asked { of_sheet, of_file } => return self.years_differ(of_sheet, of_file),
            UntoldYear::Told(year, told) => {
                dating = dating.of_year(year);
                taken = Some(told);
            }
            UntoldYear::AsNamed => {}
        }
        self.take_month(month_from, &mut NamedPlaces { sheet: &mut named, file: &mut file, title: &mut dating });
        with_day_of_meeting(&mut dating, sheet, heading, table);
        if let Some((month, _)) = &forgotten {
            dating.month = Some((*month, dating.any_year()));
        }
        let sources = PeriodSources { table, is_yearly, banner: &dating, sheet: named, file };
        let Decided { received, doubts } = match decide(&sources, |month| dated.holds_only(month)) {
            Ok(decided) => decided,
            Err(Missing::Year) => return self.asked(ASK_YEAR, Vec::new()),
            Err(Missing::Month) if self.is_of_span() => return self.asked(ASK_SPLIT_SPAN, Vec::new()),
            Err(Missing::Month) => return self.asked(ASK_MONTH, self.months_numbered()),
        };
        let settled = dated.settle_year(received, &dating);
        let is_of_sheet = named.month.is_some_and(|month| banner.month.is_none_or(|(titled, _)| titled != month));
        let is_of_file = file.month.is_some_and(|month| banner.month.is_some_and(|(titled, _)| titled != month));
        let short = dating.short_year.filter(|year| *year == settled.received.year());
        let year = settled.reading.clone().or_else(|| short.map(short_year_read)).or(taken);
        let told = MonthTold {
            forgotten: forgotten.map(|(_, sentence)| sentence),
            year,
            doubts: doubts.into_iter().filter(|_| month_from.is_none() && year_from.is_none()).collect(),
            may_be_sheets: is_of_sheet && !is_yearly,
            may_be_files: is_of_file && !is_yearly,
        };
        MonthsFound { told: told.issues(sheet, table, heading), settled, asked: None }
    }

    /// Reports whether figures are titled as those of several months.
    fn is_of_span(&self) -> bool {
        const SPANS: [&str; 6] = ["triwulan", "tribulan", "semester", "caturwulan", " tw ", "kuartal"];
        let words = format!(" {} ", self.banner.words.replace(['\n', ':'], " "));
        self.table == Table::Achievements && SPANS.iter().any(|span| words.contains(span))
    }

    /// Takes the month from where somebody says that it stands.
    fn take_month(&self, month_from: Option<Chosen>, places: &mut NamedPlaces<'_>) {
        let NamedPlaces { sheet, file, title } = places;
        let (place, name) = match month_from {
            Some(Chosen::MonthOfTitle) => {
                **sheet = NamedPeriod::default();
                return;
            }
            Some(Chosen::MonthOfSheet) => (sheet, &self.sheet.name),
            Some(Chosen::MonthOfFile) => (file, &self.workbook.file),
            _ => return,
        };
        place.month = place.month.or_else(|| month_numbered(name));
        if let Some(month) = place.month {
            title.month = Some((month, place.year.or_else(|| title.any_year())));
        }
    }

    /// The year by the names of sheet and file, by all dates, or by all other sheets that name one.
    fn untold_year(&self, of_sheet: Option<i32>, of_file: Option<i32>, dated: &DatedTable<'_, '_>) -> UntoldYear {
        let of_dates = || dated.year_of_all();
        let told = |year: i32, place: &str| {
            UntoldYear::Told(year, format!("tahun {year} diambil dari {place}, karena judulnya tidak menyebut tahun"))
        };
        match (of_sheet, of_file) {
            (Some(of_sheet), Some(of_file)) if of_sheet != of_file => match of_dates() {
                Some(year) if year == of_sheet || year == of_file => told(year, "tanggal-tanggalnya"),
                _ => UntoldYear::Asked { of_sheet, of_file },
            },
            (Some(_), _) => UntoldYear::AsNamed,
            (None, Some(year)) => told(year, "nama berkas"),
            (None, None) => match of_dates() {
                Some(year) => told(year, "tanggal-tanggalnya"),
                None => {
                    self.year_of_others().map_or(UntoldYear::AsNamed, |year| told(year, "lembar lain di berkas ini"))
                }
            },
        }
    }

    /// The year of the sheet's name where its title still has that of another sheet, which is called after it, and why.
    fn forgotten_year(&self, of_sheet: Option<i32>) -> Option<(i32, String)> {
        let of_sheet = of_sheet?;
        let titled = self.banner.any_year().filter(|titled| *titled != of_sheet)?;
        let titled_so = |sheet: &&Sheet| {
            let lines = sheet.rows.iter().take(BANNER_ROWS).map(BannerLine::all_cells);
            sheet.visibility == Visibility::Visible
                && NamedPeriod::read(&sheet.name).year == Some(titled)
                && Banner::read(lines).any_year() == Some(titled)
        };
        let twin = self.workbook.sheets.iter().find(titled_so)?;
        let told = format!(
            "judul menyebut tahun {titled}, nama lembar \"{}\": dibaca {of_sheet}, karena lembar \"{}\" berjudul sama; bila keliru, \
             betulkan nama lembar dan judulnya",
            self.sheet.name, twin.name
        );
        Some((of_sheet, told))
    }

    /// The one year that other sheets name, in their titles or as they are called.
    fn year_of_others(&self) -> Option<i32> {
        let others = self.workbook.sheets.iter().filter(|other| {
            other.visibility == Visibility::Visible && !other.is_notes() && other.name != self.sheet.name
        });
        let mut years = others.filter_map(|other| {
            let titled = || Banner::read(other.rows.iter().take(BANNER_ROWS).map(BannerLine::all_cells)).any_year();
            NamedPeriod::read(&other.name).year.or_else(titled)
        });
        let first = years.next()?;
        years.all(|year| year == first).then_some(first)
    }

    /// Asks which of two years it is.
    fn years_differ(&self, of_sheet: i32, of_file: i32) -> MonthsFound {
        let choice =
            |chosen: Chosen, year: i32| OfferChoice::new(chosen.code(), format!("{} ({year})", chosen.phrase()));
        let choices = vec![choice(Chosen::YearOfSheet, of_sheet), choice(Chosen::YearOfFile, of_file)];
        self.asked(&years_asked(of_sheet, of_file), vec![WordSort::YearFrom.offer_of(choices, String::new())])
    }

    /// The offer to take a number in the sheet's or the file's name for the month.
    fn months_numbered(&self) -> Vec<Offer> {
        let places =
            [(Chosen::MonthOfSheet, self.sheet.name.as_str()), (Chosen::MonthOfFile, self.workbook.file.as_str())];
        let numbered = places.into_iter().filter_map(|(chosen, name)| {
            let month = Month::new(2024, month_numbered(name)?)?;
            let told = format!("{} ({})", chosen.phrase(), format::month_name(month));
            Some(OfferChoice::new(chosen.code(), told))
        });
        let choices: Vec<OfferChoice> = numbered.collect();
        if choices.is_empty() { Vec::new() } else { vec![WordSort::MonthFrom.offer_of(choices, String::new())] }
    }

    fn asked(&self, question: &str, offers: Vec<Offer>) -> MonthsFound {
        let kind = IssueKind::error(IssueCode::MissingValue);
        let asked = issue(self.sheet, Some(self.heading.anchor), kind, question.to_owned());
        let about = About { table: self.table, top: self.heading.top, offers };
        // Nothing of the table is read: any year stands for the one that is asked.
        let none = MonthsFound::certain(Received::Year(crate::domain::period::YEAR_MIN));
        MonthsFound { asked: Some(issue_about(about, asked)), ..none }
    }
}

/// The year of the place that somebody chose.
fn year_chosen(year_from: Option<Chosen>, sheet: NamedPeriod, file: NamedPeriod) -> Option<i32> {
    match year_from? {
        Chosen::YearOfSheet => sheet.year,
        Chosen::YearOfFile => file.year,
        _ => None,
    }
}

/// The month of the one number of a name that can be one: `5`, `lokmin 05 2023`.
fn month_numbered(name: &str) -> Option<u32> {
    let parts = parts(name);
    let mut short = parts.iter().filter(|part| part.len() <= 2).filter_map(|part| part.parse::<u32>().ok());
    let number = short.next().filter(|month| (1..=12).contains(month))?;
    short.next().is_none().then_some(number)
}
