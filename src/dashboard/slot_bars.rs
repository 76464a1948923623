//! The year's slots as stacked bars of their states, by month or by facility.

use crate::analytics::{Calendar, calendar};
use crate::charts::{Chart, ChartKind, MarkAnswer, MarkTarget, SlotBar, SlotBars};
use crate::definitions::SlotsBy;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{SlotState, format};

use super::context::PageContext;
use super::page::PanelBody;

/// The bars of the year in which the period lies; empty where nothing was planned.
pub fn slot_bars(context: &PageContext<'_>, by: SlotsBy) -> PanelBody {
    let subject = context.subject;
    let mut calendar = calendar(context.evaluator, subject.puskesmas, subject.period.year(), subject.as_of);
    calendar.rows.retain(|row| context.is_about(row.facility));
    calendar.rows.sort_by_key(|row| context.facility(row.facility).listing_key());
    let year = calendar.year;
    let counts = counted(calendar.rows.iter().flat_map(|row| &row.months).flat_map(|cell| &cell.slots));
    let all: u32 = counts.iter().sum();
    if all == 0 {
        return PanelBody::Empty(format!("Jadwal tahun {year} belum diimpor."));
    }
    let missed = count(&counts, SlotState::Missed);
    let late = count(&counts, SlotState::Late);
    let (title, noun, order) = match by {
        SlotsBy::Month => {
            let title = format!("{missed} dari {all} jadwal tidak terlaksana, {late} terlambat");
            (title, "bulan", "Januari di atas")
        }
        SlotsBy::Facility => {
            let rows = calendar.rows.iter();
            let with = rows
                .filter(|row| row.months.iter().flat_map(|cell| &cell.slots).any(|s| s.state == SlotState::Missed))
                .count();
            let title = match with {
                0 => "Tidak ada faskes dengan jadwal yang tidak terlaksana".to_owned(),
                with => format!("{with} faskes punya jadwal yang tidak terlaksana"),
            };
            (title, "faskes", "yang paling banyak terlewat di atas")
        }
    };
    let rows = match by {
        SlotsBy::Month => by_month(&calendar),
        SlotsBy::Facility => by_facility(context, &calendar),
    };
    let states: Vec<String> = SlotState::ALL
        .into_iter()
        .filter(|state| count(&counts, *state) > 0)
        .map(|state| format!("{} {}", count(&counts, state), state.label().to_lowercase()))
        .collect();
    PanelBody::chart(Chart {
        title,
        subtitle: format!("Jadwal tahun {year} (setelah perubahan) menurut keadaannya, satu batang per {noun}"),
        source: context.source(),
        description: format!("Batang mendatar bertumpuk per {noun}, {order}. {all} jadwal: {}.", states.join(", ")),
        kind: ChartKind::SlotBars(SlotBars { noun: noun.to_owned(), rows }),
    })
}

type StateCounts = [u32; SlotState::ALL.len()];

fn counted<'s>(slots: impl Iterator<Item = &'s SlotOutcome>) -> StateCounts {
    let mut counts = StateCounts::default();
    for slot in slots {
        if let Some(place) = SlotState::ALL.iter().position(|state| *state == slot.state) {
            counts[place] += 1;
        }
    }
    counts
}

fn count(counts: &StateCounts, wanted: SlotState) -> u32 {
    SlotState::ALL.iter().zip(counts).find(|(state, _)| **state == wanted).map_or(0, |(_, count)| *count)
}

fn by_month(calendar: &Calendar) -> Vec<SlotBar> {
    let bar = |(place, name): (usize, &&str)| SlotBar {
        name: (*name).to_owned(),
        counts: counted(calendar.rows.iter().flat_map(|row| &row.months[place].slots)),
        answer: MarkAnswer::default(),
    };
    format::MONTHS_SHORT.iter().enumerate().map(bar).collect()
}

/// Facilities with the most that was missed first, then what nobody reported, then what was late; else as listed.
fn by_facility(context: &PageContext<'_>, calendar: &Calendar) -> Vec<SlotBar> {
    let bar = |row: &crate::analytics::CalendarRow| SlotBar {
        name: context.facility(row.facility).name.clone(),
        counts: counted(row.months.iter().flat_map(|cell| &cell.slots)),
        answer: MarkAnswer::new(String::new(), MarkTarget::Facility(row.facility)),
    };
    let mut bars: Vec<SlotBar> = calendar.rows.iter().map(bar).collect();
    bars.sort_by_key(|bar| {
        let most = [SlotState::Missed, SlotState::Unreported, SlotState::Late].map(|state| count(&bar.counts, state));
        (std::cmp::Reverse(most), bar.counts.iter().sum::<u32>() == 0)
    });
    bars
}
