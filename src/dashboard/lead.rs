//! The answer to the page's question: score, status, change, completeness.

use crate::analytics::trend_points;
use crate::domain::format;

use super::context::PageContext;
use super::figure::Measure;
use super::page::{Lead, YearlyChange};

/// The lead of the page's subject.
pub fn lead(context: &PageContext<'_>) -> Lead {
    let block = context.block();
    let completeness = context.result().completeness;
    let months = completeness.months;
    let mut sentences = vec![format!("Rekap diterima untuk {} dari {} bulan.", months.received, months.of)];
    if context.subject.facility.is_none() {
        sentences.insert(
            0,
            format!("{} dari {} faskes punya data.", completeness.facilities_with_data, completeness.facilities),
        );
    }
    let standing = context.standing(block);
    if block.score.is_some() {
        sentences.push(format!("Skor bertumpu pada {}.", standing.basis_words()));
    }
    let yearly = trend_points(block.score, context.block_of_last_year().and_then(|before| before.score));
    let last_year = context.subject.period.year_before();
    Lead {
        score: block.score,
        status: standing.status,
        change: trend_points(block.score, context.previous_block().and_then(|before| before.score)),
        previous: format::period(context.subject.period.previous()),
        yearly: yearly
            .filter(|_| context.has_year_before())
            .map(|points| YearlyChange { points, since: format::period(last_year) }),
        completeness: sentences,
        origin: context.address(context.whose(), Measure::Score),
    }
}
