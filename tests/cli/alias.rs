//! `alias`: a misspelt name is offered with the nearest ones, remembered with who and when, applied to rows rejected
//! before, shown, and taken back.

use std::fs;

use serde_json::Value;

use crate::support::Simpul;

const REGISTER: &str = "\"UPT PUSKESMAS ABCDE\"\nDAFTAR IDENTIFIKASI\nTAHUN 2023\n\
    No,Nama Jaringan/Jejaring,Jenis,Kelompok\n1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Wahyu,Klinik,Jejaring\n";
const VISITS: &str = "\"UPT PUSKESMAS ABCDE\"\nBULAN : MEI 2023\n\
    No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina\n1,12/05/2023,Apotek Alwi,Supervisi,Ani\n2,13/05/2023,Klinik Wahyu,Supervisi,Ani\n";

fn folder() -> Simpul {
    let simpul = Simpul::new();
    for (name, text) in [("daftar.csv", REGISTER), ("rekap-2023-05.csv", VISITS)] {
        fs::write(simpul.data().join(name), text).unwrap();
    }
    let receipts = simpul.import(&["daftar.csv", "rekap-2023-05.csv"].map(|name| simpul.data().join(name)));
    let issue = &receipts["files"][1]["issues"][0];
    assert_eq!((issue["cell"].as_str(), issue["code"].as_str()), (Some("C4"), Some("unknown_facility")), "{receipts}");
    simpul
}

fn json(simpul: &Simpul, args: &[&str]) -> Value {
    let run = simpul.run(["alias", "--format", "json"].iter().chain(args));
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn a_name_is_asked_remembered_applied_shown_and_taken_back() {
    let simpul = folder();
    let open = json(&simpul, &["list"]);
    assert_eq!(open["aliases"], Value::Array(Vec::new()));
    let asked = &open["open"][0];
    assert_eq!((asked["written"].as_str(), asked["cells"].as_u64()), (Some("Apotek Alwi"), Some(1)), "{open}");
    assert_eq!(asked["nearest"][0], "Apotek Alvi", "{open}");
    assert_eq!(simpul.evaluate("2023-05", "2023-05-31")["facilities"][0]["unscheduled"], serde_json::json!([]));

    let said = json(&simpul, &["add", "Apotek Alwi = Apotek Alvi"]);
    assert_eq!(said["reread"], serde_json::json!(["rekap-2023-05.csv"]));
    let visits = &simpul.evaluate("2023-05", "2023-05-31")["facilities"][0]["unscheduled"];
    assert_eq!(*visits, serde_json::json!(["2023-05-12"]), "the row that waited for it counts");

    let known = json(&simpul, &["list"]);
    let alias = &known["aliases"][0];
    assert_eq!((alias["written"].as_str(), alias["facility"].as_str()), (Some("Apotek Alwi"), Some("Apotek Alvi")));
    assert!(!alias["who"].as_str().unwrap().is_empty() && alias["at"].as_str().unwrap().starts_with("20"), "{alias}");
    assert_eq!(known["open"], Value::Array(Vec::new()));

    json(&simpul, &["revoke", "apotek", "alwi"]);
    let after = json(&simpul, &["list"]);
    assert_eq!(after["aliases"], Value::Array(Vec::new()));
    assert_eq!(after["revoked"][0]["written"], "Apotek Alwi");
    assert!(!after["revoked"][0]["revoked_by"].as_str().unwrap().is_empty());
}

#[test]
fn what_cannot_be_remembered_says_why_and_creates_nobody() {
    let simpul = folder();
    for (args, told) in [
        (["alias", "add", "Apotek Alwi = Apotek Baru"].as_slice(), "belum ada di Daftar Identifikasi"),
        (&["alias", "add", "Klinik Wahyu = Apotek Alvi"], "sudah terdaftar"),
        (&["alias", "add", "Apotek Alwi"], "tanda ="),
        (&["alias", "add", " = Apotek Alvi"], "harus diisi"),
        (&["alias", "revoke", "Apotek Alwi"], "tidak ada di antara padanan nama"),
    ] {
        let run = simpul.run(args);
        assert!(run.status == 1 && run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
    let names: Vec<Value> = simpul.evaluate("2023-05", "2023-05-31")["facilities"].as_array().unwrap().clone();
    assert_eq!(names.len(), 2, "nobody was created");
}
