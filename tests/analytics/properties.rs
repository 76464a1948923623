//! What holds for any facts, period and as-of date.

use proptest::prelude::*;
use simpul::analytics::results::{Evaluation, ResultBlock};
use simpul::analytics::{Evaluator, ExplainedFigure, Selection, calendar, explain, history};
use simpul::domain::facts::MonthlyReport;
use simpul::domain::{Aggregation, CoachingIndicator, Month, Period, PeriodKind, Ratio, Value};

use super::world::{any_date, any_facts, any_period, date, decree, evaluator, period};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn same(a: Ratio, b: Ratio) -> bool {
    near(a.numerator, b.numerator) && near(a.denominator, b.denominator)
}

/// The score as the decree defines it, from the block's own figures.
fn score_of(block: &ResultBlock) -> Option<f64> {
    let applicable = block.indicators.iter().filter_map(|result| Some((result.weight, result.performance?)));
    let (sum, weights) =
        applicable.fold((0.0, 0.0), |(sum, all), (weight, value)| (sum + weight * value, all + weight));
    (weights > 0.0).then(|| sum / weights)
}

fn blocks(evaluation: &Evaluation) -> impl Iterator<Item = &ResultBlock> {
    evaluation
        .puskesmas
        .iter()
        .flat_map(|result| result.facilities.iter().map(|facility| &facility.block).chain([&result.total]))
}

/// The totals of both Puskesmas over the closed periods of a kind in 2023.
fn totals_of_year(evaluator: &Evaluator, kind: PeriodKind) -> Vec<ResultBlock> {
    let periods = (1..=kind.per_year()).filter_map(|number| Period::new(kind, 2023, number));
    let evaluations = periods.map(|period| evaluator.evaluate(period, date("2030-01-01")).unwrap());
    evaluations.flat_map(|evaluation| evaluation.puskesmas).map(|result| result.total).collect()
}

fn sum_of(blocks: &[ResultBlock], of: impl Fn(&ResultBlock) -> Option<Ratio>) -> Ratio {
    blocks.iter().filter_map(of).fold(Ratio::default(), |sum, ratio| sum + ratio)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn contributions_sum_to_every_result(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let evaluation = evaluator.evaluate(period, as_of).unwrap();
        for result in evaluation.puskesmas.iter().flat_map(|result| &result.facilities) {
            for indicator in CoachingIndicator::ALL {
                let explained = explain(&evaluator, period, as_of, result.facility, ExplainedFigure::Coaching(indicator));
                let ratio = result.block.indicator(indicator).ratio.unwrap_or_default();
                prop_assert!(same(explained.ratio, ratio), "{indicator:?}: {:?}, {ratio:?}", explained.items);
            }
            let ind = explain(&evaluator, period, as_of, result.facility, ExplainedFigure::Coaching(CoachingIndicator::Ind));
            let services: Vec<u32> = result.block.service.iter().map(|service| service.service).collect();
            prop_assert_eq!(ind.services, services);
            for service in &result.block.service {
                let figure = ExplainedFigure::Service(service.service);
                let explained = explain(&evaluator, period, as_of, result.facility, figure);
                prop_assert!(same(explained.ratio, service.ratio), "{:?}, {:?}", explained.items, service);
            }
        }
    }

    #[test]
    fn totals_pool_pairs_and_are_judged_by_them(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let evaluation = evaluator.evaluate(period, as_of).unwrap();
        for result in &evaluation.puskesmas {
            for indicator in CoachingIndicator::ALL {
                let pairs = result.facilities.iter().filter_map(|facility| facility.block.indicator(indicator).ratio);
                let pooled = pairs.fold(Ratio::default(), |sum, pair| sum + pair);
                let total = result.total.indicator(indicator);
                prop_assert!(same(total.ratio.unwrap_or_default(), pooled));
            }
            for total in &result.total.service {
                let own = result.facilities.iter().flat_map(|facility| &facility.block.service);
                let pairs = own.filter(|service| service.service == total.service).map(|service| service.ratio);
                let pooled = pairs.fold(Ratio::default(), |sum, pair| sum + pair);
                prop_assert!(same(total.ratio, pooled));
                prop_assert_eq!(total.value.number(), pooled.percent());
            }
        }
    }

    #[test]
    fn a_pool_of_all_is_the_total_and_of_one_is_itself(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let evaluation = evaluator.evaluate(period, as_of).unwrap();
        for result in &evaluation.puskesmas {
            let of_puskesmas = Selection { puskesmas: Some(result.puskesmas), ..Selection::default() };
            prop_assert_eq!(&evaluator.pool_selection(&evaluation, &of_puskesmas), &result.total);
            let parts = ["Pustu", "Klinik"].map(|kind| {
                let kind = Selection { kind: Some(kind.to_owned()), ..of_puskesmas.clone() };
                evaluator.pool_selection(&evaluation, &kind)
            });
            for indicator in CoachingIndicator::ALL {
                let sum = parts.iter().filter_map(|part| part.indicator(indicator).ratio);
                let sum = sum.fold(Ratio::default(), |sum, pair| sum + pair);
                prop_assert!(same(sum, result.total.indicator(indicator).ratio.unwrap_or_default()));
            }
            for facility in &result.facilities {
                prop_assert_eq!(&evaluator.pool(&evaluation, &[facility.facility]), &facility.block);
            }
        }
    }

    #[test]
    fn a_cluster_pools_the_same_codes_of_its_puskesmas(facts in any_facts(), period in any_period()) {
        let evaluator = evaluator(&facts);
        let evaluation = evaluator.evaluate(period, date("2030-01-01")).unwrap();
        let cluster = evaluator.pool_selection(&evaluation, &Selection::default());
        let totals = || evaluation.puskesmas.iter().map(|result| &result.total);
        for indicator in CoachingIndicator::ALL {
            let sum = totals().filter_map(|total| total.indicator(indicator).ratio).fold(Ratio::default(), |a, b| a + b);
            prop_assert!(same(sum, cluster.indicator(indicator).ratio.unwrap_or_default()));
        }
        for service in &cluster.service {
            let own = totals().flat_map(|total| &total.service).filter(|other| other.code == service.code);
            prop_assert!(same(own.fold(Ratio::default(), |sum, other| sum + other.ratio), service.ratio));
        }
        let codes: Vec<&str> = cluster.service.iter().map(|service| &*service.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        prop_assert_eq!(codes, sorted);
    }

    #[test]
    fn scores_and_figures_agree(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let evaluation = evaluator(&facts).evaluate(period, as_of).unwrap();
        for block in blocks(&evaluation) {
            prop_assert_eq!(block.score, score_of(block));
            prop_assert_eq!(block.status, decree().thresholds.status(block.score));
            for result in &block.indicators {
                prop_assert_eq!(result.value.number().is_some(), result.performance.is_some());
                prop_assert!(result.performance.is_none_or(|performance| (0.0..=100.0).contains(&performance)));
                prop_assert!(result.months.received <= result.months.of);
                if let Some(ratio) = result.ratio {
                    prop_assert_eq!(result.value.number(), ratio.percent());
                }
            }
            for service in &block.service {
                prop_assert!(service.months.received >= 1 && service.months.received <= service.months.of);
            }
        }
    }

    #[test]
    fn as_of_is_cut_to_the_period(facts in any_facts(), period in any_period(), days in 0_u64..900) {
        let evaluator = evaluator(&facts);
        let closed = evaluator.evaluate(period, period.last_day()).unwrap();
        let later = evaluator.evaluate(period, period.last_day() + chrono::Days::new(days)).unwrap();
        prop_assert_eq!(closed.as_of, period.last_day());
        prop_assert_eq!(closed, later);
    }

    #[test]
    fn before_the_period_begins_nothing_applies(facts in any_facts(), period in any_period(), days in 1_u64..400) {
        let evaluation = evaluator(&facts).evaluate(period, period.first_day() - chrono::Days::new(days)).unwrap();
        for block in blocks(&evaluation) {
            prop_assert_eq!(block.score, None);
            prop_assert!(block.service.is_empty());
            prop_assert!(block.indicators.iter().all(|result| result.value == Value::NotApplicable));
            prop_assert!(block.indicators.iter().all(|result| result.ratio.unwrap_or_default() == Ratio::default()));
        }
    }

    #[test]
    fn what_happens_later_changes_nothing(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let as_of = period.clamp_as_of(as_of);
        let mut known = facts.clone();
        known.visits.retain(|visit| visit.date.counts_from() <= as_of);
        let due = |month: Month| month.plus(1).first_day() + chrono::Days::new(4);
        let counts_from = |report: &MonthlyReport| report.received.counts_from(due(report.month));
        known.reports.retain(|report| counts_from(report).is_some_and(|from| from <= as_of));
        known.lokmin.retain(|row| row.month.has_begun(as_of));
        for row in &mut known.follow_ups {
            row.done = row.done.filter(|&done| done <= as_of);
        }
        let all = evaluator(&facts).evaluate(period, as_of).unwrap();
        prop_assert_eq!(all, evaluator(&known).evaluate(period, as_of).unwrap());
    }

    #[test]
    fn periods_partition_the_year(facts in any_facts()) {
        // Months add up where a fact counts in one month's period alone: visits, meetings, months' sums. A report
        // that comes after its own month's period is in time for none of it, but for the year: what is owed adds up.
        let evaluator = evaluator(&facts);
        let year = totals_of_year(&evaluator, PeriodKind::Year);
        let sums = |block: &ResultBlock| {
            let sums = block.service.iter().filter(|service| service.aggregation == Aggregation::Sum);
            sums.map(|service| service.ratio).reduce(|sum, ratio| sum + ratio)
        };
        for kind in [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::FourMonth, PeriodKind::HalfYear] {
            let parts = totals_of_year(&evaluator, kind);
            for indicator in [CoachingIndicator::Dtk, CoachingIndicator::Bkt, CoachingIndicator::Lok] {
                let of = |block: &ResultBlock| block.indicator(indicator).ratio;
                prop_assert!(same(sum_of(&year, of), sum_of(&parts, of)), "{indicator:?} {kind:?}");
            }
            let owed = |block: &ResultBlock| block.indicator(CoachingIndicator::Klp).ratio;
            prop_assert!(near(sum_of(&year, owed).denominator, sum_of(&parts, owed).denominator));
            prop_assert!(same(sum_of(&year, sums), sum_of(&parts, sums)), "{kind:?}");
        }
    }

    #[test]
    fn one_puskesmas_alone_is_the_same_as_among_others(facts in any_facts(), period in any_period(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let all = evaluator.evaluate(period, as_of).unwrap();
        for result in &all.puskesmas {
            let alone = evaluator.evaluate_one(result.puskesmas, period, as_of).unwrap();
            prop_assert_eq!(&alone.puskesmas, &vec![result.clone()]);
        }
        prop_assert!(evaluator.evaluate_one(7, period, as_of).unwrap().puskesmas.is_empty());
    }

    #[test]
    fn calendars_hold_every_slot_and_visit(facts in any_facts(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let evaluation = evaluator.evaluate(period("2023"), as_of).unwrap();
        for result in &evaluation.puskesmas {
            let calendar = calendar(&evaluator, result.puskesmas, 2023, as_of);
            for (row, facility) in calendar.rows.iter().zip(&result.facilities) {
                prop_assert_eq!(row.facility, facility.facility);
                let mut slots: Vec<_> = row.months.iter().flat_map(|cell| &cell.slots).copied().collect();
                slots.sort_by_key(|slot| slot.planned);
                prop_assert_eq!(&slots, &facility.slots);
                let unscheduled: u32 = row.months.iter().map(|cell| cell.unscheduled).sum();
                prop_assert_eq!(unscheduled as usize, facility.unscheduled.len());
                let visits: usize = row.months.iter().map(|cell| cell.visits.len()).sum();
                let serving = facility.slots.iter().filter(|slot| slot.visit.is_some()).count();
                prop_assert_eq!(visits, serving + facility.unscheduled.len());
            }
        }
    }

    #[test]
    fn history_repeats_the_evaluations(facts in any_facts(), as_of in any_date()) {
        let evaluator = evaluator(&facts);
        let periods = [period("2022-C3"), period("2023-C1"), period("2023-C2")];
        let history = history(&evaluator, 1, &periods, as_of).unwrap();
        prop_assert_eq!(history.points.len(), 3);
        for point in &history.points {
            let evaluation = evaluator.evaluate(point.period, as_of).unwrap();
            prop_assert_eq!(Some(&point.result), evaluation.of_puskesmas(1));
            prop_assert_eq!(point.score(None), point.result.total.score);
        }
    }
}
