//! A router over a data folder of its own, and what it answers.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use simpul::app::import::Upload;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::web::router;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::support::{cases, workbooks};

/// Port that requests name.
pub const PORT: u16 = 8080;

/// A router and the folder below it.
pub struct Site {
    pub app: App,
    router: Router,
    _folder: TempDir,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// The markup without the white space in which templates are laid out: lines stand together where two tags meet,
    /// elsewhere with a space between.
    pub fn dense(&self) -> String {
        let text = self.text();
        let mut dense = String::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let is_between_tags = dense.ends_with('>') && line.starts_with('<');
            if !dense.is_empty() && !is_between_tags {
                dense.push(' ');
            }
            dense.push_str(line);
        }
        dense
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    /// On an empty folder, on 10 January 2024.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
        let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
        let app = App::open(config).unwrap();
        Self { router: router(app.clone(), PORT), app, _folder: folder }
    }

    pub fn with(files: &[Upload]) -> Self {
        let site = Self::empty();
        let receipt = site.app.import(files, None, false, &mut |_| {});
        for file in &receipt.files {
            assert_eq!(file.error, None, "{}", file.file);
        }
        site
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path)).await
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = own(Request::post(path)).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send_with(request, Body::from(pairs.join("&"))).await
    }

    /// Uploads files from one of our own pages.
    pub async fn upload(&self, files: &[Upload]) -> Answer {
        self.send_with(own(multipart(Request::post("/impor/unggah"))), Body::from(parts(files))).await
    }

    /// Sends a request from this machine, unless it names another Host.
    pub async fn send(&self, request: axum::http::request::Builder) -> Answer {
        self.send_with(request, Body::empty()).await
    }

    /// The same with a body.
    pub async fn send_with(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request.body(body).unwrap();
        let host = format!("127.0.0.1:{PORT}").parse().unwrap();
        request.headers_mut().entry(header::HOST).or_insert(host);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

/// Names our own page as the origin.
pub fn own(request: axum::http::request::Builder) -> axum::http::request::Builder {
    request.header(header::ORIGIN, format!("http://127.0.0.1:{PORT}"))
}

const BOUNDARY: &str = "batas-bagian-simpul";

/// Says that the body is of several parts.
pub fn multipart(request: axum::http::request::Builder) -> axum::http::request::Builder {
    request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
}

/// One field as a browser sends it before the files.
pub fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
}

/// Files as a browser sends them.
pub fn parts(files: &[Upload]) -> Vec<u8> {
    let mut body = Vec::new();
    for file in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            file.name
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&file.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The worked year of UPT Puskesmas Abcde, imported once for all tests.
pub static ABCDE: LazyLock<Site> = LazyLock::new(abcde);

/// The same for one test alone, which changes it.
pub fn abcde() -> Site {
    let case = cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    let files: Vec<Upload> = workbooks(&case)
        .into_iter()
        .map(|path| Upload {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect();
    Site::with(&files)
}

#[test]
fn a_register_has_the_same_bytes_whenever_it_is_made() {
    let first = register(&["Apotek Satu"]).bytes;
    // The library writes the second in which a file is made.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == register(&["Apotek Satu"]).bytes);
}

/// A register of facilities with these names.
pub fn register(names: &[&str]) -> Upload {
    register_of("UPT PUSKESMAS UJI", names)
}

/// The same of a Puskesmas as its banner writes it; the same bytes whenever it is made, as a file is one only by its bytes.
pub fn register_of(puskesmas: &str, names: &[&str]) -> Upload {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2023, 1, 2).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    for (row, line) in [(0, "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING"), (1, puskesmas), (2, "TAHUN 2023")] {
        sheet.write(row, 0, line).unwrap();
    }
    let heads = [
        "No",
        "Nama Jaringan/Jejaring",
        "Jenis",
        "Kelompok",
        "Struktur Jejaring",
        "Alamat",
        "Penanggung Jawab",
        "Wajib Lapor",
    ];
    for (column, head) in (0..).zip(heads) {
        sheet.write(4, column, head).unwrap();
    }
    for (row, name) in (5..).zip(names) {
        let cells = ["1", name, "Apotek", "Jejaring", "Sistem Rujukan", "Jalan <b>Satu</b>", "Ibu \"A\" & B", "Ya"];
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    Upload { name: "identifikasi.xlsx".to_owned(), bytes: book.save_to_buffer().unwrap() }
}
