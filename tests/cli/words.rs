//! `words`: what can be said of a recap is asked, said, listed, handed on as a file, and taken back.

use std::fs;

use serde_json::Value;

use crate::support::Simpul;

const REGISTER: &str = "\"UPT PUSKESMAS ABCDE\"\nDAFTAR IDENTIFIKASI\nTAHUN 2023\n\
    No,Nama Jaringan/Jejaring,Jenis,Kelompok\n1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Wahyu,Klinik,Jejaring\n";

fn attendance(year: &str) -> String {
    format!(
        "\"UPT PUSKESMAS ABCDE\"\nDAFTAR HADIR LOKMIN TAHUN {year}\nNo,Nama Jaringan/Jejaring,Jan,Feb,Mar\n\
         1,Apotek Alvi,√,√,\n2,Klinik Wahyu,√,,\n"
    )
}

fn folder(puskesmas: &str) -> Simpul {
    let simpul = Simpul::new();
    let named = |text: &str| text.replace("ABCDE", puskesmas);
    for (name, text) in
        [("daftar.csv", REGISTER.to_owned()), ("hadir.csv", attendance("2023")), ("lain.csv", attendance("2024"))]
    {
        fs::write(simpul.data().join(name), named(&text)).unwrap();
    }
    simpul.import(&[simpul.data().join("daftar.csv")]);
    simpul
}

fn words(simpul: &Simpul, args: &[&str]) -> Value {
    let run = simpul.run(["words", "--format", "json"].iter().chain(args));
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn absent(simpul: &Simpul) -> usize {
    let run = simpul.run(["facts"].iter());
    run.stdout.lines().filter(|line| line.contains("\"lokmin\"") && line.contains("\"attended\":false")).count()
}

#[test]
fn what_is_said_of_a_form_goes_with_it() {
    let simpul = folder("ABCDE");
    let file = simpul.data().join("hadir.csv").display().to_string();
    let asked = words(&simpul, &["ask", &file]);
    let offer = &asked["asked"][0];
    assert_eq!((offer["about"].as_str(), offer["value"].as_str()), (Some("sel-kosong"), Some("tidak-diundang")));
    let sheet = offer["sheet"].as_str().unwrap().to_owned();
    let wrong = simpul.run(["words", "say", &file, &sheet, "sel-kosong = entah"].iter());
    assert!(wrong.status != 0 && wrong.stderr.contains("tidak-hadir atau tidak-diundang"), "{}", wrong.stderr);
    words(&simpul, &["say", &file, &sheet, "sel-kosong = tidak-hadir"]);
    simpul.import(&[simpul.data().join("hadir.csv"), simpul.data().join("lain.csv")]);
    assert_eq!(absent(&simpul), 2, "this year and the next");
    let list = words(&simpul, &["list"]);
    assert_eq!(list["words"][0]["word"], "tidak-hadir", "{list}");

    let other = folder("LAIN JAYA");
    let carried = other.data().join("bentuk.json").display().to_string();
    words(&simpul, &["export", &carried]);
    assert_eq!(words(&other, &["import", &carried])["new"], 1);
    assert_eq!(words(&other, &["import", &carried])["known"], 1);
    other.import(&[other.data().join("lain.csv")]);
    assert_eq!(absent(&other), 1);
    assert_eq!(words(&other, &["revoke", "1"])["revoked"], true);
    assert_eq!(words(&other, &["list"])["words"], Value::Array(Vec::new()));
}
