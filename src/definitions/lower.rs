//! Raw pages → checked ones. Every mistake is named in the reader; a page with one is left out.

use toml::de::DeTable;

use super::dashboard::{
    ComparedPeriod, ComparisonPanel, Dashboard, DashboardScope, DistrictPanel, Filter, Grouping, PANELS_MAX, Panel,
    PanelKind, ParetoOf, PwsChoice, SlideKind, SlotsBy, StatusTable, TrendOf, TrendPanel, VisitPriorityPanel, Width,
};
use super::keys::KeyTable;
use super::raw::{DefinitionReader, Located, RawTable, choose, choose_each, suggest};
use crate::domain::visit_priority::{FactorWeights, WEIGHT_DEFAULT};
use crate::domain::{CoachingIndicator, PeriodKind};

pub(super) const SCOPES: [(&str, DashboardScope); 5] = [
    ("puskesmas", DashboardScope::Puskesmas),
    ("facility", DashboardScope::Facility),
    ("meeting", DashboardScope::Meeting),
    ("cluster", DashboardScope::Cluster),
    ("district", DashboardScope::District),
];
pub(super) const SLIDES: [(&str, SlideKind); 8] = [
    ("opening", SlideKind::Opening),
    ("last-decisions", SlideKind::LastDecisions),
    ("service-indicators", SlideKind::ServiceIndicators),
    ("need-help", SlideKind::NeedHelp),
    ("open-follow-ups", SlideKind::OpenFollowUps),
    ("next-visits", SlideKind::NextVisits),
    ("new-decisions", SlideKind::NewDecisions),
    ("closing", SlideKind::Closing),
];
pub(super) const SHOWN: [(&str, bool); 2] = [("open", false), ("folded", true)];
pub(super) const COMPARED: [(&str, ComparedPeriod); 2] =
    [("last-year", ComparedPeriod::LastYear), ("previous", ComparedPeriod::Previous)];
pub(super) const PARETO: [(&str, ParetoOf); 3] = [
    ("findings", ParetoOf::Findings),
    ("late-follow-ups", ParetoOf::LateFollowUps),
    ("unmet-items", ParetoOf::UnmetItems),
];
pub(super) const SLOTS_BY: [(&str, SlotsBy); 2] = [("month", SlotsBy::Month), ("facility", SlotsBy::Facility)];
pub(super) const WIDTHS: [(&str, Width); 2] = [("full", Width::Full), ("half", Width::Half)];
pub(super) const PERIODS: [(&str, PeriodKind); 5] = [
    ("month", PeriodKind::Month),
    ("quarter", PeriodKind::Quarter),
    ("four-month", PeriodKind::FourMonth),
    ("half-year", PeriodKind::HalfYear),
    ("year", PeriodKind::Year),
];
pub(super) const FILTERS: [(&str, Filter); 4] =
    [("kind", Filter::Kind), ("group", Filter::Group), ("structure", Filter::Structure), ("status", Filter::Status)];
pub(super) const GROUPINGS: [(&str, Grouping); 4] = [
    ("group", Grouping::Group),
    ("kind", Grouping::Kind),
    ("structure", Grouping::Structure),
    ("village", Grouping::Village),
];

/// The scopes outside of which a kind of panel makes no sense.
fn allowed_scopes(kind: &str) -> &'static [DashboardScope] {
    match kind {
        "status-table" | "totals" | "completeness" | "score-bars" | "comparison" | "pareto" | "map" | "slot-bars"
        | "pws" | "evaluation-table" | "visit-priority" => &[DashboardScope::Puskesmas],
        "slots" => &[DashboardScope::Facility],
        "slide" => &[DashboardScope::Meeting],
        "clusters" | "puskesmas-table" | "recaps" | "needs-help" | "peer-median" | "ranking" | "district-trend"
        | "puskesmas-map" => &[DashboardScope::Cluster, DashboardScope::District],
        _ => &[DashboardScope::Puskesmas, DashboardScope::Facility, DashboardScope::Meeting],
    }
}

/// Lowers one page; `None` where something is wrong.
pub(super) fn lower(reader: &mut DefinitionReader<'_>, slug: &str, mut root: RawTable<'_>) -> Option<Dashboard> {
    let before = reader.faults.len();
    let title = root.needed_text(reader, "title");
    let question = root.needed_text(reader, "question");
    let order = root.whole(reader, "order").unwrap_or(500);
    if !root.has("scope") {
        root.missing(
            reader,
            "scope",
            "scope = \"puskesmas\" (atau \"facility\", \"meeting\", \"cluster\", \"district\")",
        );
    }
    let scope = root.text(reader, "scope").and_then(|word| choose(reader, "cakupan", &word, &SCOPES));
    let periods = lower_periods(reader, &mut root);
    let panels = lower_panels(reader, &mut root, scope);
    root.finish(reader);
    if reader.faults.len() > before {
        return None;
    }
    Some(Dashboard {
        slug: slug.to_owned(),
        title: title?.value,
        question: question?.value,
        order,
        scope: scope?,
        periods,
        panels,
    })
}

fn lower_periods(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Vec<PeriodKind> {
    if !root.has("periods") {
        root.missing(reader, "periods", "periods = [\"four-month\", \"month\", \"year\"]");
    }
    let words = root.texts(reader, "periods");
    words.map_or_else(Vec::new, |words| choose_each(reader, "jenis periode", &words.value, &PERIODS))
}

fn lower_panels(
    reader: &mut DefinitionReader<'_>,
    root: &mut RawTable<'_>,
    scope: Option<DashboardScope>,
) -> Vec<Panel> {
    if !root.has("panel") {
        root.missing(reader, "panel", "[[panel]] lalu [panel.lead]");
    }
    let tables = root.tables(reader, "panel");
    let key = root.key_span("panel");
    if tables.is_empty() && root.has("panel") {
        reader.fault(&key, "halaman tanpa panel", Some("tambahkan paling sedikit satu [[panel]]".to_owned()));
    }
    if tables.len() > PANELS_MAX {
        reader.fault(
            &key,
            format!("{} panel; paling banyak {PANELS_MAX}", tables.len()),
            Some("bagi menjadi dua halaman".to_owned()),
        );
    }
    let mut panels: Vec<Panel> = Vec::new();
    for table in tables {
        let span = table.span.clone();
        let Some((name, mut panel)) = lower_panel(reader, table, scope) else { continue };
        if panels.iter().any(|other| other.kind == panel.kind) {
            let hint = "hapus salah satu, atau beri pilihan yang berbeda".to_owned();
            reader.fault(&span, format!("panel `{name}` kembar di halaman ini"), Some(hint));
            continue;
        }
        let same = panels.iter().filter(|other| other.id == name || other.id.starts_with(&format!("{name}-"))).count();
        panel.id = if same == 0 { name.to_owned() } else { format!("{name}-{}", same + 1) };
        panels.push(panel);
    }
    panels
}

fn lower_panel(
    reader: &mut DefinitionReader<'_>,
    mut table: RawTable<'_>,
    scope: Option<DashboardScope>,
) -> Option<(&'static str, Panel)> {
    let title = table.text(reader, "title").map(|title| title.value);
    let note = table.text(reader, "note").map(|note| note.value);
    let width = table.text(reader, "width").and_then(|word| choose(reader, "lebar", &word, &WIDTHS));
    let is_folded = table.text(reader, "shown").and_then(|word| choose(reader, "tampilan", &word, &SHOWN));
    let present = table.chosen();
    let lowered = match present[..] {
        [] if table.has_unknown_table() => None,
        [] => {
            reader.fault(&table.span, "panel tanpa jenis", Some(format!("tambahkan satu dari: {}", table.choices())));
            None
        }
        [name] => {
            if let Some(scope) = scope
                && !allowed_scopes(name).contains(&scope)
            {
                let allowed = SCOPES.iter().filter(|(_, scope)| allowed_scopes(name).contains(scope));
                let allowed: Vec<String> = allowed.map(|(word, _)| format!("`{word}`")).collect();
                let what = format!("panel `{name}` hanya untuk halaman bercakupan {}", allowed.join(" atau "));
                reader.fault(&table.key_span(name), what, Some("pindahkan ke halaman lain".to_owned()));
            }
            let options = table.table(reader, name);
            options.and_then(|options| lower_kind(reader, name, options)).map(|kind| (name, kind))
        }
        [.., second] => {
            let what = format!("panel punya {} jenis: {}", present.len(), present.join(", "));
            reader.fault(&table.key_span(second), what, Some("mulai [[panel]] baru untuk setiap jenis".to_owned()));
            None
        }
    };
    table.finish(reader);
    let (name, kind) = lowered?;
    let width = width.unwrap_or(Width::Full);
    Some((name, Panel { id: String::new(), title, note, width, is_folded: is_folded.unwrap_or(false), kind }))
}

fn lower_kind(reader: &mut DefinitionReader<'_>, name: &str, mut options: RawTable<'_>) -> Option<PanelKind> {
    let kind = match name {
        "lead" => Some(PanelKind::Lead),
        "attention" => Some(PanelKind::Attention { limit: options.whole(reader, "limit").unwrap_or(5) }),
        "status-table" => Some(PanelKind::StatusTable(StatusTable {
            indicators: indicators(reader, &mut options),
            filters: words(reader, &mut options, "filters", "saringan", &FILTERS),
        })),
        "totals" => Some(PanelKind::Totals { by: groupings(reader, &mut options) }),
        "completeness" => Some(PanelKind::Completeness),
        "score-bars" => Some(PanelKind::ScoreBars),
        "visit-heatmap" => Some(PanelKind::VisitHeatmap),
        "trend" => trend(reader, &mut options).map(PanelKind::Trend),
        "comparison" => comparison(reader, &mut options).map(PanelKind::Comparison),
        "pareto" => pareto(reader, &mut options),
        "map" => Some(PanelKind::Map),
        "slot-bars" => slot_bars(reader, &mut options),
        "small-multiples" => service_choice(reader, &mut options).map(|of| PanelKind::SmallMultiples { of }),
        "pws" => service_choice(reader, &mut options).map(|of| PanelKind::Pws { of }),
        "radar" => radar(reader, &mut options),
        "slots" => Some(PanelKind::Slots),
        "follow-ups" => Some(PanelKind::FollowUps),
        "checklist-findings" => Some(PanelKind::ChecklistFindings),
        "visit-priority" => visit_priority(reader, &mut options).map(PanelKind::VisitPriority),
        "reports" => Some(PanelKind::Reports),
        "lokmin" => Some(PanelKind::Lokmin),
        "indicators" => Some(PanelKind::Indicators { indicators: indicators(reader, &mut options) }),
        "evaluation-table" => Some(PanelKind::EvaluationTable { indicators: indicators(reader, &mut options) }),
        "schedule-changes" => Some(PanelKind::ScheduleChanges),
        "slide" => slide(reader, &mut options),
        _ => district_kind(reader, name, &mut options).map(PanelKind::District),
    };
    options.finish(reader);
    kind
}

fn district_kind(reader: &mut DefinitionReader<'_>, name: &str, options: &mut RawTable<'_>) -> Option<DistrictPanel> {
    match name {
        "clusters" => Some(DistrictPanel::Clusters { indicators: indicators(reader, options) }),
        "puskesmas-table" => Some(DistrictPanel::PuskesmasTable { indicators: indicators(reader, options) }),
        "recaps" => Some(DistrictPanel::Recaps),
        "needs-help" => Some(DistrictPanel::NeedsHelp { limit: options.whole(reader, "limit").unwrap_or(10) }),
        "peer-median" => Some(DistrictPanel::PeerMedian { indicators: indicators(reader, options) }),
        "ranking" => Some(DistrictPanel::Ranking),
        "district-trend" => Some(DistrictPanel::Trend { periods: options.whole(reader, "periods").unwrap_or(4) }),
        "puskesmas-map" => Some(DistrictPanel::Map),
        _ => None,
    }
}

fn visit_priority(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<VisitPriorityPanel> {
    let span = options.key_span("score-weight");
    let mut weight = |key| options.whole(reader, key).unwrap_or(WEIGHT_DEFAULT);
    let weights = FactorWeights {
        checklist: weight("score-weight"),
        overdue: weight("follow-ups-weight"),
        months: weight("months-weight"),
        load: weight("load-weight"),
    };
    if weights.is_empty() {
        let hint = "beri paling sedikit satu faktor bobot di atas 0".to_owned();
        reader.fault(&span, "semua bobot 0, sehingga tidak ada yang mendesak", Some(hint));
        return None;
    }
    Some(VisitPriorityPanel { limit: options.whole(reader, "limit").unwrap_or(10), weights })
}

/// The value of `indicators`: codes; all nine where it is not there.
fn indicators(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Vec<CoachingIndicator> {
    if !options.has("indicators") {
        return CoachingIndicator::ALL.to_vec();
    }
    words(reader, options, "indicators", "indikator", &indicator_codes())
}

pub(super) fn indicator_codes() -> [(&'static str, CoachingIndicator); CoachingIndicator::COUNT] {
    CoachingIndicator::ALL.map(|indicator| (indicator.code(), indicator))
}

/// The words of `of`: the score, then the codes.
pub(super) fn figures_followed() -> Vec<&'static str> {
    std::iter::once("score").chain(CoachingIndicator::ALL.map(CoachingIndicator::code)).collect()
}

fn words<T: Copy + PartialEq>(
    reader: &mut DefinitionReader<'_>,
    options: &mut RawTable<'_>,
    key: &'static str,
    what: &str,
    known: &[(&str, T)],
) -> Vec<T> {
    let words = options.texts(reader, key);
    words.map_or_else(Vec::new, |words| choose_each(reader, what, &words.value, known))
}

fn groupings(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Vec<Grouping> {
    if options.has("by") { words(reader, options, "by", "pengelompokan", &GROUPINGS) } else { vec![Grouping::Group] }
}

fn trend(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<TrendPanel> {
    let periods = options.whole(reader, "periods").unwrap_or(6);
    Some(TrendPanel { of: figure_followed(reader, options)?, periods })
}

/// The value of `of`: the score, or the code of an indicator.
fn figure_followed(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<TrendOf> {
    match options.text(reader, "of") {
        None if options.has("of") => None,
        None => Some(TrendOf::Score),
        Some(word) if word.value == "score" => Some(TrendOf::Score),
        Some(word) => indicator_or_score(reader, &word).map(TrendOf::Indicator),
    }
}

fn comparison(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<ComparisonPanel> {
    if !options.has("against") {
        options.missing(reader, "against", "against = \"last-year\" (atau \"previous\")");
    }
    let word = options.text(reader, "against");
    let against = word.and_then(|word| choose(reader, "pembanding", &word, &COMPARED));
    let of = figure_followed(reader, options);
    Some(ComparisonPanel { of: of?, against: against? })
}

fn pareto(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<PanelKind> {
    if !options.has("of") {
        options.missing(reader, "of", "of = \"findings\" (atau \"late-follow-ups\")");
    }
    let word = options.text(reader, "of")?;
    choose(reader, "isi pareto", &word, &PARETO).map(|of| PanelKind::Pareto { of })
}

fn indicator_or_score(reader: &mut DefinitionReader<'_>, word: &Located<String>) -> Option<CoachingIndicator> {
    let found = indicator_codes().into_iter().find(|(code, _)| *code == word.value).map(|(_, indicator)| indicator);
    if found.is_none() {
        let known = indicator_codes();
        let hint = suggest(&word.value, known.iter().map(|(code, _)| *code).chain(["score"]));
        reader.fault(&word.span, format!("indikator `{}` tidak dikenal", word.value), Some(hint));
    }
    found
}

fn slot_bars(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<PanelKind> {
    if !options.has("by") {
        options.missing(reader, "by", "by = \"month\" (atau \"facility\")");
    }
    let word = options.text(reader, "by")?;
    choose(reader, "pengelompokan jadwal", &word, &SLOTS_BY).map(|by| PanelKind::SlotBars { by })
}

/// The value of `indicator`: each service indicator, or the code of one.
fn service_choice(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<PwsChoice> {
    if !options.has("indicator") {
        options.missing(reader, "indicator", "indicator = \"each\", atau kode indikator layanan seperti \"K6\"");
    }
    let word = options.text(reader, "indicator")?;
    // Codes of service indicators are data of the year: any is accepted, the page says where there is none.
    Some(if word.value == "each" { PwsChoice::Each } else { PwsChoice::Service(word.value) })
}

fn slide(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<PanelKind> {
    if !options.has("show") {
        let known: Vec<&str> = SLIDES.iter().map(|(word, _)| *word).collect();
        options.missing(reader, "show", &format!("show = \"{}\"", known.join("\", atau \"")));
    }
    let word = options.text(reader, "show")?;
    choose(reader, "isi salindia", &word, &SLIDES).map(PanelKind::Slide)
}

fn radar(reader: &mut DefinitionReader<'_>, options: &mut RawTable<'_>) -> Option<PanelKind> {
    let span = options.key_span("indicators");
    let before = reader.faults.len();
    let indicators = indicators(reader, options);
    if reader.faults.len() == before && indicators.len() < 3 {
        let hint = "sebutkan paling sedikit tiga indikator".to_owned();
        reader.fault(&span, "radar butuh tiga sumbu", Some(hint));
    }
    (indicators.len() >= 3).then_some(PanelKind::Radar { indicators })
}

/// Checks a file's stem as address or name; faults stand at the file's start.
pub(super) fn checked_stem<'n>(reader: &mut DefinitionReader<'_>, stem: &'n str) -> Option<&'n str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !stem.is_empty() && stem.len() <= 60 && stem.chars().all(plain) {
        return Some(stem);
    }
    let hint = "nama berkas: huruf kecil, angka dan tanda hubung, misalnya ringkasan.toml";
    reader.fault(&(0..0), format!("nama berkas `{stem}` tidak dapat menjadi alamat"), Some(hint.to_owned()));
    None
}

/// The root table of a parsed file, with the keys that it may have.
pub(super) fn root<'t>(document: &'t toml::Spanned<DeTable<'t>>, keys: &'static KeyTable) -> RawTable<'t> {
    RawTable::new(document.get_ref(), 0..0, keys)
}
