//! Everything from which the panels of a page are computed: one Puskesmas (or facility), one period, one as-of date,
//! what was chosen, and the results of this period and of the one before.

use std::sync::Arc;

use crate::analytics::results::{Evaluation, FacilityResult, PuskesmasResult, ResultBlock};
use crate::analytics::{AnalyticsError, Evaluator, Selection, trend_points};
use crate::charts::{MarkTarget, MarkedFigure};
use crate::definitions::Grouping;
use crate::domain::coordinates::BorderCorner;
use crate::domain::format;
use crate::domain::{CoachingIndicator, Date, Decree, Facility, Month, Period, Status, Value};

use super::figure::{FigureAddress, Measure, Whose};
use super::table::{DataCell, ScoreStatus, SortDirection, TableFigure};

/// Subject of a page: Puskesmas, facility, period, day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Index of the Puskesmas.
    pub puskesmas: u32,
    /// One facility; `None`: all of the Puskesmas.
    pub facility: Option<u32>,
    /// Period.
    pub period: Period,
    /// As-of date; cut to the period's last day.
    pub as_of: Date,
}

/// Choices of the reader on the page: filters, order, indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageChoice {
    /// Filter of the facilities that a table shows.
    pub selection: Selection,
    /// And of which status.
    pub status: Option<Status>,
    /// Key of the column and direction.
    pub sort: Option<(String, SortDirection)>,
    /// Code of the service indicator.
    pub service: Option<String>,
    /// Words that the name, kind or village of a facility must hold.
    pub search: Option<String>,
    /// Keys of the columns to show; none named: all.
    pub columns: Vec<String>,
    /// Attribute by which the rows of the status table are grouped.
    pub grouping: Option<Grouping>,
}

/// Files that the data came from, for the source line; blank where nothing was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFiles {
    /// File of the earliest recap.
    pub first: Option<String>,
    /// File of the latest recap.
    pub last: Option<String>,
}

/// Borders of the user's map file; blank where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BorderFile {
    /// Lines of corners.
    pub lines: Arc<Vec<Vec<BorderCorner>>>,
    /// Why they are not drawn, in a sentence.
    pub refusal: Option<String>,
}

/// Why a page cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum DashboardError {
    /// The evaluation failed.
    #[error(transparent)]
    Analytics(#[from] AnalyticsError),
    /// The facts know no such Puskesmas.
    #[error("Puskesmas nomor {0} tidak ada")]
    UnknownPuskesmas(u32),
}

/// Evaluations behind a page, and the files of their data.
#[derive(Clone, Debug)]
pub struct Material<'a> {
    /// Facts and formulas.
    pub evaluator: &'a Evaluator,
    /// The period's evaluation.
    pub evaluation: Arc<Evaluation>,
    /// That of the period before.
    pub previous: Arc<Evaluation>,
    /// That of the same period of the year before.
    pub year_before: Arc<Evaluation>,
    /// Files behind it.
    pub files: SourceFiles,
    /// Borders for maps.
    pub borders: BorderFile,
}

/// Results and choices for one page.
#[derive(Debug)]
pub struct PageContext<'a> {
    /// Facts and formulas.
    pub evaluator: &'a Evaluator,
    /// Subject of the page; its as-of date lies within the period.
    pub subject: Subject,
    /// Choices of the reader.
    pub choice: PageChoice,
    /// This period.
    pub evaluation: Arc<Evaluation>,
    /// The period before.
    pub previous: Arc<Evaluation>,
    /// The same period of the year before.
    pub year_before: Arc<Evaluation>,
    /// The decree in force.
    pub decree: Decree,
    /// Borders for maps.
    pub borders: BorderFile,
    source_files: SourceFiles,
    place: usize,
    /// Places of this period's results in the order in which facilities are listed.
    listing: Vec<usize>,
}

impl<'a> PageContext<'a> {
    /// Puts together what a page is computed from; the evaluations must hold the subject's Puskesmas.
    pub fn new(material: Material<'a>, subject: Subject, choice: PageChoice) -> Result<Self, DashboardError> {
        let Material { evaluator, evaluation, previous, year_before, files, borders } = material;
        let subject = Subject { as_of: subject.period.clamp_as_of(subject.as_of), ..subject };
        let place = evaluation
            .puskesmas
            .iter()
            .position(|result| result.puskesmas == subject.puskesmas)
            .ok_or(DashboardError::UnknownPuskesmas(subject.puskesmas))?;
        let decree = evaluator.decree(subject.puskesmas, subject.period.year());
        let results = &evaluation.puskesmas[place].facilities;
        let key = |result: usize| evaluator.facts().facilities[results[result].facility as usize].listing_key();
        let mut listing: Vec<usize> = (0..results.len()).collect();
        listing.sort_by_key(|result| key(*result));
        Ok(Self {
            evaluator,
            subject,
            choice,
            evaluation,
            previous,
            year_before,
            decree,
            borders,
            source_files: files,
            place,
            listing,
        })
    }

    /// This period's results.
    pub fn result(&self) -> &PuskesmasResult {
        &self.evaluation.puskesmas[self.place]
    }

    /// The results of the period before.
    pub fn result_before(&self) -> Option<&PuskesmasResult> {
        self.result_of(&self.previous)
    }

    fn result_of<'e>(&self, evaluation: &'e Evaluation) -> Option<&'e PuskesmasResult> {
        evaluation.puskesmas.iter().find(|result| result.puskesmas == self.subject.puskesmas)
    }

    /// Name of the Puskesmas.
    pub fn puskesmas_name(&self) -> &'a str {
        self.evaluator.facts().puskesmas.get(self.subject.puskesmas as usize).map_or("", |p| p.name.as_str())
    }

    /// A facility of the register.
    pub fn facility(&self, index: u32) -> &'a Facility {
        &self.evaluator.facts().facilities[index as usize]
    }

    /// The results of one facility, where it is listed this year.
    pub fn facility_result(&self, index: u32) -> Option<&FacilityResult> {
        self.result().facility(index)
    }

    /// The facilities that the page is about: one, or all that are listed, in the order of the register.
    pub fn facilities(&self) -> impl Iterator<Item = &FacilityResult> {
        self.listed().filter(|result| self.is_about(result.facility))
    }

    /// All facilities that are listed this year, in the order of the register.
    pub fn listed(&self) -> impl Iterator<Item = &FacilityResult> {
        self.listing.iter().map(|place| &self.result().facilities[*place])
    }

    /// Who is in charge of a planned visit, where the plan says so.
    pub fn person_of_slot(&self, facility: u32, planned: Month) -> Option<&'a str> {
        let slots = &self.evaluator.facts().slots;
        let place = slots.binary_search_by_key(&(facility, planned), |slot| (slot.facility, slot.month)).ok()?;
        slots[place].person.as_deref()
    }

    /// Reports whether the page is about this facility.
    pub fn is_about(&self, facility: u32) -> bool {
        self.subject.facility.is_none_or(|wanted| wanted == facility)
    }

    /// The figures that the page is about: the facility's, or the total's.
    pub fn block(&self) -> &ResultBlock {
        let total = &self.result().total;
        self.subject.facility.and_then(|index| self.facility_result(index)).map_or(total, |result| &result.block)
    }

    /// The same of the period before; `None` where the facility was not listed.
    pub fn previous_block(&self) -> Option<&ResultBlock> {
        self.block_of(&self.previous)
    }

    /// The same of the same period of the year before.
    pub fn block_of_last_year(&self) -> Option<&ResultBlock> {
        self.block_of(&self.year_before)
    }

    fn block_of<'e>(&self, evaluation: &'e Evaluation) -> Option<&'e ResultBlock> {
        let result = self.result_of(evaluation)?;
        match self.subject.facility {
            None => Some(&result.total),
            Some(index) => result.facility(index).map(|found| &found.block),
        }
    }

    /// Whose figures the page is about.
    pub fn whose(&self) -> Whose {
        self.subject.facility.map_or_else(|| Whose::Total(self.everyone()), Whose::Facility)
    }

    /// All facilities of this Puskesmas.
    pub fn everyone(&self) -> Selection {
        Selection { puskesmas: Some(self.subject.puskesmas), ..Selection::default() }
    }

    /// The address of a figure of this period.
    pub fn address(&self, whose: Whose, measure: Measure) -> FigureAddress {
        FigureAddress {
            puskesmas: self.subject.puskesmas,
            whose,
            measure,
            period: self.subject.period,
            as_of: self.subject.as_of,
        }
    }

    /// The place to which the mark of a figure of this period leads.
    pub fn marked(&self, facility: Option<u32>, measure: &Measure) -> MarkTarget {
        let period = self.subject.period;
        MarkTarget::Figure(MarkedFigure { facility, group: None, measure: measure.code(), period })
    }

    /// Change of a score against the period before, in points.
    pub fn change_of(&self, facility: u32, score: Option<f64>) -> Option<f64> {
        let before = self.result_before()?.facility(facility)?;
        trend_points(score, before.block.score)
    }

    /// Change of a facility's score against the same period of the year before, in points.
    pub fn yearly_change_of(&self, facility: u32, score: Option<f64>) -> Option<f64> {
        let before = self.result_of(&self.year_before)?.facility(facility)?;
        trend_points(score, before.block.score)
    }

    /// Reports whether the same period of the year before is another than the period before, and has a score.
    pub fn has_year_before(&self) -> bool {
        let total = self.result_of(&self.year_before).and_then(|result| result.total.score);
        self.subject.period.previous() != self.subject.period.year_before() && total.is_some()
    }

    /// The status of some results, with what it rests on: pages and papers judge no score that rests on less than the
    /// decree asks for.
    pub fn standing(&self, block: &ResultBlock) -> ScoreStatus {
        ScoreStatus::judged(&self.decree, block)
    }

    /// The status that pages and papers give some results.
    pub fn status(&self, block: &ResultBlock) -> Status {
        self.standing(block).status
    }

    /// The score as a cell.
    pub fn score_cell(&self, whose: Whose, block: &ResultBlock) -> DataCell {
        match block.score {
            None => DataCell::Blank("belum ada data"),
            Some(score) => DataCell::Figure(TableFigure {
                value: Value::Number(score),
                parts: None,
                is_low: false,
                is_main: true,
                origin: Some(self.address(whose, Measure::Score)),
            }),
        }
    }

    /// A coaching indicator as a cell.
    pub fn indicator_cell(&self, whose: Whose, block: &ResultBlock, indicator: CoachingIndicator) -> DataCell {
        let result = block.indicator(indicator);
        DataCell::Figure(TableFigure {
            value: result.value,
            parts: result.ratio.filter(|ratio| ratio.denominator > 0.0).map(|r| (r.numerator, r.denominator)),
            is_low: result.performance.is_some_and(|performance| performance < self.decree.thresholds.fair_from),
            is_main: false,
            origin: Some(self.address(whose, Measure::Coaching(indicator))),
        })
    }

    /// `13 dari 13 faskes melapor`; for one facility how many months' recaps came.
    pub fn reported(&self) -> String {
        let completeness = self.result().completeness;
        if self.subject.facility.is_some() {
            let months = completeness.months;
            return format!("rekap {} dari {} bulan diterima", months.received, months.of);
        }
        format!("{} dari {} faskes melapor", completeness.facilities_with_data, completeness.facilities)
    }

    /// `data per 31 Agustus 2023 · 13 dari 13 faskes melapor`: the caption of tables.
    pub fn caption(&self) -> String {
        format!("Data per {} · {}", format::date(self.subject.as_of), self.reported())
    }

    /// The source line of charts.
    pub fn source(&self) -> String {
        self.source_of(&self.reported())
    }

    /// The source line of a chart, which ends with who reported what it shows.
    pub fn source_of(&self, reported: &str) -> String {
        let files = match (&self.source_files.first, &self.source_files.last) {
            (Some(first), Some(last)) if first != last => format!("Sumber: {first} s.d. {last}"),
            (Some(file), _) | (None, Some(file)) => format!("Sumber: {file}"),
            (None, None) => "Sumber: belum ada rekap".to_owned(),
        };
        format!("{files} · data per {} · {reported}", format::date(self.subject.as_of))
    }

    /// The sentence that fills a definition's question.
    pub fn fill(&self, text: &str) -> String {
        let facility = self.subject.facility.map_or("", |index| self.facility(index).name.as_str());
        text.replace("{periode}", &format::period(self.subject.period))
            .replace("{puskesmas}", self.puskesmas_name())
            .replace("{faskes}", facility)
    }
}
