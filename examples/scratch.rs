//! scratch
use simpul::diagnostic::*;
use simpul::marked::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&args[1]).unwrap();
    let issues: Vec<Issue> = args[3..]
        .iter()
        .map(|a| {
            let mut p = a.splitn(4, '|');
            Issue {
                sheet: p.next().unwrap().into(),
                cell: p.next().unwrap().into(),
                severity: if p.next().unwrap() == "e" { Severity::Error } else { Severity::Warning },
                code: IssueCode::InvalidDate,
                message: p.next().unwrap().into(),
            }
        })
        .collect();
    let notes = Notes { file_name: "rekap <b>.xlsx".into(), imported: "22 November 2026 09.15, oleh Siti".into() };
    let t = std::time::Instant::now();
    match mark(&bytes, &issues, &notes) {
        Ok(m) => {
            eprintln!("{:?}", t.elapsed());
            let again = mark(&m, &issues, &notes).unwrap();
            println!("idempotent {}", again == m);
            std::fs::write(&args[2], m).unwrap();
        }
        Err(e) => {
            println!("ERR {e}");
            std::fs::write(&args[2], list_workbook(&issues, &notes).unwrap()).unwrap();
        }
    }
}
