//! Fields of the forms for entries: their words, and the headings under which they are read.

use crate::domain::Table;
use crate::domain::records::Field;

/// Way in which a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Prose,
    /// A day, as people write it.
    Day,
    /// A facility of the register, or the Puskesmas itself.
    Facility,
    /// A period of the evaluation.
    Period,
    /// A calendar year.
    Year,
    /// A Puskesmas by its name.
    Puskesmas,
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its name among what is sent.
    pub name: &'static str,
    /// Field of the record that the entry goes to.
    pub field: Field,
    /// Label, and heading of its column; what is said above the table instead has none.
    pub label: &'static str,
    /// Way in which it is filled in.
    pub kind: FieldKind,
    /// True if an entry without it is refused.
    pub is_needed: bool,
}

const fn needed(name: &'static str, field: Field, label: &'static str, kind: FieldKind) -> FormField {
    FormField { name, field, label, kind, is_needed: true }
}

const fn optional(name: &'static str, field: Field, label: &'static str, kind: FieldKind) -> FormField {
    FormField { name, field, label, kind, is_needed: false }
}

const OWNER: FormField = optional("pj", Field::Person, "Penanggung Jawab", FieldKind::Line);
const DUE: FormField = optional("batas", Field::Due, "Batas Waktu", FieldKind::Day);

const PROBLEM: [FormField; 9] = [
    needed("periode", Field::Month, "Periode", FieldKind::Period),
    optional("nama", Field::Name, "Nama", FieldKind::Facility),
    needed("masalah", Field::Problem, "Masalah", FieldKind::Prose),
    optional("penyebab", Field::Cause, "Penyebab", FieldKind::Prose),
    optional("tindak-lanjut", Field::Agreed, "Tindak Lanjut", FieldKind::Prose),
    OWNER,
    DUE,
    optional("selesai", Field::Done, "Tanggal Selesai", FieldKind::Day),
    optional("bukti", Field::Proof, "Bukti", FieldKind::Line),
];

const DECISION: [FormField; 8] = [
    needed("tanggal", Field::Date, "Tanggal", FieldKind::Day),
    optional("masalah", Field::Problem, "Masalah", FieldKind::Prose),
    needed("keputusan", Field::Decision, "Keputusan", FieldKind::Prose),
    optional("nama", Field::Name, "Untuk Faskes", FieldKind::Facility),
    OWNER,
    DUE,
    optional("tindak-lanjut", Field::Agreed, "Tindak Lanjut", FieldKind::Prose),
    optional("selesai", Field::Done, "Tanggal Selesai", FieldKind::Day),
];

const MEMBER: [FormField; 3] = [
    needed("tahun", Field::Month, "Tahun", FieldKind::Year),
    needed("anggota", Field::Name, "Puskesmas", FieldKind::Puskesmas),
    needed("cluster", Field::Cluster, "Cluster", FieldKind::Line),
];

const DISTRICT_VISIT: [FormField; 11] = [
    needed("tanggal", Field::Date, "Tanggal", FieldKind::Day),
    optional("jenis", Field::Form, "Jenis Pembinaan", FieldKind::Line),
    optional("fakta", Field::Fact, "Temuan: Fakta", FieldKind::Prose),
    optional("kesimpulan", Field::Conclusion, "Temuan: Kesimpulan", FieldKind::Prose),
    optional("untuk-puskesmas", Field::ForPuskesmas, "Rekomendasi Puskesmas", FieldKind::Prose),
    optional("untuk-dinas", Field::ForDistrict, "Rekomendasi Dinas Kesehatan", FieldKind::Prose),
    optional("batas", Field::Due, "Target Waktu", FieldKind::Day),
    optional("dikirim", Field::Sent, "Tanggal Dikirim", FieldKind::Day),
    optional("diterima", Field::ReceivedOn, "Tanggal Diterima", FieldKind::Day),
    optional("ditanggapi", Field::Answered, "Tanggal Ditanggapi", FieldKind::Day),
    optional("ditindaklanjuti", Field::Done, "Tanggal Ditindaklanjuti", FieldKind::Day),
];

const DISTRICT_FOLLOW_UP: [FormField; 5] = [
    optional("pembinaan", Field::Date, "Tanggal Pembinaan", FieldKind::Day),
    needed("rencana", Field::Item, "Rencana Tindak Lanjut", FieldKind::Prose),
    OWNER,
    DUE,
    optional("selesai", Field::Done, "Tanggal Pelaksanaan", FieldKind::Day),
];

/// The fields of a table's form, in their order; none for a table that has no form.
pub fn fields(table: Table) -> &'static [FormField] {
    match table {
        Table::Problems => &PROBLEM,
        Table::Decisions => &DECISION,
        Table::Clusters => &MEMBER,
        Table::DistrictVisits => &DISTRICT_VISIT,
        Table::DistrictFollowUps => &DISTRICT_FOLLOW_UP,
        _ => &[],
    }
}

/// The title above the sheet of one row.
pub(super) fn title(table: Table) -> &'static str {
    match table {
        Table::Problems => "EVALUASI PEMBINAAN",
        Table::Decisions => "NOTULEN LOKAKARYA MINI",
        Table::Clusters => "CLUSTER BINAAN TPCB",
        Table::DistrictVisits => "LAPORAN PEMBINAAN TPCB",
        _ => "TINDAK LANJUT TPCB",
    }
}
