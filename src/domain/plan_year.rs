//! RUK and RPK of a year as a whole: the meetings about them, and the proposals of one plan with their sums and reviews.
//! Knows no sheet and no page.

use std::collections::BTreeMap;

use super::annual_plan::{
    CostSum, FundShare, NO_FUND, NOT_REVIEWED, PlanDocument, PlanProposal, PlanSession, PlanVerdict,
};
use super::name::plain_words;
use super::written::{Owned, WrittenRecords};
use super::{Date, Month, Period};

/// Returns the meetings of a Puskesmas whose day lies in a year, by that day.
pub fn sessions_of_year(written: &WrittenRecords, puskesmas: u32, year: i32, as_of: Date) -> Vec<&PlanSession> {
    let year = Period::whole_year(year);
    let own = written.plan_sessions.iter().filter(|owned| owned.puskesmas == puskesmas).map(|owned| &owned.row);
    let mut found: Vec<&PlanSession> = own.filter(|row| year.contains(Month::from_date(row.day(as_of)))).collect();
    found.sort_by_key(|row| (row.day(as_of), row.document.clone()));
    found
}

/// The proposals of one plan of a year.
#[derive(Clone, Debug)]
pub struct YearPlan<'a> {
    /// Plan.
    pub document: PlanDocument,
    /// Year of the plan.
    pub year: i32,
    /// Its proposals, in the order of lists.
    pub proposals: Vec<&'a PlanProposal>,
}

impl<'a> YearPlan<'a> {
    /// Gathers the plan of a year from the rows of a Puskesmas.
    pub fn new(written: &'a WrittenRecords, puskesmas: u32, document: PlanDocument, year: i32) -> Self {
        let is_of_it = |owned: &&Owned<PlanProposal>| {
            let row = &owned.row;
            owned.puskesmas == puskesmas
                && row.year == year
                && PlanDocument::from_label(&row.document) == Some(document)
        };
        let proposals = written.plan_proposals.iter().filter(is_of_it).map(|owned| &owned.row).collect();
        Self { document, year, proposals }
    }

    /// Returns the plans that are spoken about in a year, those without proposals left out: RUK and RPK of the year
    /// itself, and those of the year after it, which are drawn up in it.
    pub fn of_year(written: &'a WrittenRecords, puskesmas: u32, year: i32) -> Vec<Self> {
        let years = [year + 1, year].into_iter();
        let all = years.flat_map(|year| {
            PlanDocument::ALL.iter().map(move |document| Self::new(written, puskesmas, *document, year))
        });
        all.filter(|plan| !plan.proposals.is_empty()).collect()
    }

    /// Returns its name: `RUK 2024`.
    pub fn name(&self) -> String {
        format!("{} {}", self.document.label(), self.year)
    }

    /// Returns the sum of all costs.
    pub fn cost(&self) -> CostSum {
        CostSum::new(self.proposals.iter().copied())
    }

    /// Returns the sums by source of money, the sources by name; those that nobody stated last.
    pub fn cost_by_fund(&self) -> Vec<(String, CostSum)> {
        let mut by_key: BTreeMap<(bool, String), Vec<FundShare>> = BTreeMap::new();
        for share in self.proposals.iter().flat_map(|row| row.fund_shares()) {
            let key = share.name.as_deref().map(plain_words);
            by_key.entry((key.is_none(), key.unwrap_or_default())).or_default().push(share);
        }
        let named = by_key.into_values().map(|shares| {
            let name = shares.first().and_then(|share| share.name.clone()).unwrap_or_else(|| NO_FUND.to_owned());
            (name, CostSum::from_costs(shares.iter().map(|share| share.cost.as_ref())))
        });
        named.collect()
    }

    /// Returns the number of proposals of a verdict by `as_of`; of none: those that nobody spoke of.
    pub fn count_of(&self, verdict: Option<PlanVerdict>, as_of: Date) -> usize {
        self.proposals.iter().filter(|row| row.verdict(as_of) == verdict).count()
    }

    /// Returns the number of proposals that name an item of the five-year plan.
    pub fn linked(&self) -> usize {
        self.proposals.iter().filter(|row| row.five_year_item.is_some()).count()
    }

    /// Returns the review in words: `12 usulan: 5 diterima, 2 perlu diubah, 5 belum ditelaah`.
    pub fn review_words(&self, as_of: Date) -> String {
        let verdicts = PlanVerdict::ALL.iter().map(|verdict| Some(*verdict)).chain([None]);
        let parts = verdicts.filter_map(|verdict| {
            let count = self.count_of(verdict, as_of);
            let word = verdict.map_or(NOT_REVIEWED, PlanVerdict::label).to_lowercase();
            (count > 0).then(|| format!("{count} {word}"))
        });
        format!("{} usulan: {}", self.proposals.len(), parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::exact::Decimal;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn proposal(activity: &str, cost: Option<&str>, fund: Option<&str>) -> Owned<PlanProposal> {
        let plain = PlanProposal::named(2024, PlanDocument::Proposed, activity);
        Owned::first(PlanProposal { cost: cost.and_then(Decimal::parse), fund: fund.map(str::to_owned), ..plain })
    }

    fn records(rows: Vec<Owned<PlanProposal>>) -> WrittenRecords {
        WrittenRecords { plan_proposals: rows, ..WrittenRecords::default() }
    }

    #[test]
    fn a_cost_that_nobody_stated_is_told_and_never_zero() {
        let written = records(vec![
            proposal("Kelas ibu", Some("1250000"), Some("BOK")),
            proposal("Posyandu", None, Some("bok")),
            proposal("Rapat", Some("0"), None),
        ]);
        let plan = YearPlan::new(&written, 0, PlanDocument::Proposed, 2024);
        assert_eq!(plan.cost().words(), "Rp 1.250.000 (1 usulan tanpa biaya tidak terhitung)");
        let by_fund: Vec<(String, String)> =
            plan.cost_by_fund().into_iter().map(|(name, sum)| (name, sum.words())).collect();
        let expected = [("BOK", "Rp 1.250.000 (1 usulan tanpa biaya tidak terhitung)"), (NO_FUND, "Rp 0")];
        assert_eq!(by_fund, expected.map(|(name, sum)| (name.to_owned(), sum.to_owned())));
        let bare = records(vec![proposal("Posyandu", None, None)]);
        let bare = YearPlan::new(&bare, 0, PlanDocument::Proposed, 2024);
        assert_eq!(bare.cost().rupiah, None);
        assert_eq!(bare.cost().words(), "biaya belum disebut");
    }

    #[test]
    fn shares_of_several_sources_are_added_up_each_where_they_come_to_the_cost() {
        let written = records(vec![
            proposal("Posyandu", Some("950000"), Some("BOK: 500.000; BLUD: 450.000")),
            proposal("Rapat", Some("900000"), Some("BOK: 500.000; BLUD: 450.000")),
        ]);
        let plan = YearPlan::new(&written, 0, PlanDocument::Proposed, 2024);
        let by_fund: Vec<(String, String)> =
            plan.cost_by_fund().into_iter().map(|(name, sum)| (name, sum.words())).collect();
        let expected = [("BLUD", "Rp 450.000"), ("BOK", "Rp 500.000"), ("BOK: 500.000; BLUD: 450.000", "Rp 900.000")];
        assert_eq!(by_fund, expected.map(|(name, sum)| (name.to_owned(), sum.to_owned())));
    }

    #[test]
    fn sums_are_exact_where_binary_fractions_are_not() {
        let large = "9007199254740993";
        let written = records(vec![proposal("A", Some(large), None), proposal("B", Some(large), None)]);
        let plan = YearPlan::new(&written, 0, PlanDocument::Proposed, 2024);
        assert_eq!(plan.cost().words(), "Rp 18.014.398.509.481.986");
    }

    #[test]
    fn plans_of_a_year_are_its_own_and_those_drawn_up_in_it() {
        let of = |document, year| Owned::first(PlanProposal::named(year, document, "Kegiatan"));
        let written = records(vec![
            of(PlanDocument::Carried, 2022),
            of(PlanDocument::Carried, 2023),
            of(PlanDocument::Proposed, 2024),
            of(PlanDocument::Proposed, 2025),
            Owned { puskesmas: 1, row: PlanProposal::named(2023, PlanDocument::Proposed, "Milik lain") },
        ]);
        let names: Vec<String> = YearPlan::of_year(&written, 0, 2023).iter().map(YearPlan::name).collect();
        assert_eq!(names, ["RUK 2024", "RPK 2023"]);
    }

    #[test]
    fn a_verdict_counts_from_its_day_and_asks_for_an_answer_only_where_something_is_to_change() {
        let verdict = |word: &str| PlanProposal {
            verdict: Some(word.to_owned()),
            reviewed: Some(day("2023-03-10")),
            ..PlanProposal::named(2024, PlanDocument::Proposed, "Kelas ibu")
        };
        let change = verdict("perlu diubah");
        assert_eq!(change.verdict(day("2023-03-09")), None);
        assert_eq!(change.verdict(day("2023-03-10")), Some(PlanVerdict::ToChange));
        assert!(change.awaits_reply(day("2023-03-10")) && !verdict("Diterima").awaits_reply(day("2023-12-31")));
        let replied =
            PlanProposal { reply: Some("Volume diubah".to_owned()), replied: Some(day("2023-03-20")), ..change };
        assert!(replied.awaits_reply(day("2023-03-19")) && !replied.awaits_reply(day("2023-03-20")));
        let written = records(vec![Owned::first(replied), proposal("Posyandu", None, None)]);
        let plan = YearPlan::new(&written, 0, PlanDocument::Proposed, 2024);
        assert_eq!(plan.review_words(day("2023-04-01")), "2 usulan: 1 perlu diubah, 1 belum ditelaah");
    }
}
