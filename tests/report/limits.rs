//! Sixty facilities, long names, hostile text, nothing reported: every paper is made and stays on its pages.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;

use super::read_back::{checked_pages, docx_xml, paper, pdf_lines, words_outside};
use crate::support::Simpul;

/// Every kind with a period that it is made for.
const KINDS: [(&str, &str); 8] = [
    ("evaluasi", "2023-C2"),
    ("pelaksanaan", "2023-C2"),
    ("identifikasi", "2023"),
    ("jadwal", "2023"),
    ("lokmin", "2023-08"),
    ("notulen", "2023-08"),
    ("tpcb", "2023-Q2"),
    ("tpcb-cluster", "2023-C2"),
];

const HOSTILE: [&str; 4] = [
    "#let x = 1; *tebal* _miring_ $x^2$ @nama <label> [kurung] \\ `kode`",
    "</w:t></w:r><script>alert(1)</script> & \"kutip\" 'satu'",
    "ApotekSehatSentosaAbadiJayaMakmurSejahteraBersamaKeluargaBesarNusantaraTanpaSpasiSamaSekaliSampaiPanjang",
    "=HYPERLINK(\"http://example.org\";\"klik\") 東京 🏥",
];

/// A register of sixty facilities with long and hostile names.
fn register(simpul: &Simpul) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING").unwrap();
    sheet.write(1, 0, "UPT PUSKESMAS BESAR").unwrap();
    sheet.write(2, 0, "TAHUN 2023").unwrap();
    let heads =
        ["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Struktur Jejaring", "Alamat", "Penanggung Jawab"];
    for (column, head) in (0_u16..).zip(heads) {
        sheet.write(4, column, head).unwrap();
    }
    for place in 0..60_u32 {
        let name = match HOSTILE.get(place as usize) {
            Some(hostile) => (*hostile).to_owned(),
            None => format!("Praktik Mandiri Bidan Sejahtera Nomor {place} Kelurahan Sidorejo Lor Barat Daya"),
        };
        sheet.write(5 + place, 0, place + 1).unwrap();
        for (column, text) in
            (1_u16..).zip([&name, "Bidan Praktik", "Jejaring", "Sistem Rujukan", HOSTILE[0], HOSTILE[1]])
        {
            sheet.write(5 + place, column, text).unwrap();
        }
    }
    let path = simpul.data().join("01-identifikasi.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn nothing_leaves_its_page_with_sixty_hostile_names_and_no_recap() {
    let simpul = Simpul::new();
    let receipt = simpul.import(&[register(&simpul)]);
    assert_eq!(receipt["files"][0]["sheets"][0]["accepted"], 60, "{receipt}");
    for (kind, period) in KINDS {
        let pdf = paper(&simpul, kind, period, "pdf");
        assert!(checked_pages(&pdf) >= 1, "{kind}");
        assert_eq!(words_outside(&pdf), Vec::<String>::new(), "{kind}");
    }
    for kind in ["evaluasi", "pelaksanaan", "identifikasi", "jadwal", "tpcb"] {
        let text = pdf_lines(&simpul.data().join(format!("{kind}.pdf"))).join("\n");
        let signed = text.split('\u{c}').find(|page| page.contains("Mengetahui")).unwrap();
        let (above, _) = signed.split_once("Mengetahui").unwrap();
        // Place and date stand above the signatures; what is signed, above these.
        let lines = above.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines > 1, "{kind}: a page with signatures alone: {signed}");
    }
    let lines = pdf_lines(&simpul.data().join("identifikasi.pdf")).join(" ");
    for word in ["*tebal*", "_miring_", "@nama", "<script>", "alert(1)"] {
        assert!(lines.contains(word), "{word} is not printed as it stands");
    }
    let xml = docx_xml(&paper(&simpul, "identifikasi", "2023", "docx"));
    assert!(xml.contains("&lt;script&gt;alert(1)"), "markup of a name stays text");
    paper(&simpul, "identifikasi", "2023", "xlsx");
}

#[test]
fn every_kind_can_be_had_in_every_format() {
    let simpul = Simpul::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = ["01-identifikasi.xlsx", "02-jadwal.xlsx", "rekap-2023-07.xlsx", "rekap-2023-08.xlsx"];
    simpul.import(&files.map(|file| sample.join(file)));
    for (kind, period) in KINDS {
        for ending in ["docx", "xlsx"] {
            let path = paper(&simpul, kind, period, ending);
            if ending == "docx" {
                assert!(docx_xml(&path).contains("w:val=\"Heading1\""), "{kind}");
            }
        }
    }
}

#[test]
fn the_bundle_holds_its_index_and_every_document() {
    let simpul = Simpul::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    simpul.import(&["01-identifikasi.xlsx", "02-jadwal.xlsx"].map(|file| sample.join(file)));
    let bundle = paper(&simpul, "akreditasi", "2023-C2", "zip");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(bundle).unwrap()).unwrap();
    let mut names = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut start = [0; 5];
        std::io::Read::read_exact(&mut file, &mut start).unwrap();
        let name = file.name().unwrap().into_owned();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        assert_eq!(&start == b"%PDF-", ending == Some("pdf"), "{name}");
        names.push(name);
    }
    let index = ["pdf", "docx", "xlsx"].map(|ending| format!("00-indeks.{ending}"));
    // Without a recap the report to the district's team would be a blank form; all three evaluations are there.
    let documents = ["01-identifikasi-2023-C2", "02-jadwal-2023-C2", "03-pelaksanaan-2023-C2"];
    let documents = documents.into_iter().map(ToOwned::to_owned);
    let evaluations = (1..=3).map(|number| format!("{:02}-evaluasi-2023-C{number}", number + 3));
    let documents: Vec<String> = documents.chain(evaluations).map(|name| format!("dokumen/{name}.pdf")).collect();
    assert_eq!(names, [&index[..], &documents[..]].concat());
}

#[test]
fn what_cannot_be_made_says_what_to_do() {
    let simpul = Simpul::new();
    let out = simpul.data().join("x.pdf");
    let out = out.to_string_lossy();
    let run = simpul.run(["report", "evaluasi", "2023-C2", "--out", &out]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("belum ada data"), "{}", run.stderr);
    let run = simpul.run(["report", "anggaran", "2023-C2", "--out", &out]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("evaluasi, pelaksanaan"), "{}", run.stderr);
    let run = simpul.run(["report", "evaluasi", "2023-C2", "--format", "odt", "--out", &out]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("pdf, docx, xlsx"), "{}", run.stderr);
}

#[test]
fn letters_name_who_signs_and_dots_stand_where_nobody_is_known() {
    let simpul = Simpul::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    simpul.import(&[sample.join("01-identifikasi.xlsx")]);
    let dotted = pdf_lines(&paper(&simpul, "identifikasi", "2023", "pdf")).join("\n");
    assert!(dotted.contains("NIP ....."), "{dotted}");
    let letters = simpul.data().join("letters");
    std::fs::create_dir(&letters).unwrap();
    let text = "above = [\"PEMERINTAH KABUPATEN CONTOH\"]\nplace = \"Abcde\"\n[head]\nname = \"dr. Siti [Contoh]\"\nnip = \"19700101\"\n";
    std::fs::write(letters.join("surat.toml"), text).unwrap();
    let signed = pdf_lines(&paper(&simpul, "identifikasi", "2023", "pdf")).join("\n");
    for words in ["PEMERINTAH KABUPATEN CONTOH", "Abcde, 31 Desember 2023", "dr. Siti [Contoh]", "NIP 19700101"] {
        assert!(signed.contains(words), "{words}: {signed}");
    }
}
