//! The part *Verifikasi TPCB* of the page of PKP: what the district's team said of each program, and the forms by which both
//! sides write. Knows no address of its own.

use askama::Template;
use serde::Deserialize;

use crate::app::pkp_verifications::VerificationAct;
use crate::dashboard::pkp_verification::{PkpVerifications, VerifiedProgram, VerifiedStanding};
use crate::domain::pkp::{PkpVerdict, PkpVerification};
use crate::domain::{Date, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::form::Repeated;
use crate::web::site::Site;
use crate::web::view::frame::PKP_PATH as PATH;
use crate::web::view::links::Links;
use crate::web::view::symbol::Symbol;
use crate::web::view::table::status_symbol;

/// Characters of a text.
const WORDS_CHARS_MAX: usize = 2_000;
/// Words for PKP without a program.
const WHOLE: &str = "PKP seluruhnya";
/// Value by which an address names the whole: blank would be no choice.
pub const WHOLE_ASKED: &str = "*";

/// The part of the page; its `Display` is the markup.
#[derive(Template)]
#[template(path = "_pkp_verification.html")]
pub struct VerificationPanel {
    year: i32,
    error: String,
    summary: String,
    rows: Vec<VerificationRow>,
    chosen: Option<VerificationForm>,
    action: String,
    /// Where the whole is verified; empty for whoever may not.
    href_whole: String,
    may_verify: bool,
    verdicts: &'static [&'static str],
    today: String,
    words_chars_max: usize,
    href_entries: String,
}

struct VerificationRow {
    name: String,
    shown: String,
    class_symbol: Symbol,
    class: &'static str,
    symbol: Symbol,
    standing: &'static str,
    /// Verdict about the former figure with that figure; empty where the figure is the same.
    former: String,
    note: String,
    by: String,
    letter: String,
    reply: String,
    href: String,
    word: &'static str,
}

/// Form about one program, or the whole.
struct VerificationForm {
    title: String,
    program: String,
    shown: String,
    verdict: String,
    note: String,
    verifier: String,
    letter: String,
    reply: String,
    may_reply: bool,
}

/// Act that a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VerificationSent {
    #[serde(rename = "tindakan")]
    pub act: String,
    #[serde(rename = "program-dipilih")]
    pub program: String,
    #[serde(flatten)]
    pub values: Repeated,
}

/// Program that an address asks for, and what was wrong with a form.
#[derive(Default)]
pub struct VerificationNews {
    /// Program by its key, or [`WHOLE_ASKED`]; empty where no form is asked for.
    pub program: String,
    pub error: String,
}

/// Page, day and rights that the part is made for.
#[derive(Clone, Copy)]
struct VerificationView<'v> {
    links: &'v Links,
    as_of: Date,
    may_verify: bool,
    may_reply: bool,
}

impl VerificationPanel {
    /// The part about the verifications of a year.
    pub fn new(site: &Site, chosen: &ResolvedRequest, found: &PkpVerifications, news: VerificationNews) -> Self {
        let app = site.app();
        let links = Links::new(chosen);
        let as_of = chosen.subject.as_of;
        let may = |act| !chosen.is_as_of_given && app.may_verify_pkp(act, &chosen.puskesmas);
        let view = VerificationView {
            links: &links,
            as_of,
            may_verify: may(VerificationAct::Verify),
            may_reply: may(VerificationAct::Reply),
        };
        let whole = found.rows.iter().find(|row| row.program.is_none());
        let mut rows: Vec<VerificationRow> = whole.map(|row| view.whole_row(row, found.year)).into_iter().collect();
        rows.extend(found.programs.iter().map(|program| view.program_row(program, found.year)));
        let is_asked = view.may_verify || view.may_reply;
        let form = if is_asked { view.form(found, &news.program) } else { None };
        Self {
            year: found.year,
            error: news.error,
            summary: found.summary(),
            rows,
            chosen: form,
            action: links.page_with(PATH, "tahun", &found.year.to_string()),
            href_whole: if view.may_verify { view.href(WHOLE_ASKED, found.year) } else { String::new() },
            may_verify: view.may_verify,
            verdicts: PkpVerdict::WORDS,
            today: format::date(app.clock().today()),
            words_chars_max: WORDS_CHARS_MAX,
            href_entries: links.page("/catatan/verifikasi-pkp"),
        }
    }
}

impl VerificationView<'_> {
    fn href(&self, program: &str, year: i32) -> String {
        let year = format!("tahun={year}");
        let page = self.links.page_with(PATH, "program", program);
        let joint = if page.contains('?') { '&' } else { '?' };
        format!("{page}{joint}{year}#verifikasi")
    }

    fn program_row(&self, program: &VerifiedProgram, year: i32) -> VerificationRow {
        let own = program.by.as_ref().filter(|row| row.program.is_some());
        let by = program.by.as_ref();
        let former = match (program.standing, by.and_then(|row| row.figure.as_ref())) {
            (VerifiedStanding::Outdated(verdict), Some(figure)) => format!("{} untuk {figure}", verdict.label()),
            _ => String::new(),
        };
        let offer = self.offer(own);
        VerificationRow {
            name: format!("{} {}", program.code, program.name),
            shown: program.shown.clone(),
            class_symbol: status_symbol(program.class),
            class: program.class.label(),
            symbol: standing_symbol(program.standing),
            standing: program.standing.words(),
            former,
            href: if offer.is_empty() { String::new() } else { self.href(&program.key, year) },
            word: offer,
            ..self.verification_row(by, own.is_none() && by.is_some())
        }
    }

    fn whole_row(&self, row: &PkpVerification, year: i32) -> VerificationRow {
        let verdict = row.verdict(self.as_of);
        let offer = self.offer(Some(row));
        VerificationRow {
            symbol: verdict.map_or(Symbol::Neutral, verdict_symbol),
            standing: verdict.map_or(VerifiedStanding::Waiting.words(), PkpVerdict::label),
            href: if offer.is_empty() { String::new() } else { self.href(WHOLE_ASKED, year) },
            word: offer,
            ..self.verification_row(Some(row), false)
        }
    }

    /// The words of a verification, in a row that is otherwise of the whole.
    fn verification_row(&self, row: Option<&PkpVerification>, is_by_whole: bool) -> VerificationRow {
        let words = |text: Option<&String>| text.cloned().unwrap_or_default();
        let reply = row.filter(|row| row.is_replied(self.as_of)).and_then(|row| row.reply.as_ref());
        let by = row.map(|row| {
            let day = row.verified.map(format::date).unwrap_or_default();
            [words(row.verifier.as_ref()), day]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        });
        VerificationRow {
            name: WHOLE.to_owned(),
            shown: String::new(),
            class_symbol: Symbol::Neutral,
            class: "",
            symbol: Symbol::Neutral,
            standing: "",
            former: String::new(),
            note: if is_by_whole {
                "Dengan PKP seluruhnya".to_owned()
            } else {
                words(row.and_then(|row| row.note.as_ref()))
            },
            by: by.unwrap_or_default(),
            letter: words(row.and_then(|row| row.letter.as_ref())),
            reply: if is_by_whole { String::new() } else { words(reply) },
            href: String::new(),
            word: "",
        }
    }

    /// The word of the act that is offered beside a verification; empty for whoever may do none.
    fn offer(&self, row: Option<&PkpVerification>) -> &'static str {
        match (self.may_verify, self.may_reply, row.is_some()) {
            (true, _, false) => "Verifikasi",
            (true, _, true) => "Verifikasi lagi",
            (false, true, true) => "Tanggapi",
            _ => "",
        }
    }

    fn form(&self, found: &PkpVerifications, asked: &str) -> Option<VerificationForm> {
        let is_whole = asked == WHOLE_ASKED;
        let program = found.programs.iter().find(|program| program.key == asked);
        let row = found.rows.iter().find(|row| match (&row.program, program) {
            (None, _) => is_whole,
            (Some(_), Some(program)) => program.by.as_ref() == Some(row),
            (Some(_), None) => false,
        });
        if !is_whole && program.is_none() || (row.is_none() && !self.may_verify) {
            return None;
        }
        let words = |text: Option<&String>| text.cloned().unwrap_or_default();
        Some(VerificationForm {
            title: program.map_or(WHOLE.to_owned(), |program| format!("{} {}", program.code, program.name)),
            program: asked.to_owned(),
            shown: program.map_or(found.figures.clone(), |program| program.shown.clone()),
            verdict: row.map(|row| row.verdict.clone()).unwrap_or_default(),
            note: words(row.and_then(|row| row.note.as_ref())),
            verifier: words(row.and_then(|row| row.verifier.as_ref())),
            letter: words(row.and_then(|row| row.letter.as_ref())),
            reply: words(row.and_then(|row| row.reply.as_ref())),
            may_reply: self.may_reply && row.is_some(),
        })
    }
}

fn standing_symbol(standing: VerifiedStanding) -> Symbol {
    match standing {
        VerifiedStanding::Waiting => Symbol::Neutral,
        VerifiedStanding::Verified(verdict) => verdict_symbol(verdict),
        VerifiedStanding::Outdated(_) => Symbol::Few,
    }
}

fn verdict_symbol(verdict: PkpVerdict) -> Symbol {
    match verdict {
        PkpVerdict::Fits => Symbol::Good,
        PkpVerdict::Noted => Symbol::Fair,
        PkpVerdict::ToMend => Symbol::Poor,
    }
}
