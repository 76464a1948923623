//! A row of the PKP sheet as it is kept. Computes nothing.

use crate::domain::exact::Decimal;
use crate::domain::field::Field;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// A row of PKP, of an *upaya*, a program, a variabel or a sub variabel; `None` where blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkpItem {
    /// Year that is assessed.
    pub year: i32,
    /// Path of numbers from the *upaya* down: `1.2.1.3`; with the year the key.
    pub code: String,
    /// Name of the row.
    pub name: String,
    /// Target (*T*) as written: `85%`, `<20%`, `150–250 per mil`.
    pub target: Option<String>,
    /// Unit in which is counted (*Satuan*).
    pub measure: Option<String>,
    /// Population (*total sasaran*, ToS).
    pub population: Option<Decimal>,
    /// Count that is aimed at (*target sasaran*, TS) as the sheet has it.
    pub planned: Option<Decimal>,
    /// Count that was reached (*pencapaian*, P).
    pub reached: Option<Decimal>,
    /// Steps and their scores (*nilai ring*) as written.
    pub ring: Option<String>,
    /// Score 0, 4, 7 or 10 of a variable of management.
    pub score: Option<Decimal>,
    /// *% cakupan riil* as the sheet has it.
    pub sheet_coverage: Option<Decimal>,
    /// *% kinerja* of this row, or the mean of its scores, as the sheet has it.
    pub sheet_result: Option<Decimal>,
    /// Cause of the problem, as somebody wrote it.
    pub cause: Option<String>,
    /// Plan of follow-up (*RTL*).
    pub plan: Option<String>,
    /// Follow-up that was taken.
    pub follow_up: Option<String>,
    /// Evaluation of the follow-up.
    pub evaluation: Option<String>,
}

written_row!(PkpItem of Pkp in "pkp_rows", named by [Year, Code, Indicator], again "kode PKP ini" {
    year: Year in ["year"],
    code: Code in ["code"],
    name: Indicator in ["name"],
    target: Target in ["target"],
    measure: Measure in ["measure"],
    population: Denominator in ["population"],
    planned: PlannedCount in ["planned"],
    reached: Numerator in ["reached"],
    ring: Ring in ["ring"],
    score: Score in ["score"],
    sheet_coverage: Coverage in ["sheet_coverage"],
    sheet_result: Performance in ["sheet_result"],
    cause: Cause in ["cause"],
    plan: Item in ["plan"],
    follow_up: Agreed in ["follow_up"],
    evaluation: Evaluation in ["evaluation"],
});

impl PkpItem {
    /// A row that holds nothing but its name.
    pub fn named(year: i32, code: &str, name: &str) -> Self {
        Self {
            year,
            code: code.to_owned(),
            name: name.to_owned(),
            target: None,
            measure: None,
            population: None,
            planned: None,
            reached: None,
            ring: None,
            score: None,
            sheet_coverage: None,
            sheet_result: None,
            cause: None,
            plan: None,
            follow_up: None,
            evaluation: None,
        }
    }
}
