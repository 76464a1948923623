//! When what Simpul itself holds is evidence: a schedule names who coaches, a report has data, an evaluation rests on
//! enough. What is printed without any of that is a blank form.

use crate::analytics::history;
use crate::domain::accreditation::Element;
use crate::domain::{AttachedFile, EvidenceKind, EvidenceOf, Period, PeriodKind, Table as Recap, format};

use super::context::PageContext;
use super::evidence_standing::{Found, Standing, own, visits};

/// The slots of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PlannedYear {
    slots: usize,
    /// Of these, those of which somebody is known who coaches.
    with_person: usize,
}

impl PlannedYear {
    fn from_context(context: &PageContext<'_>) -> Self {
        let period = context.subject.period;
        let slots = context.facilities().flat_map(|result| result.slots.iter().map(|slot| (result.facility, slot)));
        let slots = slots.filter(|(_, slot)| period.contains(slot.effective.unwrap_or(slot.planned)));
        slots.fold(Self::default(), |planned, (facility, slot)| Self {
            slots: planned.slots + 1,
            with_person: planned.with_person + usize::from(context.person_of_slot(facility, slot.planned).is_some()),
        })
    }

    /// State of a schedule that names so many persons, or that lies beside as a signed file.
    fn standing(self, has_file: bool) -> Standing {
        match self {
            Self { slots: 0, .. } => Standing::Missing,
            _ if has_file => Standing::There,
            Self { slots, with_person } if with_person >= slots => Standing::There,
            _ => Standing::Partly,
        }
    }
}

/// The schedule with persons in charge, and the signed one where it is attached.
pub(super) fn plan<'a>(context: &PageContext<'a>) -> Found<'a> {
    let year = context.subject.period.year();
    let is_of_it = |file: &&AttachedFile| {
        let wanted = EvidenceOf::Element { element: Element::CoachingCarriedOut, year };
        file.kind == EvidenceKind::Schedule && file.of == wanted
    };
    let files: Vec<&AttachedFile> = own(context).filter(is_of_it).collect();
    let planned = PlannedYear::from_context(context);
    let PlannedYear { slots, with_person } = planned;
    let said = match slots {
        0 => "Tidak ada jadwal pada periode ini".to_owned(),
        _ if with_person >= slots => format!("{slots} jadwal pada periode ini, semuanya dengan penanggung jawab"),
        _ if !files.is_empty() => format!("{slots} jadwal pada periode ini; jadwal yang ditandatangani terlampir"),
        _ => format!(
            "{slots} jadwal pada periode ini, {with_person} dengan penanggung jawab; isi penanggung jawabnya atau \
             lampirkan jadwal yang ditandatangani"
        ),
    };
    (planned.standing(!files.is_empty()), said, files)
}

/// Months of a table that were received, out of those begun: `3 dari 4`.
struct CountedMonths {
    received: usize,
    of: usize,
}

impl CountedMonths {
    fn from_context(context: &PageContext<'_>, table: Recap) -> Self {
        let subject = context.subject;
        let begun: Vec<_> = subject.period.months().filter(|month| month.has_begun(subject.as_of)).collect();
        let is_received = |month: &&_| context.evaluator.received().contains(subject.puskesmas, table, **month);
        Self { received: begun.iter().filter(is_received).count(), of: begun.len() }
    }

    fn words(&self) -> String {
        format!("rekap {} dari {} bulan diterima", self.received, self.of)
    }

    /// State of a report over these months that holds something.
    fn standing(&self) -> Standing {
        if self.received >= self.of { Standing::There } else { Standing::Partly }
    }
}

/// State of the report on what was carried out: one without a visit proves nothing, one that lacks months not all.
pub(super) fn visits_told(context: &PageContext<'_>) -> (Standing, String) {
    let months = CountedMonths::from_context(context, Recap::Visits);
    match visits(context).len() {
        0 => (Standing::Missing, format!("Belum ada kunjungan yang tercatat pada periode ini; {}", months.words())),
        count => (months.standing(), format!("{count} kunjungan tercatat pada periode ini; {}", months.words())),
    }
}

/// The report to the district's team: without a recap of the period it would be a blank form.
pub(super) fn district_report(context: &PageContext<'_>) -> (Standing, String) {
    let period = format::period(context.subject.period);
    let months = context.result().completeness.months;
    let words = format!("rekap {} dari {} bulan diterima", months.received, months.of);
    if months.received == 0 || context.block().score.is_none() {
        return (Standing::Missing, format!("Laporan {period} kepada TPCB belum berisi data: {words}"));
    }
    let standing = if months.received < months.of { Standing::Partly } else { Standing::There };
    (standing, format!("Laporan {period} kepada TPCB dicetak dari Simpul; {words}"))
}

/// The year's four-monthly periods that had begun by the day: those whose evaluations are evidence.
pub fn evaluated_periods(period: Period, as_of: crate::domain::Date) -> Vec<Period> {
    (1..=PeriodKind::FourMonth.per_year())
        .filter_map(|number| Period::new(PeriodKind::FourMonth, period.year(), number))
        .filter(|period| period.first_day() <= as_of)
        .collect()
}

/// The four-monthly evaluations of the year: each rests on the decree's least number of indicators and on every month's
/// recap, or it is no proof.
pub(super) fn evaluations(context: &PageContext<'_>) -> (Standing, String) {
    let subject = context.subject;
    let periods = evaluated_periods(subject.period, subject.as_of);
    let Ok(history) = history(context.evaluator, subject.puskesmas, &periods, subject.as_of) else {
        return (Standing::Missing, "Evaluasi tahun ini belum dapat dihitung".to_owned());
    };
    let mut proofs = 0;
    let mut partly = 0;
    let said: Vec<String> = history
        .points
        .iter()
        .map(|point| {
            let name = format::period(point.period);
            let total = &point.result.total;
            let months = point.result.completeness.months;
            let standing = context.standing(total);
            let Some(score) = total.score.filter(|_| months.received > 0) else {
                return format!("{name} belum ada data");
            };
            let score = format::percent(score);
            if !standing.is_judged() {
                partly += 1;
                return format!("{name} data belum cukup ({})", standing.basis_words());
            }
            if months.received < months.of {
                partly += 1;
                return format!("{name} skor {score}, rekap {} dari {} bulan", months.received, months.of);
            }
            proofs += 1;
            format!("{name} skor {score}")
        })
        .collect();
    let standing = match (proofs, partly) {
        (0, 0) => Standing::Missing,
        (proofs, _) if proofs == said.len() => Standing::There,
        _ => Standing::Partly,
    };
    (standing, format!("Evaluasi: {}", said.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_whole_only_with_those_who_coach() {
        let planned = |slots, with_person| PlannedYear { slots, with_person };
        assert_eq!(planned(0, 0).standing(true), Standing::Missing, "a file of no schedule");
        assert_eq!(planned(3, 0).standing(false), Standing::Partly);
        assert_eq!(planned(3, 2).standing(false), Standing::Partly);
        assert_eq!(planned(3, 3).standing(false), Standing::There);
        assert_eq!(planned(3, 0).standing(true), Standing::There, "the signed one is attached");
    }
}
