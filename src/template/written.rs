//! Tables that people write beside the figures as sheets: each by its description.

use super::context::TemplateContext;
use super::described::DescribedSheet;
use super::plan::{ColumnLook, InputRule, PlanColumn, PlannedCell, SPARE_LINES, SheetPlan};
use super::year_line;
use crate::domain::form::{FieldKind, TableForm};
use crate::domain::records::Field;
use crate::domain::written::LooksAtWritten;
use crate::domain::written_row::{WrittenRow, WrittenValue};
use crate::domain::{Month, Period, PeriodKind, Table, format};

/// Years around the workbook's in which a date that is due or done may lie without a question.
const MONTHS_AROUND: i32 = 24;

/// The four months of the context's month.
pub(super) fn period(month: Month) -> Period {
    Period::containing(PeriodKind::FourMonth, month)
}

fn around(context: &TemplateContext) -> InputRule {
    let first = context.january();
    let last = context.january().plus(11);
    InputRule::DateIn(first.plus(-MONTHS_AROUND).first_day(), last.plus(MONTHS_AROUND).last_day())
}

fn within_year(context: &TemplateContext) -> InputRule {
    InputRule::DateIn(context.january().first_day(), context.january().plus(11).last_day())
}

/// Rows of one table that lie in the time of the sheet, as cells.
struct RowsInTime<'c> {
    context: &'c TemplateContext,
    sheet: &'c DescribedSheet,
    table: Table,
    rows: Vec<Vec<PlannedCell>>,
}

impl LooksAtWritten for RowsInTime<'_> {
    fn row<T: WrittenRow>(&mut self, row: &T) {
        let year = self.context.month.year();
        let is_within = match row.key_time() {
            WrittenValue::Day(date) => Month::from_date(date).year() == year,
            WrittenValue::Period(held) if held.kind() == PeriodKind::Month => held.year() == year,
            WrittenValue::Period(held) => held == period(self.context.month),
            WrittenValue::Year(held) => held == year,
            WrittenValue::Blank | WrittenValue::Text(_) | WrittenValue::Count(_) | WrittenValue::Number(_) => true,
        };
        if T::DESCRIBED == self.table && is_within {
            self.rows.push(self.sheet.row(self.context, row));
        }
    }
}

/// Title of the sheet.
fn title(form: &TableForm) -> &'static str {
    match form.table {
        Table::Problems => "EVALUASI PEMBINAAN: MASALAH, PENYEBAB, DAN TINDAK LANJUT",
        Table::Decisions => "NOTULEN LOKAKARYA MINI: KEPUTUSAN DAN TINDAK LANJUT",
        Table::Clusters => "PEMBAGIAN CLUSTER BINAAN TPCB",
        Table::DistrictFollowUps => "TINDAK LANJUT PEMBINAAN TPCB",
        _ => form.banner,
    }
}

/// One sentence for the help sheet.
fn purpose(form: &TableForm) -> &'static str {
    match form.table {
        Table::Problems => "Masalah, penyebab, dan tindak lanjut yang disepakati untuk setiap faskes pada periode ini.",
        Table::Decisions => "Keputusan lokakarya mini setahun, dengan tindak lanjutnya.",
        Table::Clusters => "Puskesmas mana masuk cluster mana. Berlaku untuk semua Puskesmas di Simpul ini.",
        Table::DistrictVisits => {
            "Pembinaan oleh TPCB: temuan, rekomendasi, dan kapan umpan baliknya dikirim dan dijawab."
        }
        _ => form.purpose,
    }
}

/// The sheet of a table that people write, of the four months or the year of the context's month.
pub(super) fn sheet(context: &TemplateContext, table: Table) -> SheetPlan {
    let form = TableForm::from_table(table);
    let mut described = DescribedSheet::new(table, within_year(context), around(context));
    if table == Table::Decisions {
        described = described.with_before(Field::Name, Field::Decision);
    }
    let mut rows = RowsInTime { context, sheet: &described, table, rows: Vec::new() };
    context.records.written.show(&mut rows);
    let mut rows = rows.rows;
    let mut columns = described.columns();
    if table == Table::Clusters {
        columns.push(
            PlanColumn::new("Keterangan", 24.0, ColumnLook::Text)
                .help("Puskesmas yang datanya belum ada di Simpul.", "Tulis: belum ada data. Lainnya boleh kosong."),
        );
        for row in &mut rows {
            row.push(PlannedCell::Blank);
        }
    }
    let is_of_period = form.first(|kind| kind == FieldKind::Period).is_some();
    let of_period = is_of_period.then(|| format::period(period(context.month)).to_uppercase());
    SheetPlan {
        sheet: table.label().to_owned(),
        title: title(form),
        period: of_period.into_iter().chain([year_line(context.month)]).collect(),
        purpose: purpose(form).to_owned(),
        columns,
        name_column: described.name_column(),
        rows,
        spare_rows: SPARE_LINES,
    }
}
