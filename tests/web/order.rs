//! Pages list facilities in the order of the register, and show persons and reasons of the plan.

use simpul::app::import::Upload;

use super::intake::{accept_all, draft, workbook};
use super::site::Site;

const BANNER: &str = "UPT PUSKESMAS ABCDE";

fn files() -> [Upload; 3] {
    let register: [&[&str]; 6] = [
        &[BANNER],
        &["TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Struktur Jejaring", "Alamat"],
        &["1", "Pustu Mekar", "Pustu", "Jaringan", "", "Jl. A"],
        &["2", "Klinik Bina", "Klinik", "Jejaring", "", "Jl. B"],
        &["3", "Apotek Alvi", "Apotek", "Jejaring", "", "Jl. C"],
    ];
    let plan: [&[&str]; 6] = [
        &[BANNER],
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jan", "Feb", "Mar", "Apr", "Mei", "Penanggung Jawab"],
        &["1", "Apotek Alvi", "", "", "", "", "X", "Ani Lestari"],
        &["2", "Klinik Bina", "", "", "", "", "X", "-"],
        &["3", "Pustu Mekar", "", "", "", "", "X", ""],
    ];
    let changes: [&[&str]; 4] = [
        &[BANNER],
        &["PERUBAHAN JADWAL TAHUN 2023"],
        &["No", "Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket."],
        &["1", "Apotek Alvi", "Mei 2023", "Juni 2023", "Permintaan apotek"],
    ];
    [
        workbook("daftar.xlsx", "Identifikasi", &register),
        workbook("jadwal.xlsx", "Jadwal", &plan),
        workbook("perubahan.xlsx", "Perubahan", &changes),
    ]
}

/// The names in the order in which they first stand in a part of a page.
fn order(part: &str) -> Vec<&'static str> {
    let names = ["Apotek Alvi", "Klinik Bina", "Pustu Mekar"];
    let mut found: Vec<(usize, &str)> = names.into_iter().filter_map(|name| Some((part.find(name)?, name))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

#[tokio::test]
async fn pages_list_facilities_in_the_order_of_the_register() {
    let site = Site::with(&files());
    let register = ["Pustu Mekar", "Klinik Bina", "Apotek Alvi"];
    let list = site.get("/faskes?periode=2023").await.text();
    assert_eq!(order(list.split("<tbody>").nth(1).unwrap()), register);
    let evaluation = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    assert_eq!(order(evaluation.split("<tbody>").nth(1).unwrap()), register);
    let form = site.get("/catatan/evaluasi?periode=2023-C2").await.text();
    assert_eq!(order(form.split("<option").skip(1).collect::<Vec<_>>().join("").as_str()), register, "{form}");
}

#[tokio::test]
async fn a_facilitys_page_names_the_person_and_the_form_the_reason() {
    let site = Site::with(&files());
    let page = site.get("/faskes/Apotek%20Alvi?periode=2023-C2").await.text();
    let slots = page.split("Jadwal dan kunjungan").last().unwrap();
    assert!(slots.contains("Penanggung jawab") && slots.contains("Ani Lestari"), "{page}");
    let evaluation = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    let form = evaluation.split("Formulir perubahan jadwal").last().unwrap();
    let row = form.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let place = |words: &str| row.find(words).unwrap_or_else(|| unreachable!("{words}: {row}"));
    assert!(place("Permintaan apotek") < place("Belum lapor"), "the reason stands before the state");
}

#[tokio::test]
async fn accreditation_counts_the_planned_visits_with_a_person() {
    let site = Site::with(&files());
    let page = site.get("/bukti?periode=2023-C2").await.text();
    assert!(page.contains("3 jadwal pada periode ini, 1 dengan penanggung jawab"), "{page}");
}

#[tokio::test]
async fn a_preview_shows_persons_and_reasons_that_are_new_or_changed() {
    let site = Site::empty();
    let [register, plan, changes] = files();
    accept_all(&site, &[register]).await;
    let address = draft(&site, &[plan, changes]).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("Ani Lestari") && page.contains("Permintaan apotek"), "{page}");
}
