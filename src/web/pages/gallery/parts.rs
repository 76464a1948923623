//! Parts of pages for the page of looks: each as its view, filled with words that are written here.

use super::examples::{HOSTILE_NAME, LONG_NAME};
use crate::dashboard::page::{NamedCount, OfferedColumn};
use crate::web::view::pager::{PageLink, PagerView};
use crate::web::view::panel::{
    BodyView, FilterView, Fold, LeadView, LineView, PanelView, PanelsView, SelectView, YearlyView,
};
use crate::web::view::symbol::{CellSign, ChangeSign, Symbol};
use crate::web::view::table::{CellView, ChangeView, HeadView, TableView};

/// Address of every example: the page itself.
const HERE: &str = "/gaya";

/// A panel of each kind but the charts.
pub fn panels() -> PanelsView {
    let files = vec![("CSV".to_owned(), HERE.to_owned())];
    let alone = |id: &str, title: &str, body| vec![panel(id, title, body)];
    let mut filtered =
        panel("contoh-saring", "Tabel dengan saringan", BodyView::Filtered(filter(), table("contoh-status")));
    filtered.downloads = files;
    let mut open = panel("contoh-buka", "Panel terlipat, terbuka", BodyView::Lines(lines()));
    open.fold = Some(Fold::Open);
    let mut closed = panel("contoh-tutup", "Panel terlipat, tertutup", BodyView::Tables(vec![table("contoh-lipat")]));
    closed.fold = Some(Fold::Closed);
    let mut waiting = panel("contoh-tunggu", "Panel terlipat, dikirim bila dibuka", BodyView::Closed(HERE.to_owned()));
    waiting.fold = Some(Fold::Closed);
    PanelsView::complete(vec![
        alone("contoh-inti", "Inti halaman", BodyView::Lead(lead(), lines())),
        vec![
            panel("contoh-baris", "Perlu perhatian", BodyView::Lines(lines())),
            panel("contoh-tenang", "Perlu perhatian, tidak ada", BodyView::Lines(Vec::new())),
        ],
        vec![filtered],
        alone("contoh-tanpa-baris", "Tabel tanpa baris", BodyView::Tables(vec![empty_table()])),
        alone("contoh-jumlah", "Jumlah dengan tabelnya", BodyView::Counts(counts(), table("contoh-jumlah-tabel"))),
        alone(
            "contoh-pesan",
            "Tabel dengan teks untuk dikirim",
            BodyView::Message(judged_table(), "Contoh teks pengingat untuk WhatsApp.".to_owned()),
        ),
        alone(
            "contoh-kosong",
            "Keadaan kosong",
            BodyView::Empty("Belum ada kunjungan pada periode ini; impor rekap bulan Mei 2023.".to_owned()),
        ),
        vec![open],
        vec![closed],
        vec![waiting],
    ])
}

/// Links to the other rows of a long table, from its middle.
pub fn pager() -> PagerView {
    let page = |number, follows_gap| PageLink {
        number,
        href: if number == 4 { String::new() } else { HERE.to_owned() },
        follows_gap,
    };
    PagerView {
        words: "Baris 301–400 dari 600".to_owned(),
        previous: HERE.to_owned(),
        next: HERE.to_owned(),
        pages: vec![page(1, false), page(3, true), page(4, false), page(5, false), page(6, false)],
    }
}

/// A panel without note, fold and files.
pub fn panel(id: &str, title: &str, body: BodyView) -> PanelView {
    PanelView {
        id: id.to_owned(),
        title: title.to_owned(),
        note: String::new(),
        fold: None,
        downloads: Vec::new(),
        body,
    }
}

/// A table whose figures carry a status and a change of their own.
fn judged_table() -> TableView {
    let judged = |text: &str, status: (Symbol, &str), small: &str| CellView {
        small: small.to_owned(),
        spoken: status.1.to_owned(),
        ..cell(text, "n", CellSign::State(status.0))
    };
    TableView {
        heads: vec![head("Puskesmas", false), head("Cakupan", true), head("Jadwal", true)],
        rows: vec![
            vec![
                cell("UPT PUSKESMAS CONTOH", "", CellSign::Plain),
                judged("92,5", (Symbol::Good, "Baik"), "37/40 · ▲ 2,5"),
                judged("40,0", (Symbol::Poor, "Kurang"), "8/20 · ▼ 12,0"),
            ],
            vec![
                cell(LONG_NAME, "", CellSign::Plain),
                judged("75,0", (Symbol::Fair, "Cukup"), "3/4 · ▬ 0,0"),
                cell("belum lapor", "n missing", CellSign::Plain),
            ],
        ],
        totals: Vec::new(),
        ..table("contoh-dinilai")
    }
}

fn lead() -> LeadView {
    let change = |sign| ChangeView { sign, amount: "3,2".to_owned() };
    LeadView {
        score: "89,9".to_owned(),
        has_score: true,
        href: HERE.to_owned(),
        status: "Cukup",
        symbol: Symbol::Fair,
        change: Some(change(ChangeSign::Up)),
        previous: "Caturwulan I 2023".to_owned(),
        yearly: Some(YearlyView { change: change(ChangeSign::Down), since: "Caturwulan II 2022".to_owned() }),
        completeness: vec!["4 dari 4 bulan diterima; 11 dari 13 faskes melapor.".to_owned()],
        message: "Contoh pesan untuk WhatsApp.".to_owned(),
        pictures: Vec::new(),
    }
}

fn lines() -> Vec<LineView> {
    let line =
        |link: &str, rest: &str| LineView { href: HERE.to_owned(), link: link.to_owned(), rest: rest.to_owned() };
    vec![line("Klinik Melati", " belum dikunjungi sejak Maret 2023."), line(LONG_NAME, " terlambat melapor dua kali.")]
}

fn counts() -> Vec<NamedCount> {
    let count = |name: &str, count: &str, note: &str| NamedCount {
        name: name.to_owned(),
        count: count.to_owned(),
        note: note.to_owned(),
    };
    vec![count("Bulan diterima", "3 dari 4", "Agustus 2023 belum ada"), count("Faskes melapor", "11 dari 13", "")]
}

fn filter() -> FilterView {
    let column =
        |key: &str, label: &str, is_shown| OfferedColumn { key: key.to_owned(), label: label.to_owned(), is_shown };
    let option = |word: &str, is_chosen| (word.to_lowercase(), word.to_owned(), is_chosen);
    FilterView {
        action: HERE.to_owned(),
        hidden: Vec::new(),
        search: HOSTILE_NAME.to_owned(),
        selects: vec![SelectView {
            name: "status",
            label: "Status",
            blank: "Semua",
            options: vec![option("Baik", false), option("Kurang", true)],
        }],
        columns: vec![column("CAK", "Cakupan", true), column("JDW", "Jadwal", false)],
        all_columns: HERE.to_owned(),
        shown: "5 dari 13 faskes tampil".to_owned(),
        clear: HERE.to_owned(),
    }
}

fn head(label: &str, is_number: bool) -> HeadView {
    HeadView { label: label.to_owned(), name: String::new(), is_number, href: String::new(), sorted: None }
}

fn cell(text: &str, class: &'static str, sign: CellSign) -> CellView {
    CellView {
        class,
        href: String::new(),
        text: text.to_owned(),
        sign,
        small: String::new(),
        spoken: String::new(),
        act: None,
    }
}

/// Rows of every status, change and mark that a cell can have.
pub fn table(id: &str) -> TableView {
    let row = |name: &str, status: (Symbol, &str), figure: CellView, change: (ChangeSign, &str)| {
        vec![
            cell(name, "", CellSign::Plain),
            cell(status.1, "nw", CellSign::State(status.0)),
            figure,
            cell(change.1, "n", CellSign::Change(change.0)),
        ]
    };
    let figure = |text: &str, class, small: &str| {
        let mut figure = cell(text, class, CellSign::Plain);
        small.clone_into(&mut figure.small);
        figure
    };
    let mut linked = figure("96,4", "n strong", "27/28");
    HERE.clone_into(&mut linked.href);
    let mut not_applicable = cell("–", "n", CellSign::Plain);
    "tidak berlaku".clone_into(&mut not_applicable.spoken);
    let mut acted = figure("belum lapor", "wrap", "");
    acted.act = Some(("Catat kunjungan", HERE.to_owned()));
    let level = (ChangeSign::Level, "0,0");
    TableView {
        id: id.to_owned(),
        title: id.replace('-', " "),
        note: "Skor 0–100.".to_owned(),
        caption: "11 dari 13 faskes melapor; data per 31 Agustus 2023".to_owned(),
        heads: vec![head("Faskes", false), head("Status", false), head("Skor", true), head("Perubahan", true)],
        rows: vec![
            row("Klinik Melati", (Symbol::Good, "Baik"), linked, (ChangeSign::Up, "3,2")),
            row("Apotek Kenanga", (Symbol::Fair, "Cukup"), figure("84,0", "n", "21/25"), level),
            row(LONG_NAME, (Symbol::Poor, "Kurang"), figure("52,5", "n low", "21/40"), (ChangeSign::Down, "12,0")),
            row(HOSTILE_NAME, (Symbol::Good, "Baik"), figure("132,0", "n", "33/25, di atas 100"), level),
            row("Posyandu Nol", (Symbol::Poor, "Kurang"), figure("0,0", "n low", "0/12"), level),
            row("Posyandu Kecil", (Symbol::Few, "Data belum cukup"), figure("33,3", "n", "1/3, penyebut kecil"), level),
            row("Sekolah", (Symbol::Neutral, "Tidak berlaku"), not_applicable, level),
            row("Pustu Diam", (Symbol::Neutral, "Belum ada data"), acted, level),
            row("Sedang dihitung", (Symbol::Run, "Berjalan"), figure("–", "n", ""), level),
            row("Menunggu", (Symbol::Wait, "Menunggu"), figure("–", "n", ""), level),
        ],
        totals: vec![row(
            "Semua faskes",
            (Symbol::Fair, "Cukup"),
            figure("81,4", "n", "103/129"),
            (ChangeSign::Up, "1,1"),
        )],
        downloads: Vec::new(),
        pager: None,
    }
}

fn empty_table() -> TableView {
    TableView { rows: Vec::new(), totals: Vec::new(), ..table("contoh-tabel-kosong") }
}
