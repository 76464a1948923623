//! Sentences that refuse something, obeyed to the letter: the same workbook, mended as its sentence says, brings the
//! facts that were meant.

use super::{Brought, file, import, page, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

/// The sentence of the first error.
fn sentence(found: &Brought) -> &str {
    let issue = found.receipt.issues.iter().find(|issue| issue.severity == "error");
    issue.map_or("", |issue| issue.message.as_str())
}

/// The reports of January and February by ticks; `second` are the ticks of Klinik Alvi.
fn ticked(second: [&str; 4]) -> Brought {
    let [first, in_time, other, other_in_time] = second;
    sheet(&[
        TITLE,
        &["KELENGKAPAN DAN KETEPATAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "L", "T", "L", "T"],
        &["=1", "Apotek Alvi", "√", "√", "√", "-"],
        &["=2", "Klinik Alvi", first, in_time, other, other_in_time],
    ])
}

#[test]
fn ticks_of_a_report_that_contradict_each_other_are_made_to_agree() {
    let asked = ticked(["-", "√", "√", "√"]);
    let others = [
        "Apotek Alvi: laporan 2023-01 tepat waktu, tanpa tanggal",
        "Apotek Alvi: laporan 2023-02 terlambat, tanpa tanggal",
        "Klinik Alvi: laporan 2023-02 tepat waktu, tanpa tanggal",
    ];
    assert_eq!(asked.facts, others, "only the cell is refused");
    assert_eq!(asked.issues, ["Lembar!B3 reading", "Lembar!C6 unknown_value"]);
    assert!(sentence(&asked).contains("tulis √ pada keduanya bila diterima tepat waktu"), "{}", sentence(&asked));
    for (ticks, told) in [(["√", "√"], "tepat waktu, tanpa tanggal"), (["-", "-"], "belum diterima")] {
        let obeyed = ticked([ticks[0], ticks[1], "√", "√"]);
        assert!(obeyed.facts.contains(&format!("Klinik Alvi: laporan 2023-01 {told}")), "{:?}", obeyed.facts);
        assert_eq!(obeyed.issues, ["Lembar!B3 reading"]);
    }
    // Not in time may be late, or not there at all.
    let open = ticked(["", "-", "√", "√"]);
    assert!(sentence(&open).contains("tulis Terlambat bila diterima sesudah batasnya, Belum bila belum diterima"));
    for (word, told) in [("Terlambat", "terlambat, tanpa tanggal"), ("Belum", "belum diterima")] {
        let obeyed = ticked(["", word, "√", "√"]);
        assert!(obeyed.facts.contains(&format!("Klinik Alvi: laporan 2023-01 {told}")), "{:?}", obeyed.facts);
        assert_eq!(obeyed.issues, ["Lembar!B3 reading"]);
    }
}

#[test]
fn letters_that_nothing_explains_get_a_title() {
    let letters = |title: &str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Januari", "", "Februari", ""],
            &["", "", "L", "T", "L", "T"],
            &["=1", "Apotek Alvi", "√", "√", "√", "-"],
        ])
    };
    let asked = letters("REKAPITULASI TAHUN 2023");
    assert_eq!(asked.facts, [""; 0]);
    let said = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(said.contains("tulis LAPORAN YANG DITERIMA TAHUN … pada judul"), "{said}");
    assert_eq!(letters("LAPORAN YANG DITERIMA TAHUN 2023").facts.len(), 2);
}

#[test]
fn days_beside_the_ticks_of_reports_are_read() {
    let found = sheet(&[
        TITLE,
        &["LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "", "Februari", "", ""],
        &["", "", "Tgl Terima", "L", "T", "Tgl Terima", "L", "T"],
        &["=1", "Apotek Alvi", "3/2/2023", "√", "√", "8/3/2023", "√", "-"],
        &["=2", "Klinik Alvi", "7/2/2023", "√", "-", "", "√", "-"],
    ]);
    let expected = [
        "Apotek Alvi: laporan 2023-01 2023-02-03",
        "Apotek Alvi: laporan 2023-02 2023-03-08",
        "Klinik Alvi: laporan 2023-01 2023-02-07",
        "Klinik Alvi: laporan 2023-02 terlambat, tanpa tanggal",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}

#[test]
fn of_sheets_that_contradict_each_other_the_wrong_one_is_taken_out() {
    let visits = |name, points: &str| {
        page(
            name,
            &[
                TITLE,
                &["REKAP PEMBINAAN BULAN MEI 2023"],
                &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks"],
                &["=1", "2 Mei 2023", "Apotek Alvi", "Supervisi", points, "=100"],
                &["=2", "3 Mei 2023", "Klinik Alvi", "Supervisi", "=90", "=100"],
            ],
        )
    };
    let both = import("rekap.xlsx", &[visits("MEI", "=85"), visits("MEI (2)", "=60")]);
    assert_eq!(both.issues, ["MEI!C4 conflict", "MEI (2)!C4 conflict"]);
    assert_eq!(both.facts, ["Klinik Alvi: pembinaan 2023-05-03 Supervisi 90/100"]);
    assert!(sentence(&both).contains("hapus lembar atau baris yang keliru"), "{:?}", both.receipt);
    let obeyed = import("rekap.xlsx", &[visits("MEI", "=85")]);
    assert_eq!(obeyed.issues, [""; 0]);
    assert_eq!(obeyed.facts[0], "Apotek Alvi: pembinaan 2023-05-02 Supervisi 85/100");
}

#[test]
fn percentages_alone_get_their_people() {
    let percent = sheet(&[
        TITLE,
        &["CAPAIAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "K6 (%)", "HT (%)"],
        &["=1", "Apotek Alvi", "=45.5", "=60.2"],
        &["=2", "Klinik Alvi", "=50.1", "=70.9"],
    ]);
    assert_eq!(percent.facts, [""; 0]);
    let asked = format!("{:?}", percent.receipt);
    assert!(
        asked.contains("tambahkan kolom Sasaran dan Capaian (jumlah, bukan persen) untuk setiap indikator"),
        "{asked}"
    );
    let obeyed = sheet(&[
        TITLE,
        &["CAPAIAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "K6", "", "", "HT", "", ""],
        &["", "", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%"],
        &["=1", "Apotek Alvi", "=22", "=10", "=45.5", "=50", "=30", "=60.2"],
        &["=2", "Klinik Alvi", "=20", "=10", "=50.1", "=10", "=7", "=70.9"],
    ]);
    assert_eq!(obeyed.issues, [""; 0]);
    assert_eq!(obeyed.facts.len(), 4, "{:?}", obeyed.facts);
}

#[test]
fn follow_ups_beside_visits_get_the_day_by_which_they_are_due() {
    let head = ["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "Rencana Tindak Lanjut"];
    let row = ["=1", "2 Mei 2023", "Apotek Alvi", "=8", "=10", "Isi kartu stok"];
    let without = sheet(&[TITLE, &["REKAP PEMBINAAN BULAN MEI 2023"], &head, &row]);
    assert_eq!(without.facts, ["Apotek Alvi: pembinaan 2023-05-02  8/10"]);
    assert!(sentence(&without).contains("tambahkan kolom Batas Waktu di sebelahnya"), "{:?}", without.receipt);
    let head = [&head[..], &["Batas Waktu"]].concat();
    let row = [&row[..], &["30 Juni 2023"]].concat();
    let obeyed = sheet(&[TITLE, &["REKAP PEMBINAAN BULAN MEI 2023"], &head, &row]);
    assert_eq!(obeyed.issues, [""; 0]);
    let follow_up = "Apotek Alvi: RTL 2023-05-02 Isi kartu stok s.d. 2023-06-30";
    assert!(obeyed.facts.iter().any(|fact| fact == follow_up), "{:?}", obeyed.facts);
}

#[test]
fn rows_of_a_former_version_are_named_in_one_line() {
    let names = ["Apotek A", "Apotek B", "Apotek C", "Apotek D", "Apotek E", "Apotek F", "Apotek G", "Apotek H"];
    let register = |names: &[&str]| {
        let mut rows: Vec<Vec<&str>> = vec![
            vec!["UPT PUSKESMAS ABCDE"],
            vec!["DAFTAR IDENTIFIKASI TAHUN 2023"],
            vec!["Nama Faskes", "Jenis", "Kelompok"],
        ];
        rows.extend(names.iter().map(|name| vec![*name, "Apotek", "Jejaring"]));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        file("register.xlsx", &[page("Register", &rows)])
    };
    let store = simpul::store::Store::in_memory().unwrap();
    crate::import::run(&store, &[register(&names)]);
    let receipts = crate::import::run(&store, &[register(&names[..2])]);
    let [gone] = &receipts[0].issues[..] else { panic!("{receipts:?}") };
    assert_eq!(gone.code, "row_gone");
    assert!(gone.message.starts_with("6 baris ada di versi sebelumnya"), "{}", gone.message);
    assert!(gone.message.contains("Apotek C") && gone.message.contains("dan 1 lainnya"), "{}", gone.message);
}

#[test]
fn a_row_of_several_facilities_becomes_one_for_each() {
    let head = ["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"];
    let visits = |names: &[&str]| {
        let mut rows: Vec<Vec<&str>> = vec![TITLE.to_vec(), vec!["REKAP PEMBINAAN BULAN MEI 2023"], head.to_vec()];
        rows.extend(names.iter().map(|name| vec!["=1", "2 Mei 2023", *name, "=8", "=10"]));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        sheet(&rows)
    };
    for several in ["Apotek Alvi, Klinik Alvi", "Apotek Alvi dan Klinik Alvi", "8 Klinik", "Semua Klinik"] {
        let found = visits(&[several]);
        assert_eq!(found.facts, [""; 0], "{several}");
        assert!(sentence(&found).contains("tulis satu baris untuk setiap jaringan/jejaring"), "{:?}", found.receipt);
    }
    let obeyed = visits(&["Apotek Alvi", "Klinik Alvi"]);
    assert_eq!((obeyed.facts.len(), obeyed.issues.len()), (2, 0));
}

#[test]
fn reports_that_have_not_come_are_blank_under_days() {
    let found = sheet(&[
        TITLE,
        &["LAPORAN YANG DITERIMA TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "5/2/2023", "belum kirim", "belum"],
        &["=2", "Klinik Alvi", "-", "4 Maret 2023", "tidak ada"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: laporan 2023-01 2023-02-05", "Klinik Alvi: laporan 2023-02 2023-03-04"]);
    assert_eq!(found.issues, [""; 0]);
}

#[test]
fn a_score_in_words_is_written_as_a_figure_or_left_out() {
    let visits = |score: &str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN MEI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Petugas", "Nilai"],
            &["=1", "2 Mei 2023", "Apotek Alvi", "Ani", score],
            &["=2", "3 Mei 2023", "Klinik Alvi", "Ani", "=80"],
        ])
    };
    let asked = visits("Baik");
    assert_eq!(asked.facts, ["Klinik Alvi: pembinaan 2023-05-03  80/100"]);
    assert!(sentence(&asked).contains("tulis angkanya, atau kosongkan bila tidak dinilai"), "{:?}", asked.receipt);
    assert_eq!(visits("=85").facts[0], "Apotek Alvi: pembinaan 2023-05-02  85/100");
    assert_eq!(visits("").facts[0], "Apotek Alvi: pembinaan 2023-05-02  -/-");
}

#[test]
fn a_form_without_its_day_gets_one() {
    let form = |day: &'static [&'static str]| {
        sheet(&[TITLE, &["FORM PEMBINAAN"], &["Nama Faskes : Apotek Alvi"], day, &["Pembina : Tim"], &["Skor : 80"]])
    };
    let asked = form(&[]);
    assert_eq!(asked.facts, [""; 0]);
    let sentence = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(sentence.contains("Tanggal : 12 Mei 2023 di baris sendiri"), "{sentence}");
    assert_eq!(form(&["Tanggal : 12 Mei 2023"]).facts, ["Apotek Alvi: pembinaan 2023-05-12  80/100"]);
}

#[test]
fn a_checklist_whose_points_are_unclear_gets_its_score() {
    let list = |score: &'static [&'static str], sum: &'static str| {
        sheet(&[
            TITLE,
            &["DAFTAR TILIK"],
            &["Nama Faskes : Apotek Alvi"],
            &["Tanggal : 6 Mei 2023"],
            score,
            &["No", "Uraian", "Ya", "Tidak"],
            &["=1", "SIP", "√", ""],
            &["=2", "SOP", "√", ""],
            &["=3", "Papan nama", "", "√"],
            &["Jumlah", "", sum, "=1"],
        ])
    };
    let asked = list(&["Petugas : Tim"], "=3");
    assert_eq!(asked.facts, [""; 0]);
    let sentence = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(sentence.contains("tulis misalnya Skor : 17/20 di baris sendiri di bawah tanggal"), "{sentence}");
    assert_eq!(list(&["Skor : 17/20"], "=3").facts, ["Apotek Alvi: pembinaan 2023-05-06  17/20"]);
}

#[test]
fn items_of_facilities_across_get_their_days_and_scores() {
    let items: [&[&str]; 6] = [
        TITLE,
        &["REKAP DAFTAR TILIK PEMBINAAN BULAN MEI 2023"],
        &["No", "Item", "Apotek Alvi", "Klinik Alvi"],
        &["=1", "SIP", "=1", "=1"],
        &["=2", "SOP", "=0", "=1"],
        &["=3", "Papan nama", "=1", "=1"],
    ];
    let asked = sheet(&items);
    assert_eq!(asked.facts, [""; 0]);
    let sentence = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(sentence.contains("tulis baris Tanggal dan baris Skor"), "{sentence}");
    let (head, rest) = items.split_at(3);
    let more: [&[&str]; 2] = [&["", "Tanggal", "6 Mei 2023", "8 Mei 2023"], &["", "Skor", "2/3", "3/3"]];
    let obeyed = sheet(&[head, &more, rest].concat());
    let expected = ["Apotek Alvi: pembinaan 2023-05-06  2/3", "Klinik Alvi: pembinaan 2023-05-08  3/3"];
    assert_eq!(obeyed.facts, expected, "{:?}", obeyed.receipt);
}

#[test]
fn one_denominator_for_names_across_is_written_for_each() {
    let asked = sheet(&[
        TITLE,
        &["CAPAIAN INDIKATOR BULAN MEI 2023"],
        &["No", "Indikator", "Sasaran", "Apotek Alvi", "Klinik Alvi"],
        &["=1", "K6", "=90", "=3", "=4"],
        &["=2", "HT", "=130", "=5", "=6"],
    ]);
    assert_eq!(asked.facts, [""; 0]);
    let sentence = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(sentence.contains("tulis dua kolom Sasaran dan Capaian"), "{sentence}");
    let obeyed = sheet(&[
        TITLE,
        &["CAPAIAN INDIKATOR BULAN MEI 2023"],
        &["No", "Indikator", "Apotek Alvi", "", "Klinik Alvi", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "K6", "=40", "=3", "=50", "=4"],
    ]);
    assert_eq!(obeyed.facts, ["Apotek Alvi: K6 2023-05 3/40", "Klinik Alvi: K6 2023-05 4/50"]);
}

#[test]
fn an_unsigned_list_gets_its_ticks_and_its_day() {
    let list = |day: &'static [&'static str], marks: [&'static str; 2]| {
        sheet(&[
            TITLE,
            &["DAFTAR HADIR LOKMIN"],
            day,
            &["No", "Nama Jaringan/Jejaring", "Nama Peserta", "Tanda Tangan"],
            &["=1", "Apotek Alvi", "A", marks[0]],
            &["=2", "Klinik Alvi", "B", marks[1]],
        ])
    };
    let day: &[&str] = &["Tanggal : 12 Mei 2023"];
    let unsigned = list(day, ["1. ....", "2. ...."]);
    assert_eq!(unsigned.facts, [""; 0]);
    assert!(unsigned.receipt.error.as_ref().unwrap().to_string().contains("isi √ di kolom Tanda Tangan"));
    let undated = list(&[], ["√", "-"]);
    assert_eq!(undated.facts, [""; 0]);
    assert!(undated.receipt.error.as_ref().unwrap().to_string().contains("tulis misalnya Tanggal : 12 Mei 2023"));
    let obeyed = list(day, ["√", "-"]);
    assert_eq!(obeyed.facts, ["Apotek Alvi: lokmin 2023-05 hadir", "Klinik Alvi: lokmin 2023-05 tidak"]);
}

#[test]
fn figures_wait_for_the_list_of_their_indicators() {
    let figures = |sheet: &'static str, head: &[&str]| {
        let rows: &[&[&str]] = &[TITLE, &["CAPAIAN BULAN MEI 2023"], head, &["=1", "Apotek Alvi", "=20", "=10"]];
        file("capaian.xlsx", &[page(sheet, rows)])
    };
    let services = file(
        "indikator.xlsx",
        &[page(
            "Indikator",
            &[
                TITLE,
                &["INDIKATOR LAYANAN TAHUN 2023"],
                &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
                &["K6", "Cakupan K6 ibu hamil", "=100", "=1", "Naik", "Jumlah"],
            ],
        )],
    );
    let register = file(
        "daftar.xlsx",
        &[page(
            "Daftar",
            &[
                TITLE,
                &["DAFTAR IDENTIFIKASI TAHUN 2023"],
                &["Nama Faskes", "Jenis", "Kelompok"],
                &["Apotek Alvi", "Apotek", "Jejaring"],
            ],
        )],
    );
    // By its heading, and by the name of its sheet.
    for (sheet, head) in
        [("Mei", ["No", "Nama Faskes", "Sasaran", "K6"]), ("K6", ["No", "Nama Faskes", "Sasaran", "Capaian"])]
    {
        let store = simpul::store::Store::in_memory().unwrap();
        let import = |upload: &simpul::app::import::Upload| {
            let upload = simpul::app::import::Upload { name: upload.name.clone(), bytes: upload.bytes.clone() };
            crate::import::run(&store, &[upload]).remove(0)
        };
        import(&register);
        let asked = import(&figures(sheet, &head));
        let said = asked.issues.iter().find(|issue| issue.severity == "error").unwrap();
        assert!(said.message.contains("impor daftar itu, lalu impor lagi berkas ini"), "{}", said.message);
        import(&services);
        let obeyed = import(&figures(sheet, &head));
        assert!(obeyed.issues.iter().all(|issue| issue.severity == "warning"), "{obeyed:?}");
        assert_eq!(super::lines(&store), ["Apotek Alvi: K6 2023-05 10/20"], "{sheet}");
    }
}

#[test]
fn a_form_keeps_one_score() {
    let form = |scores: &[&'static [&'static str]]| {
        let head: [&[&str]; 4] =
            [TITLE, &["FORM PEMBINAAN"], &["Nama Faskes : Apotek Alvi"], &["Tanggal : 12 Mei 2023"]];
        sheet(&[&head[..], scores, &[&["Pembina : Tim"]]].concat())
    };
    let asked = form(&[&["Skor : 80"], &["Nilai : 70"]]);
    assert_eq!(asked.facts, [""; 0], "{:?}", asked.receipt);
    let sentence = asked.receipt.error.as_ref().unwrap().to_string();
    assert!(sentence.contains("sisakan satu baris"), "{sentence}");
    assert_eq!(form(&[&["Skor : 80"]]).facts, ["Apotek Alvi: pembinaan 2023-05-12  80/100"]);
}
