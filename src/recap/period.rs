//! The months that a table covers: by its banner, else by the sheet's name, else by the file's; where they disagree,
//! the first of these holds and the user is told.

use super::banner::{Banner, NamedPeriod};
use super::cells::school_year::SchoolYear;
use crate::domain::{Month, Received, Table, format};

/// The names and the banner by which a period is decided.
pub(super) struct PeriodSources<'s> {
    pub(super) table: Table,
    /// The months stand across: then it is a year's.
    pub(super) is_yearly: bool,
    pub(super) banner: &'s Banner,
    pub(super) sheet: NamedPeriod,
    pub(super) file: NamedPeriod,
}

/// The months, and sentences about sources that disagree.
pub(super) struct Decided {
    pub(super) received: Received,
    pub(super) doubts: Vec<String>,
}

/// The part of a period that nobody names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Year,
    Month,
}

/// Decides. `holds_only` tells whether every date of the table lies in a month (asked where only a name
/// speaks for it).
pub(super) fn decide(sources: &PeriodSources<'_>, holds_only: impl Fn(Month) -> bool) -> Result<Decided, Missing> {
    let PeriodSources { table, banner, sheet, file, .. } = *sources;
    let year = banner.any_year().or(sheet.year).or(file.year);
    let school = SchoolYear::from_words(&banner.words);
    let in_year = |month: u32, own: Option<i32>| {
        let year = school.map_or(own.or(year), |school| Some(school.or_written(month, own.or(year))));
        Month::new(year?, month)
    };
    let of_banner = banner.month.and_then(|(month, own)| in_year(month, own));
    let of_sheet = sheet.month.and_then(|month| in_year(month, sheet.year));
    let of_file = file.month();
    let month = match table {
        _ if sources.is_yearly => None,
        Table::Schedule
        | Table::Clusters
        | Table::Pkp
        | Table::PkpVerifications
        | Table::OwnIndicators
        | Table::PlanProposals => None,
        Table::Facilities | Table::ServiceIndicators | Table::Decree | Table::ScheduleChanges => of_banner,
        Table::Lokmin | Table::Achievements | Table::FollowUps | Table::MonthlyReports => {
            of_banner.or(of_sheet).or(of_file)
        }
        // A year of visits, or of what people write, may lie in a file that is named after a month.
        _ => of_banner.or_else(|| of_sheet.or(of_file).filter(|month| holds_only(*month))),
    };
    let doubts = doubts(sources, of_banner, of_sheet, of_file);
    let span = banner.period.filter(|_| table.is_written()).and_then(|span| span.period(year));
    if let Some(span) = span {
        return Ok(Decided { received: Received::over(span), doubts: Vec::new() });
    }
    if let Some(month) = month {
        return Ok(Decided { received: Received::Month(month), doubts });
    }
    let Some(year) = year else { return Err(Missing::Year) };
    if !sources.is_yearly && matches!(table, Table::Lokmin | Table::Achievements) {
        return Err(Missing::Month);
    }
    Ok(Decided { received: Received::Year(year), doubts })
}

fn doubts(
    sources: &PeriodSources<'_>,
    of_banner: Option<Month>,
    of_sheet: Option<Month>,
    of_file: Option<Month>,
) -> Vec<String> {
    let mut doubts = Vec::new();
    let banner = sources.banner;
    if let (Some((_, Some(month_year))), Some(year)) = (banner.month, banner.year)
        && month_year != year
    {
        doubts.push(format!(
            "baris BULAN menyebut tahun {month_year}, baris TAHUN menyebut {year}; dipakai {month_year}"
        ));
    }
    let is_monthly = !sources.is_yearly
        && matches!(
            sources.table,
            Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports | Table::Achievements
        );
    for (what, month, named) in [("nama lembar", of_sheet, sources.sheet), ("nama berkas", of_file, sources.file)] {
        let other_month = of_banner.zip(month).filter(|(banner, named)| is_monthly && banner != named);
        let other_year = banner.any_year().zip(named.year).filter(|(banner, named)| banner != named);
        if let Some((banner, named)) = other_month {
            doubts.push(format!(
                "judul menyebut {}, {what} menyebut {}; dipakai {}",
                format::month(banner),
                format::month(named),
                format::month(banner)
            ));
        } else if let Some((banner, named)) = other_year {
            doubts.push(format!("judul menyebut tahun {banner}, {what} menyebut {named}; dipakai {banner}"));
        }
    }
    doubts
}
