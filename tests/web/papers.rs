//! *Narasi* and *Pengaturan surat*: what pages show, what they take, what they refuse.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rust_xlsxwriter::Workbook;
use simpul::app::import::Upload;
use simpul::app::papers::reports::ReportRequest;
use simpul::domain::ReportKind;

use super::site::{Site, abcde, multipart, own, register_of};

const TEXT: &str = "/laporan/evaluasi/narasi?periode=2023-C2";
const LETTER: &str = "/pengaturan-surat";

/// Value of a hidden or visible field of a page.
fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) =
        page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| unreachable!("{name}: {page}"));
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn a_text_is_drafted_saved_shown_and_taken_back() {
    let site = abcde();
    let page = site.get(TEXT).await.text();
    assert!(page.contains("Ini draf yang disusun otomatis"), "{page}");
    assert!(page.contains("Skor pembinaan UPT PUSKESMAS ABCDE pada Caturwulan II 2023 adalah"), "{page}");
    assert_eq!(field(&page, "dasar"), "");
    let hostile = "</textarea><script>alert(1)</script>\nBaris dua.";
    let sent = [("dasar", ""), ("bagian-hasil", hostile), ("bagian-kesimpulan", "Cukup baik.")];
    let answer = site.post(TEXT, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("Narasi disimpan") && page.contains("Ditulis di komputer ini, 10 Januari 2024"), "{page}");
    assert!(!page.contains("<script>alert"), "a text is no markup");
    assert!(page.contains("Baris dua.") && page.contains("Draf menurut angka sekarang"), "{page}");
    let list = site.get("/laporan?periode=2023-C2").await.text();
    assert!(list.contains("ditulis di komputer ini"), "{list}");

    let base = field(&page, "dasar").to_owned();
    let late = site.post(TEXT, &[("dasar", ""), ("bagian-hasil", "Yang kedua.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let again = late.text();
    assert!(
        again.contains("sudah diubah orang lain") && again.contains("Yang kedua."),
        "what was typed stays: {again}"
    );

    let answer = site.post(TEXT, &[("dasar", &base), ("perbuatan", "draf")]).await;
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("Laporan kembali memuat draf otomatis") && page.contains("Kembali ke draf"), "{page}");
    let (base, version) = (field(&page, "dasar").to_owned(), field(&page, "versi").to_owned());
    let answer = site.post(TEXT, &[("dasar", &base), ("versi", &version), ("perbuatan", "versi")]).await;
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("Versi lama dipakai lagi") && page.contains("Baris dua."), "{page}");
}

#[tokio::test]
async fn every_paper_has_a_page_for_its_text() {
    let site = abcde();
    for kind in simpul::report::ReportKind::ALL {
        let answer = site.get(&format!("/laporan/{}/narasi?periode=2023-C2", kind.code())).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind:?}");
        assert!(answer.text().contains("<textarea"), "{kind:?}");
    }
    assert_eq!(site.get("/laporan/anggaran/narasi").await.status, StatusCode::NOT_FOUND);
    assert_eq!(Site::empty().get(TEXT).await.status, StatusCode::NOT_FOUND);
}

/// A recap that somebody signed.
fn signed() -> Upload {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Lokmin").unwrap();
    let rows: [&[&str]; 10] = [
        &["KEHADIRAN LOKMIN"],
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"],
        &["1", "Apotik Alvi", "Ya", "Ya"],
        &[],
        &["", "Mengetahui,", "", "Sukamaju, 2 Juni 2023"],
        &["", "Plt. Kepala UPT Puskesmas Abcde", "", "PJ Jejaring dan Jaringan"],
        &["", "dr. Ratna Ayu", "", "Sri Wahyuni, A.Md.Keb."],
        &["", "NIP. 19700101 199503 2 001", "", "NIP. 19850505 201001 2 002"],
    ];
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write(row, column, *cell).unwrap();
        }
    }
    Upload { name: "lokmin-mei.xlsx".to_owned(), bytes: book.save_to_buffer().unwrap() }
}

#[tokio::test]
async fn a_signature_is_offered_and_counts_only_once_it_was_confirmed() {
    let site = abcde();
    site.app.import(&[signed()], None, false, &mut |_| {});
    let page = site.get(LETTER).await.text();
    assert_eq!(field(&page, "kepala-nama"), "dr. Ratna Ayu");
    assert_eq!(field(&page, "kepala-nip"), "19700101 199503 2 001");
    assert_eq!(field(&page, "kepala-jabatan"), "Plt. Kepala UPT Puskesmas Abcde");
    assert_eq!(field(&page, "pj-nama"), "Sri Wahyuni, A.Md.Keb.");
    assert_eq!(field(&page, "tempat"), "Sukamaju");
    assert!(page.contains("Tebakan dari tanda tangan di lokmin-mei.xlsx, lembar Lokmin, sel B9"), "{page}");
    let settings = || site.app.papers().letter_details("UPT PUSKESMAS ABCDE").unwrap().settings;
    assert_eq!(settings().head.name, "", "nobody confirmed it yet");

    let sent = [("kepala-nama", "dr. Lain"), ("atas", "KABUPATEN CONTOH"), ("pola", "440/{nomor}")];
    let answer = site.post(LETTER, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!((settings().head.name.as_str(), settings().place.as_str()), ("dr. Lain", ""));
    let page = site.get(LETTER).await.text();
    assert!(page.contains("disimpan di komputer ini"), "{page}");
    assert!(page.contains("Tanda tangan terakhir di berkas: Plt. Kepala UPT Puskesmas Abcde dr. Ratna Ayu"), "{page}");
    let paper = site.get(TEXT).await.text();
    assert_eq!(field(&paper, "nomor"), "1");
    let numbered = site.post("/laporan/evaluasi/nomor?periode=2023-C2", &[("nomor", "1")]).await;
    assert_eq!(numbered.status, StatusCode::SEE_OTHER);
    assert!(site.get(TEXT).await.text().contains("<b>440/1</b>"));

    let refused = site.post(LETTER, &[("pola", "440/{hari}"), ("tempat", "Sukamaju")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("{hari} yang tidak dikenal") && field(&page, "tempat") == "Sukamaju", "{page}");
    assert_eq!(settings().number_pattern, "440/{nomor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_districts_team_has_letter_details_of_its_own() {
    let alone = abcde();
    assert!(!alone.get(LETTER).await.text().contains("Tim TPCB (rekapitulasi)"), "nothing is made of several");
    let site = Site::with(&["PUSKESMAS SATU", "PUSKESMAS DUA"].map(|name| register_of(name, &["Apotek Satu"])));
    let team = "/pengaturan-surat?untuk=tpcb";
    let page = site.get(team).await.text();
    assert!(page.contains("Ketua TPCB") && page.contains("rekapitulasi tidak bernomor"), "{page}");
    let sent = [("kepala-nama", "dr. Kadis"), ("pj-nama", "dr. Ketua"), ("anggota", "dr. Tim\r\n\r\n Bd. Ani ")];
    let answer = site.post(team, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let saved = site.app.papers().letter_details("TPCB").unwrap().settings;
    assert_eq!((saved.head.name.as_str(), saved.team.as_str()), ("dr. Kadis", "dr. Tim\nBd. Ani"));
    assert_eq!(site.app.papers().letter_details("PUSKESMAS SATU").unwrap().settings.head.name, "");
    let many = ["x"; 13].join("\n");
    let refused = site.post(team, &[("anggota", &many)]).await;
    assert!(
        refused.text().contains("Anggota tim paling banyak 12 baris") || refused.text().contains("Anggota tim paling")
    );
    // Named once for all, until a Puskesmas names its own.
    let request = |kind, puskesmas: Option<&str>| ReportRequest {
        kind,
        period: "2023-C2".parse().unwrap(),
        as_of: None,
        puskesmas: puskesmas.map(str::to_owned),
        cluster: None,
    };
    let words = |request: &ReportRequest| format!("{:?}", site.app.papers().paper(request).unwrap());
    let own = request(ReportKind::Tpcb, Some("PUSKESMAS SATU"));
    assert!(words(&own).contains("dr. Tim; Bd. Ani") && !words(&own).contains("dr. Kadis"));
    assert!(words(&request(ReportKind::Cluster, None)).contains("dr. Ketua"));
    site.post("/pengaturan-surat?puskesmas=PUSKESMAS+SATU", &[("anggota", "dr. Sendiri")]).await;
    assert!(words(&own).contains("dr. Sendiri") && !words(&own).contains("Bd. Ani"));
}

#[tokio::test]
async fn the_letter_details_of_many_puskesmas_are_chosen_from_a_list() {
    let names: Vec<String> = (1..=7).map(|place| format!("PUSKESMAS BUNGA {}", "I".repeat(place))).collect();
    let registers: Vec<Upload> = names.iter().map(|name| register_of(name, &["Apotek Satu"])).collect();
    let site = Site::with(&registers);
    let page = site.get("/pengaturan-surat?puskesmas=PUSKESMAS+BUNGA+III").await.text();
    let list = page.split("<nav class=\"tabs\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(list.contains("<option selected>PUSKESMAS BUNGA III</option>"), "{list}");
    assert_eq!((list.matches("<option").count(), list.matches("<a ").count()), (7, 1), "{list}");
    let team = site.get("/pengaturan-surat?untuk=tpcb").await.text();
    assert!(team.contains("aria-current=\"page\">Tim TPCB (rekapitulasi)</a>"), "{team}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_over_several_puskesmas_has_a_text_and_a_number_for_each_cluster() {
    let puskesmas = ["PUSKESMAS SATU", "PUSKESMAS DUA"];
    let clusters =
        "CLUSTER BINAAN TPCB TAHUN 2023\r\nNo,Puskesmas,Cluster\r\n1,PUSKESMAS SATU,Utara\r\n2,PUSKESMAS DUA,Selatan";
    let clusters = Upload { name: "cluster.csv".to_owned(), bytes: clusters.as_bytes().to_vec() };
    let registers = puskesmas.map(|name| register_of(name, &["Apotek Satu"]));
    let site = Site::with(&[&registers[..], &[clusters]].concat());
    let text = |cluster: &str| format!("/laporan/tpcb-cluster/narasi?periode=2023-C2&cluster={cluster}");
    let number = |cluster: &str| format!("/laporan/tpcb-cluster/nomor?periode=2023-C2&cluster={cluster}");
    let page = site.get(&text("Utara")).await.text();
    assert!(page.contains("Cluster Utara") && page.contains("Laporan ini tidak bernomor"), "{page}");
    assert!(page.contains("/pengaturan-surat?untuk=tpcb"), "the team's own letter details: {page}");
    site.post("/pengaturan-surat?untuk=tpcb", &[("pola", "440/{nomor}/TPCB/{tahun}"), ("mulai", "7")]).await;
    // The number of one cluster's paper is not the other's, and none is given twice.
    let answer = site.post(&number("Utara"), &[("nomor", "7")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("440/7/TPCB/2024") && page.contains("Cluster Utara"), "{page}");
    let taken = site.post(&number("Selatan"), &[("nomor", "7")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.text().contains("sudah dipakai laporan tpcb-cluster Cluster Utara 2023-C2"), "{}", taken.text());
    assert!(site.get(&text("Selatan")).await.text().contains("name=\"nomor\" value=\"8\""));
    site.post(&text("Utara"), &[("dasar", ""), ("bagian-perbandingan", "Hanya tentang utara.")]).await;
    let words = |cluster: Option<&str>| {
        let request = ReportRequest {
            kind: ReportKind::Cluster,
            period: "2023-C2".parse().unwrap(),
            as_of: None,
            puskesmas: None,
            cluster: cluster.map(ToOwned::to_owned),
        };
        format!("{:?}", site.app.papers().paper(&request).unwrap())
    };
    let north = words(Some("Utara"));
    assert!(north.contains("Hanya tentang utara.") && north.contains("440/7/TPCB/2024"), "{north}");
    for other in [words(Some("Selatan")), words(None)] {
        assert!(!other.contains("Hanya tentang utara.") && other.contains("440/......../TPCB/........"), "{other}");
    }
    let list = site.get("/laporan?periode=2023-C2&cluster=Utara").await.text();
    assert!(list.contains("Puskesmas Cluster Utara.") && list.contains("ditulis di komputer ini"), "{list}");
    // One that is not there is told as what it is: somebody's choice, and no fault of the program.
    for path in [text("Barat"), "/laporan/tpcb-cluster.pdf?periode=2023-C2&cluster=Barat".to_owned()] {
        let unknown = site.get(&path).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.text().contains("Cluster `Barat` tidak ada; yang ada: Selatan, Utara."), "{}", unknown.text());
    }
    assert_eq!(site.get("/laporan?periode=2023-C2&cluster=Barat").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_logo_comes_in_as_any_picture_and_goes_out_as_png() {
    let site = abcde();
    let send = async |bytes: &[u8]| {
        let mut body =
            b"--batas-bagian-simpul\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"l\"\r\n\r\n".to_vec();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--batas-bagian-simpul--\r\n");
        site.send_with(own(multipart(Request::post("/pengaturan-surat/logo"))), Body::from(body)).await
    };
    assert_eq!(site.get("/pengaturan-surat/logo.png").await.status, StatusCode::NOT_FOUND);
    let script = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script><rect width='9' height='9'/></svg>";
    let answer = send(script).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let logo = site.get("/pengaturan-surat/logo.png").await;
    assert_eq!(logo.header(header::CONTENT_TYPE), "image/png");
    assert!(logo.bytes.starts_with(b"\x89PNG"));
    let refused = send(b"not a picture").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("pakai PNG, JPEG, atau SVG"));
    let large = send(&vec![b'x'; (1 << 20) + (100 << 10)]).await;
    assert!(large.status.is_client_error() && large.text().contains("paling besar 1 MB"), "{}", large.text());
    assert_eq!(send(b"").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/pengaturan-surat/logo.png").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_a_person_changed_is_theirs_and_can_be_given_back() {
    let site = abcde();
    let page = site.get(TEXT).await.text();
    assert!(page.contains("Siapa yang menulis di sini?"), "{page}");
    let area = |page: &str, code: &str| {
        let (_, rest) = page.split_once(&format!("name=\"bagian-{code}\"")).unwrap();
        let (_, rest) = rest.split_once(">\n").unwrap();
        rest.split_once("</textarea>").unwrap().0.replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'")
    };
    let codes = ["hasil", "jadwal", "tindak-lanjut", "data"];
    let mut sent: Vec<(String, String)> = vec![("dasar".to_owned(), String::new())];
    for code in codes {
        sent.push((format!("asal-{code}"), field(&page, &format!("asal-{code}")).to_owned()));
        sent.push((format!("bagian-{code}"), area(&page, code)));
    }
    sent.push(("bagian-kesimpulan".to_owned(), "Cukup baik.".to_owned()));
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = site.post(TEXT, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert_eq!(page.matches("name=\"kembalikan\"").count(), 1, "one section is a person's: {page}");
    let named = site.post("/laporan/evaluasi/penulis?periode=2023-C2", &[("penulis", "Sri Wahyuni")]).await;
    let page = site.get(named.header(header::LOCATION)).await.text();
    assert!(page.contains("Ditulis oleh Sri Wahyuni, 10 Januari 2024"), "{page}");
    assert!(!page.contains("Siapa yang menulis di sini?") && !page.contains("penguji"), "{page}");
    let base = field(&page, "dasar").to_owned();
    let mut back = sent.clone();
    back[0] = ("dasar", &base);
    back.push(("kembalikan", "kesimpulan"));
    let answer = site.post(TEXT, &back).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("Ini draf yang disusun otomatis") && !page.contains("name=\"kembalikan\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_has_a_date_and_its_snapshot_a_page() {
    let site = abcde();
    site.post(LETTER, &[("pola", "440/{nomor}/{tahun}")]).await;
    let lines = [("perihal", "Hasil evaluasi"), ("lampiran", ""), ("tembusan", "Arsip\r\nDinas")];
    let answer = site.post("/laporan/evaluasi/surat?periode=2023-C2", &lines).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let wrong = [("nomor", "5"), ("tanggal", "kemarin")];
    let refused = site.post("/laporan/evaluasi/nomor?periode=2023-C2", &wrong).await;
    let asked_again = site.get(refused.header(header::LOCATION)).await.text();
    assert!(asked_again.contains("Tanggal “kemarin” tidak dikenal"), "{asked_again}");
    let given = [("nomor", "5"), ("tanggal", "2023-09-05")];
    let answer = site.post("/laporan/evaluasi/nomor?periode=2023-C2", &given).await;
    let page = site.get(answer.header(header::LOCATION)).await.text();
    assert!(page.contains("440/5/2023") && page.contains("Bertanggal 5 September 2023"), "{page}");
    assert!(page.contains("Hasil evaluasi") && page.contains("Arsip\nDinas"), "{page}");
    let list = site.get("/laporan?periode=2023-C2").await.text();
    assert!(list.contains("Nomor 440/5/2023"), "{list}");
    let (_, rest) = page.split_once("<a href=\"/cuplikan/").unwrap();
    let id = rest.split('"').next().unwrap();
    let found = site.get(&format!("/cuplikan?id={}", id.to_lowercase())).await;
    assert_eq!(found.header(header::LOCATION), format!("/cuplikan/{id}"));
    let printed = site.get(&format!("/cuplikan/{id}")).await.text();
    for said in ["440/5/2023", "5 September 2023", "asli", "Caturwulan II 2023", "31 Agustus 2023", "PDF"] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    let (_, rest) = printed.split_once("<a href=\"/cuplikan/berkas/").unwrap();
    let kept = site.get(&format!("/cuplikan/berkas/{}", rest.split('"').next().unwrap())).await;
    assert!(kept.status == StatusCode::OK && kept.bytes.starts_with(b"%PDF"), "the file as it was");
    assert_eq!(site.get("/cuplikan/0000000000").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/cuplikan/berkas/99/pdf").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn letters_stand_in_their_own_fold_and_the_invitation_as_a_text_for_a_chat() {
    let site = abcde();
    let page = site.get("/laporan?periode=2023-05").await.text();
    let (reports, letters) = page.split_once("Surat dan keputusan").unwrap();
    for kind in ReportKind::ALL {
        let link = format!("/laporan/{}/narasi?", kind.code());
        assert_eq!(letters.contains(&link), kind.is_letter(), "{kind:?}");
        assert_eq!(reports.contains(&link), !kind.is_letter(), "{kind:?}");
    }
    let lokmin = site.get("/halaman/lokmin?periode=2023-05").await.text();
    let (_, rest) = lokmin.split_once("Undang lewat WhatsApp").unwrap();
    let (_, rest) = rest.split_once("<textarea readonly").unwrap();
    let (message, _) = rest.split_once("</textarea>").unwrap();
    for said in ["*Undangan lokakarya mini bulanan Mei 2023*", "UPT PUSKESMAS ABCDE", "Waktu: ..........", "Acara:"] {
        assert!(message.contains(said), "{said}: {message}");
    }
    assert!(!message.contains("Sifat:") && !message.contains("Kepada:"), "{message}");
    let other = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    assert!(!other.contains("Undang lewat WhatsApp"), "only where a meeting is");
}
