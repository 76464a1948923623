//! A year typed in, by pasted blocks or row by row, equals the same year imported, to the byte of the evaluation.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use simpul::app::import::Upload;
use simpul::domain::facts::Facts;
use simpul::domain::form::{CANCELLED, FieldKind, TableForm};
use simpul::domain::records::Field;
use simpul::domain::{Month, Period, PeriodKind, Received, Table, format};
use simpul::store::{Scope, StoredEntry};

use super::site::Site;
use crate::support::{cases, workbooks};

/// Rows of a block at most.
const BLOCK_ROWS: usize = 150;
const PERIODS: [&str; 9] =
    ["2023-01", "2023-07", "2023-12", "2023-C1", "2023-C2", "2023-C3", "2023-Q2", "2023-S2", "2023"];
const AS_OF: [&str; 2] = ["2023-06-20", "2024-01-10"];

fn imported(case: &std::path::Path) -> Site {
    let files: Vec<Upload> = workbooks(case)
        .into_iter()
        .map(|path| Upload {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect();
    Site::with(&files)
}

async fn evaluations(site: &Site) -> Vec<String> {
    let mut told = Vec::new();
    for period in PERIODS {
        for as_of in AS_OF {
            let answer = site.get(&format!("/api/v1/evaluation?periode={period}&per={as_of}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            told.push(answer.text());
        }
    }
    told
}

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

/// The months for which a table was received.
fn months(facts: &Facts, table: Table) -> BTreeSet<Month> {
    let of_table = facts.received.iter().filter(|row| row.table == table);
    of_table.flat_map(|row| row.received.period().months()).collect()
}

/// The month of whose recap a row is, of those that were received.
fn month_of(entry: &StoredEntry, table: Table, received: &BTreeSet<Month>) -> Month {
    let words = match table {
        Table::Visits | Table::FollowUps => entry.value(Field::Date),
        _ => entry.value(Field::Month),
    };
    let mut parts = words.split(' ').rev();
    let year: i32 = parts.next().unwrap().parse().unwrap();
    let name = parts.next().unwrap();
    let number = format::MONTHS.iter().position(|month| *month == name).unwrap() + 1;
    let own = Month::new(year, u32::try_from(number).unwrap()).unwrap();
    let own = if table == Table::MonthlyReports { own.plus(1) } else { own };
    // A report of which only a later recap tells stands in that one.
    if received.contains(&own) { own } else { *received.iter().next_back().unwrap() }
}

/// The columns of a block with its rows, as the template heads them.
fn block(form: &TableForm, entries: &[&StoredEntry], codes: &[String]) -> String {
    let mut lines: Vec<Vec<String>> = Vec::new();
    if form.table == Table::Achievements {
        let mut top = vec!["No".to_owned(), "Nama Jaringan/Jejaring".to_owned()];
        let mut below = vec![String::new(), String::new()];
        for code in codes {
            top.extend([code.clone(), String::new(), String::new()]);
            below.extend(["Sasaran", "Capaian", "%"].map(ToOwned::to_owned));
        }
        lines.extend([top, below]);
        let mut names: Vec<&str> = entries.iter().map(|entry| entry.value(Field::Name)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let mut row = vec!["1".to_owned(), name.to_owned()];
            for code in codes {
                let entry = entries
                    .iter()
                    .find(|entry| entry.value(Field::Name) == name && entry.value(Field::Indicator) == code);
                for field in [Field::Denominator, Field::Numerator] {
                    row.push(entry.map(|entry| entry.value(field).to_owned()).unwrap_or_default());
                }
                row.push("#DIV/0!".to_owned());
            }
            lines.push(row);
        }
    } else if form.table == Table::Schedule {
        let heads = ["No", "Nama Jaringan/Jejaring"].iter().chain(&format::MONTHS_SHORT);
        lines.push(heads.map(|head| (*head).to_owned()).collect());
        let mut names: Vec<&str> = entries.iter().map(|entry| entry.value(Field::Name)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let planned = |month: &str| {
                let mut of = entries.iter().filter(|entry| entry.value(Field::Name) == name);
                of.any(|entry| entry.value(Field::Month).starts_with(month))
            };
            let marks = format::MONTHS.map(|month| if planned(month) { "x".to_owned() } else { String::new() });
            lines.push(["1".to_owned(), name.to_owned()].into_iter().chain(marks).collect());
        }
    } else {
        let heads = ["No"].into_iter().chain(form.columns().map(|field| field.label));
        lines.push(heads.map(ToOwned::to_owned).collect());
        for entry in entries {
            let cells = form.columns().map(|field| entry.value(field.field).to_owned());
            lines.push(["1".to_owned()].into_iter().chain(cells).collect());
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| line.join("\t")).collect();
    lines.join("\r\n")
}

/// Pastes a block, looks at the preview and accepts it.
async fn paste(site: &Site, puskesmas: &str, form: &TableForm, period: Period, text: &str) {
    let path = format!("/catatan/{}/tempel", form.slug);
    let masa = period.to_string();
    let fields = [("puskesmas", puskesmas), ("masa", masa.as_str()), ("blok", text)];
    let preview = site.post(&path, &fields).await;
    let page = preview.text();
    assert_eq!(preview.status, StatusCode::OK, "{page}");
    assert!(!page.contains("perlu diperbaiki"), "{} {period}: {page}", form.slug);
    let seal = page.split("name=\"segel\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("puskesmas", puskesmas), ("masa", masa.as_str()), ("blok", text), ("segel", seal)];
    let answer = site.post(&format!("{path}/simpan"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {period}: {}", form.slug, answer.text());
}

/// Opens the Puskesmas by the form of the register, as somebody without any file would.
async fn open_puskesmas(site: &Site, puskesmas: &str, first: &StoredEntry) {
    let form = TableForm::from_table(Table::Facilities);
    let mut fields = vec![("puskesmas", puskesmas)];
    fields.extend(form.fields.iter().map(|field| (field.name, first.value(field.field))));
    let page = site.get("/catatan/faskes").await.text();
    assert!(page.contains("id=\"f-puskesmas\""), "{page}");
    let answer = site.post("/catatan/faskes", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.header(header::LOCATION).starts_with("/catatan/faskes?"));
}

fn entries(site: &Site, puskesmas: &str, table: Table) -> Vec<StoredEntry> {
    site.app.entries(puskesmas, table, None).unwrap()
}

/// Changes in the order in which they hold: that of the rows.
fn ordered_changes(site: &Site, puskesmas: &str) -> Vec<StoredEntry> {
    let facts = facts(site);
    let mut entries = entries(site, puskesmas, Table::ScheduleChanges);
    let place = |entry: &StoredEntry| {
        facts.changes.iter().position(|change| {
            facts.facilities[change.facility as usize].name == entry.value(Field::Name)
                && format::month(change.named) == entry.value(Field::Month)
                && change.moved_to.map_or_else(|| CANCELLED.to_owned(), format::month) == entry.value(Field::MovedTo)
        })
    };
    entries.sort_by_key(place);
    entries
}

#[tokio::test]
async fn a_pasted_year_is_the_imported_year() {
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let from = imported(&case);
        let held = facts(&from);
        let puskesmas = held.puskesmas[0].name.clone();
        let site = Site::empty();
        let register = entries(&from, &puskesmas, Table::Facilities);
        open_puskesmas(&site, &puskesmas, &register[0]).await;
        for table in
            [Table::Facilities, Table::ServiceIndicators, Table::Decree, Table::Schedule, Table::ScheduleChanges]
        {
            let form = TableForm::from_table(table);
            let all = match table {
                Table::ScheduleChanges => ordered_changes(&from, &puskesmas),
                _ => entries(&from, &puskesmas, table),
            };
            let years: BTreeSet<i32> = all.iter().map(|entry| entry.years.0).collect();
            for year in years {
                let rows: Vec<&StoredEntry> = all.iter().filter(|entry| entry.years.0 == year).collect();
                paste(&site, &puskesmas, form, Period::whole_year(year), &block(form, &rows, &[])).await;
            }
        }
        let codes: Vec<String> = held.services.iter().map(|service| service.code.clone()).collect();
        for table in [Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports, Table::Achievements] {
            let form = TableForm::from_table(table);
            let received = months(&held, table);
            let all = entries(&from, &puskesmas, table);
            for month in &received {
                let rows: Vec<&StoredEntry> =
                    all.iter().filter(|entry| month_of(entry, table, &received) == *month).collect();
                let period = Period::containing(PeriodKind::Month, *month);
                let mut parts: Vec<&[&StoredEntry]> = rows.chunks(BLOCK_ROWS).collect();
                if table == Table::Achievements {
                    parts = vec![&rows];
                } else if parts.is_empty() {
                    // A month in which nothing happened is a heading alone.
                    parts = vec![&[]];
                }
                for part in parts {
                    paste(&site, &puskesmas, form, period, &block(form, part, &codes)).await;
                }
            }
        }
        assert_eq!(facts(&site).visits, held.visits, "{name}");
        assert_eq!(facts(&site).achievements, held.achievements, "{name}");
        let typed = evaluations(&site).await;
        for (place, (typed, imported)) in typed.iter().zip(evaluations(&from).await).enumerate() {
            assert_eq!(*typed, imported, "{name}, evaluation {place}");
        }
    }
}

/// The fields of an entry as its form sends them.
fn sent(form: &TableForm, entry: &StoredEntry) -> Vec<(String, String)> {
    let code = |words: &str| {
        let (name, year) = words.split_once(' ')?;
        let number = format::MONTHS.iter().position(|month| *month == name)? + 1;
        Some(format!("{year}-{number:02}"))
    };
    let one = |field: &simpul::domain::form::FormField| {
        let value = entry.value(field.field);
        match field.kind {
            FieldKind::MonthOrCancelled if value == CANCELLED => (field.name.to_owned(), "batal".to_owned()),
            FieldKind::Month | FieldKind::MonthOrCancelled => (field.name.to_owned(), code(value).unwrap_or_default()),
            FieldKind::Months => {
                let month = code(value).unwrap();
                let number: u32 = month.split('-').nth(1).unwrap().parse().unwrap();
                (format!("{}-{number}", field.name), "1".to_owned())
            }
            _ => (field.name.to_owned(), value.to_owned()),
        }
    };
    form.fields.iter().map(one).collect()
}

#[tokio::test]
async fn a_year_typed_row_by_row_is_the_imported_year() {
    let from = small_year();
    let held = facts(&from);
    let puskesmas = held.puskesmas[0].name.clone();
    let site = Site::empty();
    for table in Table::ALL.into_iter().filter(|table| !table.is_written()) {
        let form = TableForm::from_table(table);
        let all = match table {
            Table::ScheduleChanges => ordered_changes(&from, &puskesmas),
            _ => entries(&from, &puskesmas, table),
        };
        assert!(!all.is_empty(), "{}", form.slug);
        for entry in all {
            let sent = sent(form, &entry);
            let mut fields: Vec<(&str, &str)> = vec![("puskesmas", &puskesmas)];
            fields.extend(sent.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let answer = site.post(&format!("/catatan/{}", form.slug), &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {fields:?}: {}", form.slug, answer.text());
        }
    }
    // A change that was typed counts as of its month, a list of them as of its year.
    let without_changes = |mut facts: Facts| {
        facts.received.retain(|row| row.table != Table::ScheduleChanges);
        facts
    };
    assert_eq!(without_changes(facts(&site)), without_changes(held));
    assert_eq!(evaluations(&site).await, evaluations(&from).await);
}

const MELATI: &str = "UPT PUSKESMAS MELATI";
/// Files of two facilities and something of every table, each recap with a row.
const SMALL_YEAR: [(&str, &[&str]); 11] = [
    (
        "daftar",
        &[
            MELATI,
            "DAFTAR IDENTIFIKASI TAHUN 2023",
            "No;Nama Jaringan/Jejaring;Jenis;Kelompok;Struktur Jejaring;Alamat;Desa;Penanggung Jawab;Wajib Lapor;No. PKS;PKS s.d.;Aktif Sejak;Aktif s.d.;Koordinat",
            "1;Klinik \"\"A\"\" & B;Klinik;Jejaring;Sistem Rujukan, Lintas Sektor;Jl. <b>Satu</b>;Ngasem;dr. Ani;Ya;12/PKS;31 Desember 2025;;;-7.12345, 110.45678",
            "2;Pustu Ngasem;Pustu;Jaringan;Wilayah Administratif;;Ngasem;;Tidak;;;Maret 2023;Oktober 2023",
        ],
    ),
    (
        "indikator",
        &[
            MELATI,
            "TAHUN 2023",
            "Kode;Indikator;Target (%);Bobot;Arah;Agregasi;Berlaku Untuk",
            "K6;Kunjungan ibu hamil K6;92,5;1;Naik;Kumulatif;Pustu, Klinik",
            "HT;Layanan hipertensi;100;1,5;Naik;Jumlah;",
        ],
    ),
    (
        "sk",
        &[
            MELATI,
            "INDIKATOR KINERJA PEMBINAAN TAHUN 2023",
            "Kode;Indikator;Target (%);Bobot",
            "CAK;Cakupan;95;25",
            "TPT;Ketepatan;80;0",
        ],
    ),
    (
        "jadwal",
        &[
            MELATI,
            "JADWAL PEMBINAAN TAHUN 2023",
            "No;Nama Jaringan/Jejaring;Penanggung Jawab;Jan;Feb;Mar;Apr;Mei;Jun;Jul;Agu;Sep;Okt;Nov;Des",
            "1;Klinik \"\"A\"\" & B;Ani;;x;;;x;;;x;;;;",
            "2;Pustu Ngasem;Budi;;;x;;x;;;;x;;;",
        ],
    ),
    (
        "perubahan",
        &[
            MELATI,
            "PERUBAHAN JADWAL TAHUN 2023",
            "No;Jaringan/Jejaring;Jadwal Pelaksanaan;Perubahan Jadwal;Ket.;Nomor Surat;Disetujui Oleh",
            "1;Klinik \"\"A\"\" & B;Mei 2023;Juni 2023;Banjir;12/KAK/2023;Kepala Puskesmas",
            "2;Klinik \"\"A\"\" & B;Agustus 2023;Juli 2023;;;",
            "3;Pustu Ngasem;September 2023;Dibatalkan;Renovasi;;Kepala Puskesmas",
        ],
    ),
    (
        "mei",
        &[
            MELATI,
            "REKAPITULASI PEMBINAAN",
            "BULAN : MEI 2023",
            "No;Tanggal;Nama Jaringan/Jejaring;Bentuk Kegiatan;Pembina;Skor Daftar Tilik;Skor Maksimal;Daftar Hadir;Notulen;Foto;Aspek;Temuan",
            "1;12/5/2023;Klinik \"\"A\"\" & B;Pertemuan;Ani;;;Ada;Tidak;Ada;UKM;=1+1",
            "2;Mei 2023;Pustu Ngasem;Supervisi;Budi;17,5;20;;;Ada;;",
        ],
    ),
    (
        "rtl",
        &[
            MELATI,
            "RENCANA TINDAK LANJUT",
            "BULAN : MEI 2023",
            "No;Tanggal Pembinaan;Nama Jaringan/Jejaring;Rencana Tindak Lanjut;Penanggung Jawab;Target Selesai;Tanggal Selesai",
            "1;12 Mei 2023;Klinik \"\"A\"\" & B;Papan nama;Ani;1 Juni 2023;30 Mei 2023",
            "2;12 Mei 2023;Klinik \"\"A\"\" & B;Alur rujukan;;15 Juni 2023;",
        ],
    ),
    (
        "tilik",
        &[
            MELATI,
            "DAFTAR TILIK PEMBINAAN",
            "BULAN : MEI 2023",
            "No;Tanggal;Nama Jaringan/Jejaring;Bentuk Kegiatan;Daftar Tilik;Kode Item;Jawaban;Nilai Item;Pembina;Catatan",
            "1;12/5/2023;Klinik \"\"A\"\" & B;Pertemuan;contoh-klinik;A1;Ya;;Ani;",
            "2;12/5/2023;Klinik \"\"A\"\" & B;Pertemuan;contoh-klinik;B1;;1,5;Ani;<b>dua</b> dari sepuluh",
            "3;12/5/2023;Klinik \"\"A\"\" & B;Pertemuan;contoh-klinik;B2;TB;;Ani;",
            "4;12/5/2023;Klinik \"\"A\"\" & B;Pertemuan;contoh-klinik;B3;;;Ani;",
        ],
    ),
    (
        "lokmin",
        &[
            MELATI,
            "KEHADIRAN LOKMIN",
            "BULAN : MEI 2023",
            "No;Nama Jaringan/Jejaring;Diundang;Hadir;Jenis",
            "1;Klinik \"\"A\"\" & B;Ya;Ya;Tribulanan",
            "2;Pustu Ngasem;Ya;Tidak;Bulanan",
        ],
    ),
    (
        "laporan",
        &[
            MELATI,
            "LAPORAN BULANAN",
            "BULAN : JUNI 2023",
            "No;Nama Jaringan/Jejaring;Bulan Laporan;Tanggal Diterima",
            "1;Klinik \"\"A\"\" & B;Mei 2023;5 Juni 2023",
        ],
    ),
    (
        "capaian",
        &[
            MELATI,
            "CAPAIAN INDIKATOR LAYANAN",
            "BULAN : MEI 2023",
            "No;Nama Jaringan/Jejaring;HT;;;K6;;",
            ";;Sasaran;Capaian;%;Sasaran;Capaian;%",
            "1;Klinik \"\"A\"\" & B;40;31;;;;",
            "2;Pustu Ngasem;;;;120;0;0",
        ],
    ),
];

fn small_year() -> Site {
    let files =
        SMALL_YEAR.map(|(name, lines)| Upload { name: format!("{name}.csv"), bytes: lines.join("\r\n").into_bytes() });
    Site::with(&files)
}

#[test]
fn the_small_year_has_a_row_of_every_table() {
    let site = small_year();
    let facts = facts(&site);
    let counts =
        [facts.facilities.len(), facts.services.len(), facts.slots.len(), facts.changes.len(), facts.visits.len()];
    assert_eq!(counts, [2, 2, 6, 3, 2]);
    let approval = &facts.changes[0].approval;
    assert_eq!(approval.words(), "No. 12/KAK/2023, disetujui Kepala Puskesmas");
    assert_eq!(facts.received.iter().filter(|row| row.received == Received::Year(2023)).count(), 5);
}
