//! Filled checklists on pages: a visit's two scores beside each other, and items as findings.

use simpul::app::import::Upload;

use super::site::Site;

pub const REGISTER: &str = "UPT PUSKESMAS UJI\nTAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis,Kelompok\n\
    1,Apotek Alvi,Apotek,Jejaring\n2,Pustu Melati,Pustu,Jaringan\n";
const RECAP: &str = "UPT PUSKESMAS UJI\nBULAN : JUNI 2023\n\
    No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n\
    1,3/6/2023,Apotek Alvi,Supervisi,Ani,18,20\n";

pub fn file(name: &str, text: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// A filled sheet of the shipped instrument for pharmacies.
fn sheet(date: &str, rows: &str) -> String {
    format!(
        "UPT PUSKESMAS UJI\nDAFTAR TILIK APOTEK\nNama Faskes : Apotek Alvi\nTanggal : {date}\n\
         No,Uraian,Ya,Tidak,TB,Ket\n{rows}"
    )
}

pub fn june() -> String {
    sheet(
        "3 Juni 2023",
        "1,Papan nama apotek dan nama apoteker terpasang,,v,,belum dicat\n\
         2,SIA ditempel dan masih berlaku,v,,,\n\
         3,Laporan obat tertentu dikirim tepat waktu,,,,\n\
         4,Obat keras diserahkan hanya dengan resep,,v,,\n",
    )
}

#[tokio::test]
async fn the_other_score_stands_beside_the_one_that_counts() {
    let site = Site::with(&[file("daftar.csv", REGISTER), file("rekap.csv", RECAP), file("tilik.csv", &june())]);
    let origin = site.get("/asal-angka?periode=2023-C2&angka=DTK&faskes=Apotek%20Alvi").await.text();
    assert!(
        origin.contains("menurut item 2 dari 5 (1 item belum dijawab); yang dipakai skor rekap 18 dari 20"),
        "{origin}"
    );
    let page = site.get("/faskes/Apotek%20Alvi?periode=2023-C2").await.dense();
    for words in ["18 dari 20", "2 dari 5", "Berbeda: yang dipakai skor rekap"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Without a score in the recap the items' counts, and nothing differs.
    let recap = RECAP.replace("18,20", ",");
    let site = Site::with(&[file("daftar.csv", REGISTER), file("rekap.csv", &recap), file("tilik.csv", &june())]);
    let origin = site.get("/asal-angka?periode=2023-C2&angka=DTK&faskes=Apotek%20Alvi").await.text();
    assert!(origin.contains("skor daftar tilik, sesuai itemnya (1 item belum dijawab)"), "{origin}");
    let page = site.get("/faskes/Apotek%20Alvi?periode=2023-C2").await.dense();
    assert!(page.contains("Belum semua dijawab") && !page.contains("Berbeda: yang dipakai"), "{page}");
}

#[tokio::test]
async fn items_that_are_not_met_are_findings_critical_ones_first() {
    let later = sheet(
        "4 Juli 2023",
        "1,Papan nama apotek dan nama apoteker terpasang,v,,,\n\
         2,SIA ditempel dan masih berlaku,v,,,\n\
         4,Obat keras diserahkan hanya dengan resep,,,,\n",
    );
    let site = Site::with(&[file("daftar.csv", REGISTER), file("tilik.csv", &june())]);
    let page = site.get("/faskes/Apotek%20Alvi?periode=2023-C2").await.text();
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(page.contains("2 belum terpenuhi (1 kritis), 1 belum dijawab, dari 4 item"), "{page}");
    assert!(place("Obat keras diserahkan") < place("Papan nama apotek dan"));
    assert!(place("Papan nama apotek dan") < place("Laporan obat tertentu"));
    assert!(page.contains("Belum terpenuhi (0 dari 2)") && page.contains("belum dicat"), "{page}");
    // Met later it is no finding any more; one that the later sheet leaves blank still is.
    let site = Site::with(&[file("daftar.csv", REGISTER), file("a.csv", &june()), file("b.csv", &later)]);
    let page = site.get("/faskes/Apotek%20Alvi?periode=2023-C2").await.text();
    assert!(page.contains("1 belum terpenuhi (1 kritis), 1 belum dijawab, dari 4 item"), "{page}");
    assert!(page.contains("Obat keras diserahkan") && !page.contains("Papan nama apotek dan"), "{page}");
    // Another facility has none.
    let page = site.get("/faskes/Pustu%20Melati?periode=2023-C2").await.text();
    assert!(page.contains("Belum ada daftar tilik per item yang diterima"), "{page}");
}
