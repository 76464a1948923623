//! *Pengelolaan jejaring*: agreements, steps, aspects and phases as they follow from a register, visits, follow-ups and the
//! three tables of the network; what nobody wrote is said and is no zero.

use axum::http::StatusCode;

use super::site::Site;
use crate::corpus::{file, page};

const OWNER: &[&str] = &["UPT PUSKESMAS UJI"];

fn site() -> Site {
    let register: &[&[&str]] = &[
        OWNER,
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Struktur Jejaring", "Alamat", "No. PKS", "PKS s.d."],
        &["=1", "Klinik Satu", "Klinik", "Jejaring", "Sistem Rujukan", "Jl. A", "1/PKS", "31/01/2024"],
        &["=2", "Apotek Dua", "Apotek", "Jejaring", "Sistem Rujukan", "Jl. B", "", ""],
        &["=3", "Bidan Tiga", "Bidan Praktik", "Jejaring", "", "Jl. C", "", ""],
        &["=4", "Posyandu Empat", "Posyandu", "Jejaring", "Wilayah Administratif", "Jl. D", "", ""],
        &["=5", "Pustu Lima", "Pustu", "Jaringan", "Wilayah Administratif", "Jl. E", "", ""],
    ];
    let visits: &[&[&str]] = &[
        OWNER,
        &["REKAP PEMBINAAN BULAN MEI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks", "Temuan"],
        &["=1", "2 Mei 2023", "Klinik Satu", "Supervisi", "=80", "=100", "APAR habis"],
    ];
    let follow_ups: &[&[&str]] = &[
        OWNER,
        &["RTL BULAN MEI 2023"],
        &[
            "No",
            "Tanggal Pembinaan",
            "Nama Faskes",
            "Rencana Tindak Lanjut",
            "Penanggung Jawab",
            "Target Selesai",
            "Tanggal Selesai",
        ],
        &["=1", "2 Mei 2023", "Klinik Satu", "Isi APAR", "Ani", "30 Juni 2023", "20 Juni 2023"],
    ];
    let agreements: &[&[&str]] = &[
        OWNER,
        &["PROSES PKS JEJARING TAHUN 2023"],
        &[
            "No",
            "Nama Jaringan/Jejaring",
            "Langkah PKS",
            "Tanggal Langkah",
            "Nomor PKS",
            "PKS s.d.",
            "Difasilitasi Dinas",
        ],
        &["=1", "Apotek Dua", "Ditandatangani", "1 Maret 2023", "2/PKS", "28 Februari 2026", "Ya"],
        &["=2", "Bidan Tiga", "Diminta", "5 Januari 2023", "", "", ""],
    ];
    let steps: &[&[&str]] = &[
        OWNER,
        &["LANGKAH PENGELOLAAN JEJARING TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Langkah Pengelolaan", "Tanggal Langkah"],
        &["=1", "Apotek Dua", "RTL disusun", "3 April 2023"],
    ];
    let scores: &[&[&str]] = &[
        OWNER,
        &["PENILAIAN INTEGRASI JEJARING TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Aspek Integrasi", "Nilai", "Nilai Maksimal"],
        &["=1", "Pustu Lima", "Kader", "=0", "=4"],
        &["=2", "Posyandu Empat", "Kader", "=3", "=4"],
        &["=3", "Posyandu Empat", "Kerja sama", "", "=4"],
        &["=4", "Klinik Satu", "Sumber daya", "=3", ""],
    ];
    let sheets = [
        page("Identifikasi", register),
        page("Pembinaan", visits),
        page("RTL", follow_ups),
        page("Proses PKS", agreements),
        page("Langkah Jejaring", steps),
        page("Penilaian Integrasi", scores),
    ];
    Site::with(&[file("jejaring.xlsx", &sheets)])
}

/// The text between two marks of a page.
fn between<'p>(text: &'p str, from: &str, to: &str) -> &'p str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(part, _)| part)
}

#[tokio::test]
async fn agreements_stand_by_urgency_and_none_is_expected_of_the_own_outposts() {
    let site = site();
    let answer = site.get("/jejaring?periode=2023").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let text = answer.text();
    assert!(text.contains("PKS 2 dari 4 jejaring berlaku; 1 segera berakhir, 1 diminta, 1 belum diketahui."), "{text}");
    assert!(text.contains("1 jaringan tidak ditampilkan"));
    let agreements = between(&text, "id=\"pks\"", "</section>");
    let place = |name: &str| agreements.find(name).unwrap_or_else(|| panic!("{name}: {agreements}"));
    assert!(place("Klinik Satu") < place("Posyandu Empat") && place("Posyandu Empat") < place("Bidan Tiga"));
    assert!(place("Bidan Tiga") < place("Apotek Dua") && !agreements.contains("Pustu Lima"));
    for words in ["berakhir 31 Januari 2024", "berlaku s.d. 28 Februari 2026", "difasilitasi Dinas Kesehatan", "2/PKS"]
    {
        assert!(agreements.contains(words), "{words}: {agreements}");
    }
    let evidence = site.get("/bukti?periode=2023").await.text();
    assert!(evidence.contains("PKS 2 dari 4 jejaring berlaku"), "{evidence}");
    let overview = site.get("/?periode=2023-C3").await.text();
    assert!(overview.contains("1 PKS jejaring berakhir atau segera berakhir"), "{overview}");
}

#[tokio::test]
async fn steps_follow_from_facts_each_with_its_source() {
    let site = site();
    let text = site.get("/jejaring?periode=2023").await.text();
    let steps = between(&text, "id=\"langkah\"", "</section>");
    let row = |name: &str| {
        let from = steps.find(name).unwrap_or_else(|| panic!("{name}: {steps}"));
        steps[from..].split("</tr>").next().unwrap().to_owned()
    };
    let clinic = row("Klinik Satu");
    for words in [
        "PKS di Daftar Identifikasi",
        "temuan pembinaan",
        "RTL pembinaan",
        "20 Juni 2023",
        "1 RTL selesai",
        "skor daftar tilik",
    ] {
        assert!(clinic.contains(words), "{words}: {clinic}");
    }
    let pharmacy = row("Apotek Dua");
    for words in ["1 Maret 2023", "Proses PKS", "3 April 2023", "Langkah Jejaring", "Belum tercatat"] {
        assert!(pharmacy.contains(words), "{words}: {pharmacy}");
    }
    assert!(row("Pustu Lima").contains("Tidak berlaku") && row("Posyandu Empat").contains("Belum tercatat"));
    let sums = between(steps, "<tfoot>", "</tfoot>");
    assert!(sums.contains("2 dari 4") && sums.contains("1 dari 5") && sums.contains("2 dari 5"), "{sums}");
    // Before the visit only the agreement of March is known.
    let early = site.get("/jejaring?periode=2023&per=2023-04-01").await.text();
    let early = between(&early, "id=\"langkah\"", "</section>");
    assert!(!early.contains("temuan pembinaan") && early.contains("Proses PKS"), "{early}");
}

#[tokio::test]
async fn aspects_are_pooled_and_phases_say_what_is_missing() {
    let site = site();
    let text = site.get("/jejaring?periode=2023").await.text();
    let assessed = text.split("id=\"integrasi\"").nth(1).unwrap();
    for words in [
        "3 dari 5 faskes dinilai; paling rendah kader (37,5 %)",
        "3 dari 8 nilai; 2 dari 5 faskes dinilai",
        "tidak dapat dihitung",
        "1 tanpa nilai maksimal, tidak ikut dihitung",
        "belum dinilai",
        "0,0 % (0/4)",
        "<svg",
    ] {
        assert!(assessed.contains(words), "{words}: {assessed}");
    }
    for words in [
        "P1 · Perencanaan",
        "P2 · Penggerakan",
        "P3 · Pengawasan",
        "KAK program pembinaan",
        "Belum ada",
        "1 dari 5 faskes tercatat",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let none = site.get("/jejaring?periode=2022").await.text();
    assert!(none.contains("Integrasi tahun 2022 belum dinilai"), "{none}");
}

#[tokio::test]
async fn the_contract_says_the_same() {
    let site = site();
    let told = site.get("/api/v1/network?periode=2023").await.json();
    let of = |list: &str, name: &str| -> serde_json::Value {
        let rows = told[list].as_array().unwrap().iter();
        rows.clone().find(|row| row["facility"] == name || row["aspect"] == name).cloned().unwrap_or_default()
    };
    assert_eq!((told["year"].as_i64(), told["exempt"].as_u64()), (Some(2023), Some(1)));
    let clinic = of("agreements", "Klinik Satu");
    assert_eq!((clinic["state"].as_str(), clinic["until"].as_str()), (Some("ends_soon"), Some("2024-01-31")));
    let pharmacy = of("agreements", "Apotek Dua");
    assert_eq!((pharmacy["state"].as_str(), pharmacy["facilitated"].as_bool()), (Some("in_force"), Some(true)));
    assert_eq!(of("agreements", "Posyandu Empat")["state"], "unknown", "nothing recorded is not none");
    let steps = of("facilities", "Pustu Lima");
    assert_eq!(steps["steps"][0]["state"], "not_applicable");
    let steps = of("facilities", "Apotek Dua");
    assert_eq!(
        (steps["steps"][2]["state"].as_str(), steps["steps"][2]["when"].as_str()),
        (Some("done"), Some("3 April 2023"))
    );
    assert_eq!(steps["steps"][1]["state"], "not_recorded");
    let aspect = of("integration", "Kader");
    assert_eq!(
        (aspect["points"].as_u64(), aspect["maximum"].as_u64(), aspect["percent"].as_f64()),
        (Some(3), Some(8), Some(37.5))
    );
    let aspect = of("integration", "Sumber daya");
    assert!(aspect["percent"].is_null() && aspect["without_percentage"] == 1, "{aspect}");
}

#[tokio::test]
async fn the_paper_is_made_in_every_format() {
    let site = site();
    for ending in ["pdf", "docx", "xlsx"] {
        let paper = site.get(&format!("/laporan/jejaring.{ending}?periode=2023")).await;
        assert_eq!(paper.status, StatusCode::OK, "{ending}: {}", paper.text());
    }
    let template = site.get("/templat/jejaring?tahun=2023").await;
    assert_eq!(template.status, StatusCode::OK);
}
