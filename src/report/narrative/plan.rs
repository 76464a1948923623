//! *Pelaksanaan jadwal* and *Rencana setahun*: what was planned, what became of it, who was left out.

use super::section::{Fact, Sentence};
use super::wording::{enumerated, listed, out_of};
use crate::dashboard::PageContext;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, Month, Ratio, SlotState, format};

/// The states in which a facility was visited for its slot.
const DONE: [SlotState; 4] = [SlotState::OnSchedule, SlotState::Rescheduled, SlotState::Late, SlotState::Early];

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let mut sentences = vec![slots(context)];
    sentences.extend(counting(context));
    sentences.extend(named(context, SlotState::Missed, "Jadwal yang tidak terlaksana"));
    sentences.extend(named(context, SlotState::Unreported, "Belum diketahui, karena rekap bulannya belum diterima"));
    sentences.extend(named(context, SlotState::Late, "Dikunjungi terlambat"));
    sentences.extend(moved(context));
    sentences.extend(unscheduled(context));
    sentences
}

fn period_slots<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = (u32, &'a SlotOutcome)> {
    let period = context.subject.period;
    let slots = context.facilities().flat_map(|result| result.slots.iter().map(move |slot| (result.facility, slot)));
    slots.filter(move |(_, slot)| period.contains(slot.effective.unwrap_or(slot.planned)))
}

fn slots(context: &PageContext<'_>) -> Sentence {
    let of = |state: SlotState| period_slots(context).filter(|(_, slot)| slot.state == state).count();
    let all = period_slots(context).count();
    if all == 0 && context.facilities().all(|result| result.slots.is_empty()) {
        let year = context.subject.period.year();
        return Sentence {
            text: format!("Jadwal pembinaan tahun {year} belum diimpor atau tidak memuat satu jadwal pun."),
            facts: vec![Fact::new("Jadwal pada periode ini", "belum ada")],
        };
    }
    if all == 0 {
        return Sentence {
            text: "Tidak ada jadwal pembinaan pada periode ini.".to_owned(),
            facts: vec![Fact::new("Jadwal pada periode ini", "0")],
        };
    }
    let counts: Vec<String> = SlotState::ALL
        .into_iter()
        .filter(|state| of(*state) > 0)
        .map(|state| format!("{} {}", of(state), state.label().to_lowercase()))
        .collect();
    let done = DONE.map(of).iter().sum::<usize>();
    Sentence {
        text: format!(
            "Dari {all} jadwal pembinaan pada periode ini, {done} sudah dikunjungi; rinciannya {}.",
            enumerated(&counts)
        ),
        facts: vec![
            Fact::new("Jadwal pada periode ini", all.to_string()),
            Fact::new("Jadwal yang dikunjungi", done.to_string()),
            Fact::new("Rincian jadwal", enumerated(&counts)),
        ],
    }
}

/// Explains why the table of slots, the coverage and the adherence count other slots than the sentence before: none
/// where all count the same. An explanation carries no fact of its own.
fn counting(context: &PageContext<'_>) -> Vec<Sentence> {
    let period = context.subject.period;
    let all = period_slots(context).count();
    let slots = || context.facilities().flat_map(|result| &result.slots);
    let away = slots().filter(|slot| {
        period.contains(slot.planned) && slot.effective.is_some_and(|effective| !period.contains(effective))
    });
    let away = away.count();
    let arrears = slots().filter(|slot| is_made_up(context, slot)).count();
    let of = |state: SlotState| period_slots(context).filter(|(_, slot)| slot.state == state).count();
    let mut sentences = Vec::new();
    let mut say = |text: String| sentences.push(Sentence { text, facts: Vec::new() });
    let others = [(away, "yang dipindahkan ke luar periode ini"), (arrears, "tunggakan periode lain yang terpenuhi")];
    let others: Vec<String> = counts_of(&others);
    if !others.is_empty() {
        let rows = all + away + arrears;
        say(format!("Tabel pelaksanaan memuat {rows} jadwal: {all} jadwal tersebut ditambah {}.", enumerated(&others)));
    }
    let ratio = |indicator| context.block().indicator(indicator).ratio.filter(|ratio| ratio.denominator > 0.0);
    if let Some(coverage) = ratio(CoachingIndicator::Cak).filter(|ratio| !is_count(ratio.denominator, all)) {
        let left_out = [
            (of(SlotState::NotDue), "yang belum waktunya"),
            (of(SlotState::Unreported), "yang rekapnya belum diterima"),
            (of(SlotState::Cancelled), "yang dibatalkan"),
        ];
        let left_out = enumerated(&counts_of(&left_out));
        let without = if left_out.is_empty() { String::new() } else { format!(", tanpa {left_out}") };
        say(format!("Cakupan pembinaan {}: menurut bulan yang berlaku{without}.", out_of(coverage)));
    }
    let on_schedule = of(SlotState::OnSchedule);
    let differs = |ratio: &Ratio| !is_count(ratio.denominator, all) || !is_count(ratio.numerator, on_schedule);
    if let Some(adherence) = ratio(CoachingIndicator::Jdw).filter(differs) {
        let moved = slots().filter(|slot| {
            period.contains(slot.planned) && slot.effective.is_some_and(|effective| effective != slot.planned)
        });
        let cancelled = slots().filter(|slot| period.contains(slot.planned) && slot.effective.is_none());
        let with = [(moved.count(), "yang dipindahkan"), (cancelled.count(), "yang dibatalkan")];
        let with = enumerated(&counts_of(&with));
        let with = if with.is_empty() { String::new() } else { format!(", termasuk {with}") };
        let came = slots().filter(|slot| {
            !period.contains(slot.planned) && slot.effective.is_some_and(|effective| period.contains(effective))
        });
        let came = came.count();
        let came = if came > 0 { format!(", tanpa {came} yang dipindahkan ke periode ini") } else { String::new() };
        say(format!("Kepatuhan jadwal {}: menurut bulan rencana semula{with}{came}.", out_of(adherence)));
    }
    sentences
}

/// `2 yang dipindahkan`, of those that there are.
fn counts_of(parts: &[(usize, &str)]) -> Vec<String> {
    parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect()
}

fn is_count(number: f64, count: usize) -> bool {
    (number - f64::from(u32::try_from(count).unwrap_or(u32::MAX))).abs() < 0.5
}

/// Reports whether a slot of another period was made up in this one: the table of slots shows it.
fn is_made_up(context: &PageContext<'_>, slot: &SlotOutcome) -> bool {
    let period = context.subject.period;
    let is_of_period =
        period.contains(slot.planned) || slot.effective.is_some_and(|effective| period.contains(effective));
    let visited_now = slot.visit.is_some_and(|visit| period.contains(visit.month()));
    !is_of_period && slot.state == SlotState::Late && visited_now
}

fn facility_month(context: &PageContext<'_>, facility: u32, month: Month) -> String {
    format!("{} ({})", context.facility(facility).name, format::month_name(month))
}

/// The slots of a state by name, with their months.
fn named(context: &PageContext<'_>, state: SlotState, lead: &str) -> Option<Sentence> {
    let names: Vec<String> = period_slots(context)
        .filter(|(_, slot)| slot.state == state)
        .map(|(facility, slot)| facility_month(context, facility, slot.effective.unwrap_or(slot.planned)))
        .collect();
    (!names.is_empty()).then(|| Sentence {
        text: format!("{lead}: {}.", listed(&names)),
        facts: vec![Fact::new(state.label(), format!("{} ({})", names.len(), listed(&names)))],
    })
}

/// Slots of the period that were moved away or cancelled.
fn moved(context: &PageContext<'_>) -> Option<Sentence> {
    let period = context.subject.period;
    let slots = context.facilities().flat_map(|result| result.slots.iter().map(move |slot| (result.facility, slot)));
    let planned = slots.filter(|(_, slot)| period.contains(slot.planned));
    let mut moves = Vec::new();
    let mut cancelled = 0_usize;
    for (facility, slot) in planned {
        match slot.effective {
            None => cancelled += 1,
            Some(month) if month != slot.planned => {
                let from = format::month_name(slot.planned);
                moves.push(format!("{} ({from} ke {})", context.facility(facility).name, format::month_name(month)));
            }
            Some(_) => {}
        }
    }
    if moves.is_empty() && cancelled == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if !moves.is_empty() {
        parts.push(format!("{} dipindahkan, yaitu {}", moves.len(), listed(&moves)));
    }
    if cancelled > 0 {
        parts.push(format!("{cancelled} dibatalkan"));
    }
    let words = parts.join("; ");
    Some(Sentence { text: format!("Perubahan jadwal: {words}."), facts: vec![Fact::new("Perubahan jadwal", words)] })
}

fn unscheduled(context: &PageContext<'_>) -> Option<Sentence> {
    let of: Vec<(usize, u32)> = context
        .facilities()
        .map(|result| (result.unscheduled.len(), result.facility))
        .filter(|(count, _)| *count > 0)
        .collect();
    let all: usize = of.iter().map(|(count, _)| count).sum();
    let names: Vec<String> = of.iter().map(|(_, facility)| context.facility(*facility).name.clone()).collect();
    (all > 0).then(|| Sentence {
        text: format!("Di luar jadwal tercatat {all} kunjungan, yaitu ke {}.", listed(&names)),
        facts: vec![Fact::new("Kunjungan di luar jadwal", format!("{all} ({})", listed(&names)))],
    })
}

/// The year's plan: how many slots, for whom, and who has none.
pub(super) fn year(context: &PageContext<'_>) -> Vec<Sentence> {
    let year = context.subject.period.year();
    let results = &context.result().facilities;
    let slots: usize = results.iter().map(|result| result.slots.len()).sum();
    if slots == 0 {
        return vec![Sentence {
            text: format!("Jadwal pembinaan tahun {year} belum diimpor atau tidak memuat satu jadwal pun."),
            facts: vec![Fact::new("Jadwal setahun", "0")],
        }];
    }
    let with = results.iter().filter(|result| !result.slots.is_empty()).count();
    let mut sentences = vec![Sentence {
        text: format!("Tahun {year} direncanakan {slots} jadwal pembinaan untuk {with} dari {} faskes.", results.len()),
        facts: vec![
            Fact::new("Jadwal setahun", slots.to_string()),
            Fact::new("Faskes yang dijadwalkan", format!("{with} dari {}", results.len())),
        ],
    }];
    let without = context.listed().filter(|result| result.slots.is_empty());
    let names: Vec<String> = without.map(|result| context.facility(result.facility).name.clone()).collect();
    if !names.is_empty() {
        sentences.push(Sentence {
            text: format!("Belum dijadwalkan sama sekali: {}.", listed(&names)),
            facts: vec![Fact::new("Faskes tanpa jadwal", format!("{} ({})", names.len(), listed(&names)))],
        });
    }
    sentences
}
