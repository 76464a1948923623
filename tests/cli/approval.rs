//! `approval`: from handing in to unlocking at the command line, and what `evaluate` and `import` say meanwhile.

use crate::support::{Run, Simpul, cases, workbooks};

const VISITS: &str = "UPT PUSKESMAS ABCDE\nBULAN : MEI 2023\n\
    No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n";

fn fails(run: &Run, words: &str) {
    assert!(run.status != 0 && run.stderr.contains(words), "{run:?}");
}

#[test]
fn a_period_goes_its_way() {
    let simpul = Simpul::new();
    let case = cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    simpul.import(&workbooks(&case));
    let list = simpul.run(["approval", "list"]);
    assert!(list.status == 0 && list.stderr.contains("belum ada periode yang diajukan"), "{list:?}");
    fails(&simpul.run(["approval", "approve", "2023-C2", "--name", "dr. Ani"]), "jadi tidak dapat disetujui");
    fails(&simpul.run(["approval", "submit", "2023-C2"]), "--name");
    for step in [["submit", "Rina"], ["approve", "dr. Ani"]] {
        let run = simpul.run(["approval", step[0], "2023-C2", "--name", step[1]]);
        assert_eq!(run.status, 0, "{run:?}");
    }
    let before = simpul.evaluate("2023-C2", "2023-08-31");

    let file = simpul.data().join("tambahan.csv");
    let name = before["facilities"][0]["name"].as_str().unwrap();
    std::fs::write(&file, format!("{VISITS}1,29 Mei 2023,{name},Supervisi,Ani,1,100\n")).unwrap();
    let run = simpul.run(["import", file.to_str().unwrap()]);
    assert!(run.status == 0 && run.stderr.contains("perubahan tertunda"), "{run:?}");
    assert_eq!(simpul.evaluate("2023-C2", "2023-08-31"), before);
    let run = simpul.run(["evaluate", "2023-C2", "--as-of", "2023-08-31", "--format", "json", "--latest"]);
    let latest: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_ne!(latest, before);
    assert!(run.stderr.contains("oleh dr. Ani (Kepala Puskesmas)") && run.stderr.contains("Perubahan tertunda"));

    let list = simpul.run(["approval", "list"]).stdout;
    assert!(list.contains("perubahan tertunda: ") && list.contains("tambahan.csv") && list.contains(name), "{list}");
    let run = simpul.run(["approval", "list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&json["periods"][0]["state"], &json["periods"][0]["pending"]["left"]),
        (&"approved".into(), &false.into())
    );
    assert_eq!(simpul.run(["check"]).status, 0);

    assert_eq!(simpul.run(["approval", "leave", "2023-C2", "--name", "dr. Ani"]).status, 0);
    assert_eq!(simpul.run(["approval", "verify", "2023-C2", "--name", "Tim TPCB"]).status, 0);
    fails(&simpul.run(["approval", "unlock", "2023-C2", "--name", "dr. Ani"]), "tulis alasannya");
    let run = simpul.run(["approval", "return", "2023-C2", "--name", "Tim TPCB", "--reason", "tambah Mei"]);
    assert!(run.status == 0 && run.stderr.contains("Dikembalikan untuk perbaikan"), "{run:?}");
    assert_eq!(simpul.evaluate("2023-C2", "2023-08-31"), latest);
}
