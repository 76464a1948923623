//! Sub-headings that are understood together with the heading of their group: papers in registers, years above months,
//! targets by quarter, tables beside each other.

use super::{Brought, import, lines, page, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const REGISTER: &[&str] = &["DAFTAR IDENTIFIKASI JEJARING TAHUN 2025"];

/// A register's facilities that the corpus does not know, with their papers.
fn papers(found: &Brought) -> Vec<String> {
    let facts = crate::import::facts(&found.store);
    let new = facts.facilities.iter().filter(|facility| !super::NAMES.contains(&facility.name.as_str()));
    let paper = |paper: &Option<simpul::domain::facility::LicencePaper>| {
        let paper = paper.clone().unwrap_or_default();
        let day = paper.valid_until.map_or("-".to_owned(), |day| day.to_string());
        format!("{} s.d. {day}", paper.number.unwrap_or("-".to_owned()))
    };
    let line = |facility: &simpul::domain::Facility| {
        let until = facility.active_until.map_or("aktif".to_owned(), |month| month.to_string());
        format!("{}: izin {}, PKS {}, {until}", facility.name, paper(&facility.licence), paper(&facility.agreement))
    };
    new.map(line).collect()
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = crate::import::facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect()
}

/// What is said of a sheet, in one text.
fn said(found: &Brought) -> String {
    let said: Vec<String> =
        found.receipt.issues.iter().map(|issue| format!("{} {}", issue.cell, issue.message)).collect();
    said.join("\n")
}

#[test]
fn the_group_says_whose_number_and_end_a_sub_heading_is() {
    let rows: &[&[&str]] = &[
        TITLE,
        REGISTER,
        &["No", "Nama Faskes", "Jenis", "Perizinan", "", "", "Perjanjian Kerja Sama", "", "", "Akreditasi", ""],
        &["", "", "", "Nomor", "Mulai", "Berakhir", "Nomor", "Tanggal", "Berlaku s/d", "Nomor", "Berakhir"],
        &[
            "=1",
            "Klinik Baru",
            "Klinik",
            "503/1",
            "@2022-01-05",
            "@2027-01-05",
            "PKS/1",
            "@2025-01-02",
            "31 Des 2025",
            "A/1",
            "@2028-01-01",
        ],
        &[
            "=2",
            "Apotek Baru",
            "Apotek",
            "503/2",
            "@2022-01-06",
            "2027",
            "PKS/2",
            "@2025-01-02",
            "@2026-12-31",
            "A/2",
            "@2028-01-01",
        ],
    ];
    let merges = [[2, 0, 3, 0], [2, 1, 3, 1], [2, 2, 3, 2], [2, 3, 2, 5], [2, 6, 2, 8], [2, 9, 2, 10]];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&merges)]);
    assert_eq!(
        papers(&found),
        [
            "Apotek Baru: izin 503/2 s.d. 2027-12-31, PKS PKS/2 s.d. 2026-12-31, aktif",
            "Klinik Baru: izin 503/1 s.d. 2027-01-05, PKS PKS/1 s.d. 2025-12-31, aktif",
        ]
    );
    let said = said(&found);
    for unread in ["Perizinan › Mulai", "Akreditasi › Nomor", "Akreditasi › Berakhir"] {
        assert!(said.contains(unread), "{said}");
    }
}

#[test]
fn a_lone_end_is_of_the_paper_beside_it_or_of_none() {
    let rows: &[&[&str]] = &[
        TITLE,
        REGISTER,
        &["No", "Nama Faskes", "Jenis", "No MoU", "Tgl MoU", "Tgl Berakhir MoU", "SIA/SIO", "Berlaku Sampai"],
        &["=1", "Klinik Baru", "Klinik", "MOU/1", "@2024-01-02", "@2025-12-31", "SIO-1", "@2027-05-01"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", rows)]);
    assert_eq!(papers(&found), ["Klinik Baru: izin SIO-1 s.d. 2027-05-01, PKS MOU/1 s.d. 2025-12-31, aktif"]);
    let unmerged: &[&[&str]] = &[
        TITLE,
        REGISTER,
        &["", "", "", "PKS", "", "Izin", ""],
        &["No", "Nama Faskes", "Jenis", "Nomor", "Berlaku s/d", "Nomor", "Berlaku s/d"],
        &["=1", "Klinik Baru", "Klinik", "PKS/1", "@2025-12-31", "503/1", "@2027-05-01"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", unmerged)]);
    assert_eq!(papers(&found), ["Klinik Baru: izin 503/1 s.d. 2027-05-01, PKS PKS/1 s.d. 2025-12-31, aktif"]);
    let alone: &[&[&str]] = &[
        TITLE,
        REGISTER,
        &["No", "Nama Faskes", "Jenis", "Alamat", "Berakhir"],
        &["=1", "Klinik Baru", "Klinik", "Jl. Mawar", "@2024-05-31"],
        &["=2", "Klinik Lama", "Klinik", "Jl. Mawar", "@2024-05-31"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", alone)]);
    assert_eq!(
        papers(&found),
        ["Klinik Baru: izin - s.d. -, PKS - s.d. -, aktif", "Klinik Lama: izin - s.d. -, PKS - s.d. -, aktif"]
    );
}

#[test]
fn days_and_numbers_of_letters_are_not_those_of_the_table() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Surat Tugas", "", "Nama Faskes", "Tanggal Pembinaan", "Skor"],
        &["", "Nomor", "Tanggal", "", "", ""],
        &["=1", "ST/1", "@2023-05-02", "Apotek Alvi", "@2023-05-09", "=80"],
    ];
    let merges = [[2, 0, 3, 0], [2, 1, 2, 2], [2, 3, 3, 3], [2, 4, 3, 4], [2, 5, 3, 5]];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&merges)]);
    assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-09  80/100"]);
}

const MONTHS: [&str; 8] = ["No", "Nama Faskes", "Okt", "Nov", "Des", "Jan", "Feb", "Mar"];

#[test]
fn years_above_months_are_those_of_the_months() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["", "", "=2023", "", "", "=2024", "", ""],
        &MONTHS,
        &["=1", "Apotek Alvi", "x", "", "", "", "x", ""],
        &["=2", "Klinik Alvi", "", "", "x", "", "", "x"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 2, 2, 4], [2, 5, 2, 7]])]);
    let planned = ["Apotek Alvi 2023-10", "Apotek Alvi 2024-02", "Klinik Alvi 2023-12", "Klinik Alvi 2024-03"];
    assert_eq!(slots(&found), planned);
    let lokmin: &[&[&str]] = &[
        TITLE,
        &["KEHADIRAN LOKMIN TAHUN 2023"],
        &["", "", "2023", "", "", "2024", "", ""],
        &MONTHS,
        &["=1", "Apotek Alvi", "√", "-", "", "", "√", ""],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", lokmin).merged(&[[2, 2, 2, 4], [2, 5, 2, 7]])]);
    assert_eq!(found.facts, [""; 0]);
    assert!(found.receipt.issues.iter().any(|issue| issue.message.contains("dari dua tahun")), "{:?}", found.receipt);
}

#[test]
fn a_school_year_goes_on_into_the_next_year() {
    let plan = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN UKS TAHUN AJARAN 2023/2024"],
        &["No", "Nama Faskes", "Jul", "Agu", "Sep", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "x", "", "", "", "x", ""],
    ]);
    assert_eq!(slots(&plan), ["Apotek Alvi 2023-07", "Apotek Alvi 2024-02"]);
    assert!(said(&plan).contains("tahun 2023/2024"), "{}", said(&plan));
    let visits = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN UKS TAHUN PELAJARAN 2023/2024"],
        &["No", "Tanggal", "Nama Faskes", "Skor"],
        &["=1", "12 Agustus", "Apotek Alvi", "=80"],
        &["=2", "10 Februari", "Klinik Alvi", "=85"],
    ]);
    assert_eq!(
        visits.facts,
        ["Apotek Alvi: pembinaan 2023-08-12  80/100", "Klinik Alvi: pembinaan 2024-02-10  85/100"]
    );
    let monthly = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN FEBRUARI TAHUN AJARAN 2023/2024"],
        &["No", "Tanggal", "Nama Faskes", "Skor"],
        &["=1", "10 Februari", "Klinik Alvi", "=85"],
    ]);
    assert_eq!(monthly.facts, ["Klinik Alvi: pembinaan 2024-02-10  85/100"]);
}

#[test]
fn months_over_the_turn_of_a_year_need_its_years() {
    let plan = |title: &'static str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Apr", "Mei", "Des", "Jan", "Feb"],
            &["=1", "Apotek Alvi", "x", "", "", "x", ""],
        ])
    };
    assert_eq!(slots(&plan("JADWAL PEMBINAAN TAHUN 2023/2024")), ["Apotek Alvi 2023-04", "Apotek Alvi 2024-01"]);
    let asked = plan("JADWAL PEMBINAAN TAHUN 2023");
    assert_eq!(slots(&asked), [""; 0]);
    assert!(said(&asked).contains("pergantian tahun"), "{}", said(&asked));
}

fn targets(found: &Brought) -> Vec<String> {
    let facts = crate::import::facts(&found.store);
    let new = facts.services.iter().filter(|service| !["K6", "HT"].contains(&service.code.as_str()));
    new.map(|service| format!("{} {}", service.code, service.definitions[0].2.target)).collect()
}

#[test]
fn targets_by_quarter_grow_to_the_years_or_are_asked() {
    let list = |last: &str| {
        let rows: &[&[&str]] = &[
            TITLE,
            &["INDIKATOR LAYANAN TAHUN 2023"],
            &["No", "Kode", "Indikator", "Target (%)", "", "", "", "Bobot", "Arah", "Agregasi"],
            &["", "", "", "TW I", "TW II", "TW III", "TW IV", "", "", ""],
            &["=1", "K1", "Kunjungan K1", "=25", "=50", "=75", last, "=1", "naik", "kumulatif"],
        ];
        import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 3, 2, 6]])])
    };
    let grown = list("=100");
    assert_eq!(targets(&grown), ["K1 100"]);
    assert!(said(&grown).contains("TW IV"), "{}", said(&grown));
    let fallen = list("=60");
    assert_eq!(targets(&fallen), [""; 0]);
    assert!(said(&fallen).contains("target setahun"), "{}", said(&fallen));
}

#[test]
fn registers_beside_each_other_share_no_cells() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["DATA JARINGAN DAN JEJARING TAHUN 2025"],
        &["JARINGAN", "", "", "", "JEJARING", "", "", ""],
        &["No", "Nama", "Jenis", "", "No", "Nama", "Jenis", "Penanggung Jawab"],
        &["=1", "Pustu Baru", "Pustu", "", "=1", "Klinik Baru", "Klinik", "dr. Lilis"],
        &["", "", "", "", "=2", "Apotek Baru", "Apotek", "apt. Tono"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 0, 2, 2], [2, 4, 2, 7]])]);
    let facts = crate::import::facts(&found.store);
    let new = facts.facilities.iter().filter(|facility| facility.name.contains("Baru"));
    let line = |facility: &simpul::domain::Facility| {
        let group = facility.group.map_or("-", |group| group.label());
        format!("{} {group} {}", facility.name, facility.person_in_charge.as_deref().unwrap_or("-"))
    };
    let expected = ["Apotek Baru Jejaring apt. Tono", "Klinik Baru Jejaring dr. Lilis", "Pustu Baru Jaringan -"];
    assert_eq!(new.map(line).collect::<Vec<String>>(), expected);
}

#[test]
fn one_name_in_two_villages_is_not_one_facility() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            &["No", "Nama", "Jenis", "Desa"],
            &["=1", "Posyandu Melati", "Posyandu", "Cikadu"],
            &["=2", "Posyandu Melati", "Posyandu", "Mekarjaya"],
        ],
    );
    let visits = |second: &'static str| {
        page(
            "Mei",
            &[
                TITLE,
                &["REKAP PEMBINAAN BULAN MEI 2023"],
                &["No", "Tanggal", "Desa", "Nama Faskes", "Skor"],
                &["=1", "@2023-05-06", "Cikadu", "Posyandu Melati", "=80"],
                &["=2", "@2023-05-07", second, "Posyandu Melati", "=70"],
            ],
        )
    };
    let found = import("rekap.xlsx", &[register.clone(), visits("Mekarjaya")]);
    assert_eq!(found.facts, ["Posyandu Melati: pembinaan 2023-05-06  80/100"]);
    assert!(said(&found).contains("misalnya \"Posyandu Melati Mekarjaya\""), "{}", said(&found));
    // Obeyed in the register alone, the village of the row says which one it is.
    let mut obeyed = register;
    obeyed.rows[4][1] = "Posyandu Melati Mekarjaya".to_owned();
    let found = import("rekap.xlsx", &[obeyed, visits("Ds. Mekarjaya")]);
    assert_eq!(lines(&found.store).len(), 2, "{:?}", found.facts);
    assert!(
        found.facts.contains(&"Posyandu Melati Mekarjaya: pembinaan 2023-05-07  70/100".to_owned()),
        "{:?}",
        found.facts
    );
}
