//! The help sheet: how to fill in, what each column means and accepts, how to import. Short.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::context::{TemplateContext, clean};
use super::draw::{grow, page, protect};
use super::plan::SheetPlan;
use super::{HELP_MARK, TemplateKind, style};

/// Width of the two columns of text, and of text merged over all, in characters.
const WIDTH: f64 = 62.0;
const MERGED_WIDTH: f64 = 26.0 + 2.0 * WIDTH;

const HOW: [&str; 7] = [
    "Isi sel yang putih. Sel abu-abu terisi atau terhitung sendiri; judul kolom jangan diubah.",
    "Sel kosong berarti belum ada data, dan tidak pernah dihitung nol. Tanda - pada kolom angka sama dengan kosong. \
     Tulis 0 hanya bila hasilnya memang nol.",
    "Tanggal ditulis hari, bulan, tahun: 12 Mei 2023 atau 12/05/2023. Angka desimal memakai koma: 12,5.",
    "Pilih nama dari daftar di sel. Nama baru didaftarkan dahulu di Daftar Identifikasi.",
    "Bila baris kurang, klik kanan pada nomor baris kosong di tengah tabel lalu pilih Sisipkan.",
    "Perlu mengubah yang terkunci: menu Tinjau (Review), Buka Proteksi Lembar (Unprotect Sheet). Tanpa kata sandi.",
    "Impor: simpan buku kerja ini sebagai .xlsx, buka halaman Impor di Simpul, dan seret berkasnya ke sana. Boleh \
     diimpor lagi setelah diperbaiki: yang terbaru menggantikan, yang kosong tidak menghapus.",
];

pub(super) fn sheet(
    sheet: &mut Worksheet,
    kind: TemplateKind,
    context: &TemplateContext,
    plans: &[SheetPlan],
) -> Result<(), XlsxError> {
    sheet.set_name("Petunjuk")?;
    for (column, width) in [(0, 5.0), (1, 26.0), (2, WIDTH), (3, WIDTH)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, HELP_MARK, &style::mark())?;
    sheet.write_string(1, 0, format!("{}, {}. Lembar ini tidak ikut diimpor.", kind.title(), context.puskesmas))?;
    let mut row = 3;
    for (number, line) in (1_u32..).zip(HOW) {
        sheet.write_number_with_format(row, 0, number, &style::caption())?;
        sheet.merge_range(row, 1, row, 3, line, &style::prose())?;
        grow(sheet, row, [(line, MERGED_WIDTH)].into_iter())?;
        row += 1;
    }
    row = notes(sheet, kind, context, row + 1)?;
    // A sheet an indicator: the first of each layout explains the others.
    let mut told: Vec<&str> = Vec::new();
    for plan in plans {
        if !told.contains(&plan.purpose.as_str()) {
            told.push(&plan.purpose);
            row = columns(sheet, plan, row)?;
        }
    }
    page(sheet, "Petunjuk");
    protect(sheet);
    Ok(())
}

/// Writes the names of the service indicators behind the codes, or that the list is missing; returns the next free row.
fn notes(sheet: &mut Worksheet, kind: TemplateKind, context: &TemplateContext, mut row: u32) -> Result<u32, XlsxError> {
    if !matches!(kind, TemplateKind::MonthlyRecap | TemplateKind::YearlyRecap) {
        return Ok(row);
    }
    sheet.write_string_with_format(row, 1, "Indikator layanan", &style::caption())?;
    row += 1;
    if context.services.is_empty() {
        let text = "Belum ada lembar Capaian, karena indikator layanan belum diimpor. Impor dahulu templat daftar \
                    identifikasi dan indikator, lalu unduh templat ini lagi.";
        sheet.merge_range(row, 1, row, 3, text, &style::prose())?;
        grow(sheet, row, [(text, MERGED_WIDTH)].into_iter())?;
        return Ok(row + 2);
    }
    for service in &context.services {
        sheet.write_string_with_format(row, 1, clean(&service.code), &style::framed_prose())?;
        sheet.write_string_with_format(row, 2, clean(&service.name), &style::framed_prose())?;
        row += 1;
    }
    Ok(row + 1)
}

fn columns(sheet: &mut Worksheet, plan: &SheetPlan, mut row: u32) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(row, 1, &plan.sheet, &style::caption())?;
    sheet.merge_range(row, 2, row, 3, &plan.purpose, &style::prose())?;
    row += 1;
    for column in plan.columns.iter().filter(|column| !column.meaning.is_empty()) {
        sheet.write_string_with_format(row, 1, column.label.unwrap_or(&column.heading), &style::framed_prose())?;
        sheet.write_string_with_format(row, 2, column.meaning, &style::framed_prose())?;
        sheet.write_string_with_format(row, 3, column.accepted, &style::framed_prose())?;
        grow(sheet, row, [(column.meaning, WIDTH), (column.accepted, WIDTH)].into_iter())?;
        row += 1;
    }
    Ok(row + 1)
}
