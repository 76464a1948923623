//! `audit`: the chain walked with an exit status, rows in lines and as files.

use std::fs;

use rusqlite::Connection;

use crate::support::Simpul;

const REGISTER: &str = "\"UPT PUSKESMAS ABCDE\"\nDAFTAR IDENTIFIKASI\nTAHUN 2023\n\
    No,Nama Jaringan/Jejaring,Jenis,Kelompok\n1,Apotek Alvi,Apotek,Jejaring\n";

fn folder() -> Simpul {
    let simpul = Simpul::new();
    fs::write(simpul.data().join("daftar.csv"), REGISTER).unwrap();
    simpul.import(&[simpul.data().join("daftar.csv")]);
    assert_eq!(simpul.run(["settings", "author", "dr. Ani"]).status, 0);
    simpul
}

#[test]
fn the_chain_is_verified_with_an_exit_status() {
    let simpul = folder();
    let run = simpul.run(["audit", "verify"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Jejak audit utuh: 2 baris"), "{}", run.stdout);
    let hash = run.stdout.split("Hash baris terakhir: ").nth(1).unwrap().trim().to_owned();
    assert_eq!(simpul.run(["audit", "verify", "--expect", &hash.to_uppercase()]).status, 0);
    assert_eq!(simpul.run(["audit", "verify", "--expect", "abc"]).status, 1);
    let raw = Connection::open(simpul.data().join("simpul.db")).unwrap();
    raw.execute_batch("DROP TRIGGER audit_is_never_changed; UPDATE audit SET account = 'x' WHERE seq = 2").unwrap();
    let run = simpul.run(["audit", "verify"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("JEJAK AUDIT TIDAK UTUH: isi baris 2 ("), "{}", run.stderr);
    let check = simpul.run(["check"]);
    assert!(check.status == 1 && check.stdout.contains("JEJAK AUDIT TIDAK UTUH"), "{}", check.stdout);
}

#[test]
fn rows_are_listed_and_exported() {
    let simpul = folder();
    let list = simpul.run(["audit", "list"]).stdout;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 2, "{list}");
    assert!(lines[0].starts_with("2 ") && lines[0].contains("Nama penulis disimpan"), "{list}");
    assert!(lines[1].contains("[UPT PUSKESMAS ABCDE]: Impor diterima, impor 1: daftar.csv"), "{list}");
    let json = simpul.run(["audit", "list", "--action", "import.accept", "--format", "json"]).stdout;
    let row: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!((&row["number"], &row["action"]), (&1.into(), &"import.accept".into()));
    for name in ["jejak.csv", "jejak.json", "jejak.xlsx"] {
        let out = simpul.data().join(name);
        let run = simpul.run(["audit", "export", "--out", out.to_str().unwrap()]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(fs::metadata(out).unwrap().len() > 100, "{name}");
    }
    let refused = simpul.run(["audit", "export", "--out", "jejak.doc"]);
    assert!(refused.status == 1 && refused.stderr.contains(".csv, .xlsx, atau .json"), "{}", refused.stderr);
    let refused = simpul.run(["audit", "list", "--action", "hapus"]);
    assert!(refused.status == 2 && refused.stderr.contains("import.accept"), "{}", refused.stderr);
}
