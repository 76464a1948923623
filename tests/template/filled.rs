//! Filled with a case's records, the workbooks read back the same records.

use std::fmt::Debug;

use simpul::diagnostic::{Issue, IssueCode, Severity};
use simpul::domain::annual_plan::{PlanDocument, PlanProposal, PlanSession};
use simpul::domain::exact::Decimal;
use simpul::domain::facility::LicencePaper;
use simpul::domain::facts::LokminSort;
use simpul::domain::name::plain_words;
use simpul::domain::network::{AgreementStep, IntegrationScore, NetworkStep};
use simpul::domain::own_indicator::{OwnAchievement, OwnIndicator};
use simpul::domain::pkp::{PkpItem, PkpVerification};
use simpul::domain::records::{DecreeRecord, ReportRow, VisitRow};
use simpul::domain::written::{
    ClusterMember, Decision, DistrictAssessment, DistrictFollowUp, DistrictMatter, DistrictStep, DistrictVisit, Owned,
    Problem, WrittenRecords,
};
use simpul::domain::{Month, ReportReceipt, VisitDate};
use simpul::template::{TemplateContext, TemplateKind, TemplateRecords, monthly_recaps, workbook};
use simpul::workbook::Workbook;

use super::{CASES, book, context_of, import, month, take};

/// The records that workbooks of these kinds read back as, and what was doubtful.
fn read_back(context: &TemplateContext, recaps: &[Workbook]) -> (TemplateContext, Vec<Issue>) {
    let mut books: Vec<Workbook> = [TemplateKind::Register, TemplateKind::Schedule]
        .into_iter()
        .map(|kind| book(&kind.file_name(context.month), &workbook(kind, context).unwrap()))
        .collect();
    books.extend_from_slice(recaps);
    let found = import(&books);
    let mut back = TemplateContext::blank(&found.puskesmas[0], context.month);
    for (_, recap) in found.recaps {
        take(&mut back, recap.rows);
    }
    (back, found.issues)
}

fn sorted<T: Debug>(records: &[T]) -> Vec<String> {
    let mut texts: Vec<String> = records.iter().map(|record| format!("{record:?}")).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// The later of two recaps wins in the store; here each fact is kept once, and a facility that a form only
/// lists says nothing.
fn compare(context: &TemplateContext, back: &TemplateContext, case: &str) {
    assert_eq!(back.facilities, context.facilities, "{case}");
    assert_eq!(back.services, context.services, "{case}");
    // The sheet lists all nine; a row without target and weight says nothing.
    let told = |rows: &[DecreeRecord]| {
        sorted(&rows.iter().filter(|row| row.target.or(row.weight).is_some()).collect::<Vec<_>>())
    };
    assert_eq!(told(&back.decree), told(&context.decree), "{case}");
    let (one, other) = (&context.records, &back.records);
    assert_eq!(sorted(&other.slots), sorted(&one.slots), "{case}");
    assert_eq!(other.changes, one.changes, "{case}");
    assert_eq!(sorted(&other.visits), sorted(&one.visits), "{case}");
    assert_eq!(sorted(&other.follow_ups), sorted(&one.follow_ups), "{case}");
    assert_eq!(sorted(&other.reports), sorted(&one.reports), "{case}");
    let known = |records: &TemplateRecords| {
        sorted(&records.lokmin.iter().filter(|row| row.invited.or(row.attended).is_some()).collect::<Vec<_>>())
    };
    assert_eq!(known(other), known(one), "{case}");
}

fn only_doubts_of_the_data(issues: &[Issue], case: &str) {
    let of_data = [
        IssueCode::NumeratorAboveDenominator,
        IssueCode::FollowUpWithoutVisit,
        IssueCode::OutsidePeriod,
        IssueCode::DoubtfulNumber,
    ];
    let others: Vec<&Issue> =
        issues.iter().filter(|issue| issue.severity == Severity::Error || !of_data.contains(&issue.code)).collect();
    assert!(others.is_empty(), "{case}: {others:#?}");
}

/// Reports that came after the year's end stand in no recap of the year.
fn within_the_year(context: &mut TemplateContext) {
    let year = context.month.year();
    let month_of = |report: &ReportRow| report.received.day().map_or(report.month.plus(1), Month::from_date);
    context.records.reports.retain(|report| month_of(report).year() == year);
}

/// Later versions of a fact replace earlier ones, as the store resolves them.
fn resolved(case: &str) -> TemplateContext {
    let mut context = context_of(case);
    let all = &mut context.records;
    all.visits.reverse();
    all.visits.sort_by_key(|row| (row.facility.clone(), row.date, plain_words(&row.form)));
    all.visits.dedup_by_key(|row| (row.facility.clone(), row.date, plain_words(&row.form)));
    all.follow_ups.reverse();
    all.follow_ups.sort_by_key(|row| (row.facility.clone(), row.visit_date, plain_words(&row.item)));
    all.follow_ups.dedup_by_key(|row| (row.facility.clone(), row.visit_date, plain_words(&row.item)));
    all.reports.reverse();
    all.reports.sort_by_key(|row| (row.facility.clone(), row.month));
    all.reports.dedup_by_key(|row| (row.facility.clone(), row.month));
    context
}

#[test]
fn twelve_monthly_recaps_read_back_the_same_records() {
    for case in ["abcde-2023", "annual-19", "wild-13"] {
        let mut context = resolved(case);
        within_the_year(&mut context);
        let written = monthly_recaps(&context).unwrap();
        let books: Vec<Workbook> = written.iter().map(|(name, bytes)| book(name, bytes)).collect();
        let (back, issues) = read_back(&context, &books);
        only_doubts_of_the_data(&issues, case);
        compare(&context, &back, case);
        assert_eq!(sorted(&back.records.achievements), sorted(&context.records.achievements), "{case}");
    }
}

#[test]
fn a_yearly_recap_reads_back_the_same_records() {
    for case in CASES {
        let mut context = resolved(case);
        let records = &mut context.records;
        // The layout knows attended and absent: an invitation without an answer is an absence.
        records.lokmin.retain(|row| row.sort == LokminSort::Monthly && row.invited == Some(true));
        for row in &mut records.lokmin {
            row.attended = Some(row.attended == Some(true));
        }
        let bytes = workbook(TemplateKind::YearlyRecap, &context).unwrap();
        let (back, issues) = read_back(&context, &[book("rekap-tahunan-2023.xlsx", &bytes)]);
        only_doubts_of_the_data(&issues, case);
        compare(&context, &back, case);
        assert_eq!(sorted(&back.records.achievements), sorted(&context.records.achievements), "{case}");
    }
}

#[test]
fn the_columns_that_no_case_has_read_back_too() {
    let mut context = resolved("clean-11");
    let first = &mut context.facilities[0];
    let paper =
        |number: &str, day: &str| LicencePaper { number: Some(number.to_owned()), valid_until: day.parse().ok() };
    first.agreement = Some(paper("440/12/PKS", "2025-12-31"));
    first.licence = Some(paper("503.0 / 7", "2024-02-29"));
    first.village = Some("Tanjungsari".to_owned());
    first.structures = vec![simpul::domain::Structure::School, simpul::domain::Structure::CrossSector];
    first.active_from = Some(month("2021-03"));
    first.active_until = Some(month("2023-11"));
    let visit = &mut context.records.visits[0];
    visit.aspect = Some("Kefarmasian".to_owned());
    visit.finding = Some("Suhu \"kulkas\" <5 & tidak dicatat".to_owned());
    let dated = context.records.visits[1].clone();
    let of_month = VisitDate::Month(dated.date.month());
    context.records.visits[1] = VisitRow { date: of_month, form: "Kunjungan tanpa tanggal".to_owned(), ..dated };
    let mut quarterly = context.records.lokmin[0].clone();
    quarterly.sort = LokminSort::Quarterly;
    context.records.lokmin.push(quarterly);
    within_the_year(&mut context);
    let written = monthly_recaps(&context).unwrap();
    let books: Vec<Workbook> = written.iter().map(|(name, bytes)| book(name, bytes)).collect();
    let (back, mut issues) = read_back(&context, &books);
    let told = issues.iter().filter(|issue| issue.code == IssueCode::Reading).count();
    issues.retain(|issue| issue.code != IssueCode::Reading);
    assert_eq!(told, 1, "a month in the place of a date is told");
    only_doubts_of_the_data(&issues, "clean-11");
    compare(&context, &back, "clean-11");
}

#[test]
fn reports_without_a_day_read_back_too() {
    let mut context = resolved("clean-11");
    let without_day =
        [ReportReceipt::InTime, ReportReceipt::Late, ReportReceipt::Came, ReportReceipt::NotCome].into_iter().cycle();
    for (report, receipt) in context.records.reports.iter_mut().step_by(3).zip(without_day) {
        report.received = receipt;
    }
    within_the_year(&mut context);
    let written = monthly_recaps(&context).unwrap();
    let monthly: Vec<Workbook> = written.iter().map(|(name, bytes)| book(name, bytes)).collect();
    let yearly = book("rekap-tahunan-2023.xlsx", &workbook(TemplateKind::YearlyRecap, &context).unwrap());
    for books in [monthly, vec![yearly]] {
        let (back, mut issues) = read_back(&context, &books);
        issues.retain(|issue| issue.code != IssueCode::Reading);
        only_doubts_of_the_data(&issues, "clean-11");
        let come = context.records.reports.iter().filter(|row| row.received != ReportReceipt::NotCome);
        assert_eq!(
            sorted(&back.records.reports),
            sorted(&come.cloned().collect::<Vec<_>>()),
            "what has not come is blank"
        );
    }
}

#[test]
fn one_denominator_a_year_stands_once() {
    let mut context = resolved("annual-19");
    let cumulative = context.services[0].code.clone();
    let records = &mut context.records;
    records.achievements.retain(|row| row.service == cumulative && row.numerator.is_some());
    for row in &mut records.achievements {
        row.denominator = Some(1_200.0);
    }
    let bytes = workbook(TemplateKind::YearlyRecap, &context).unwrap();
    let written = book("rekap-tahunan-2023.xlsx", &bytes);
    let sheet = written.sheets.iter().find(|sheet| sheet.name == cumulative).unwrap();
    let headings = sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    assert_eq!(headings.filter(|text| *text == "Sasaran").count(), 1);
    let (back, issues) = read_back(&context, &[written]);
    only_doubts_of_the_data(&issues, "annual-19");
    assert_eq!(sorted(&back.records.achievements), sorted(&context.records.achievements));
}

/// A row of each table that people write beside the figures, with texts that begin like sums and signatures.
#[expect(clippy::too_many_lines, reason = "a row of each table, field by field")]
fn written() -> TemplateContext {
    let day = |text: &str| Some(text.parse().unwrap());
    let words = |text: &str| Some(text.to_owned());
    let mut context = context_of("abcde-2023");
    let facility = context.facilities[0].name.clone();
    let problem = |facility, problem: &str| {
        Owned::first(Problem {
            facility,
            period: "2023-C2".parse().unwrap(),
            problem: problem.to_owned(),
            cause: words("Jumlah petugas kurang"),
            agreed: words("Total ulang; \"bimbingan\" <b>"),
            owner: None,
            due: day("2023-09-30"),
            done: None,
            proof: words("Foto"),
        })
    };
    let whose = facility.clone();
    let listed = facility.clone();
    let decision = |decision: &str, due: Option<simpul::domain::Date>| {
        Owned::first(Decision {
            date: "2023-06-12".parse().unwrap(),
            problem: None,
            facility: due.map(|_| whose.clone()),
            decision: decision.to_owned(),
            owner: words("Ani"),
            due,
            follow_up: words("Sudah"),
            done: day("2023-06-20"),
            meeting: words("Tinjauan manajemen"),
        })
    };
    let written = WrittenRecords {
        problems: vec![problem(None, "Rata-rata kunjungan rendah"), problem(Some(facility), "Jumlah kader kurang")],
        decisions: vec![
            decision("Jumlah kader ditambah", day("2023-07-01")),
            decision("Kepala Puskesmas menghubungi camat", None),
        ],
        clusters: vec![
            ClusterMember { year: 2023, puskesmas: "UPT PUSKESMAS ABCDE".to_owned(), cluster: "I".to_owned() },
            ClusterMember {
                year: 2023,
                puskesmas: "Puskesmas Bendosari".to_owned(),
                cluster: "Total Utara".to_owned(),
            },
        ],
        district_visits: vec![Owned::first(DistrictVisit {
            date: "2023-07-11".parse().unwrap(),
            sort: words("Terpadu"),
            fact: words("Total RUK belum lengkap"),
            conclusion: None,
            for_puskesmas: words("Lengkapi RUK"),
            for_district: words("Dampingi"),
            due: day("2023-08-31"),
            sent: day("2023-07-15"),
            received: day("2023-07-17"),
            answered: None,
            followed_up: day("2023-08-30"),
            number: words("1"),
        })],
        district_follow_ups: vec![Owned::first(DistrictFollowUp {
            coached: day("2023-07-11"),
            item: "Jumlah RUK dilengkapi".to_owned(),
            owner: None,
            due: None,
            done: day("2023-08-30"),
        })],
        district_steps: ["2023-08-30", "2024-01-02"]
            .into_iter()
            .map(|taken| {
                Owned::first(DistrictStep {
                    coached: "2023-07-11".parse().unwrap(),
                    number: "1".to_owned(),
                    step: "Ditindaklanjuti".to_owned(),
                    date: taken.parse().unwrap(),
                    side: words("Puskesmas"),
                    who: words("Total Ani"),
                    note: None,
                    proof: words("Notulen"),
                })
            })
            .collect(),
        district_assessments: vec![Owned::first(DistrictAssessment {
            year: 2023,
            side: "TPCB".to_owned(),
            parameter: "Perencanaan".to_owned(),
            points: Some(0),
            maximum: Some(290),
            note: words("Jumlah RUK kurang"),
        })],
        district_matters: vec![Owned::first(DistrictMatter {
            date: "2023-06-12".parse().unwrap(),
            meeting: words("Lokmin tribulanan"),
            problem: "Total dokter kurang".to_owned(),
            asked: words("Tambah tenaga"),
            letter: words("440/12/2023"),
            sent: day("2023-06-20"),
            answer: None,
            answered: None,
            owner: words("Bidang SDK"),
            due: day("2023-12-31"),
            done: None,
            proof: None,
        })],
        plan_sessions: vec![Owned::first(PlanSession {
            planned: "2023-02-10".parse().unwrap(),
            document: "RUK dan RPK".to_owned(),
            held: day("2023-02-12"),
            letter: words("440/7/2023"),
            helper: words("Ani"),
            outcome: words("Jumlah usulan dikurangi"),
        })],
        plan_proposals: vec![
            Owned::first(PlanProposal {
                program: words("Jumlah gizi"),
                purpose: words("Menurunkan stunting"),
                group: words("Balita"),
                target: words("123 orang"),
                volume: words("12 kali x 5 orang"),
                cost: Decimal::parse("12345678"),
                fund: words("BOK: 10.000.000; BLUD: 2.345.678"),
                owner: words("Budi"),
                time: words("Maret, Juni"),
                five_year_item: words("2.1"),
                verdict: words("Perlu diubah"),
                note: words("Kurangi volume"),
                reviewed: day("2023-03-01"),
                reply: words("Volume dikurangi"),
                replied: day("2023-03-05"),
                ..PlanProposal::named(2023, PlanDocument::Proposed, "Total kunjungan balita")
            }),
            Owned::first(PlanProposal {
                cost: Decimal::parse("0"),
                ..PlanProposal::named(2023, PlanDocument::Carried, "Rapat")
            }),
        ],
        pkp: vec![
            Owned::first(PkpItem::named(2023, "1.1", "Total promosi kesehatan")),
            Owned::first(PkpItem {
                target: words("85%"),
                measure: words("orang"),
                population: Decimal::parse("123"),
                planned: Decimal::parse("104.55"),
                reached: Decimal::parse("0"),
                ring: words("≥80=10; 60-<80=7; <60=4"),
                sheet_coverage: Decimal::parse("0"),
                sheet_result: Decimal::parse("40"),
                cause: words("Jumlah kader kurang"),
                plan: words("Pelatihan"),
                ..PkpItem::named(2023, "1.1.1", "Jumlah rumah tangga")
            }),
            Owned::first(PkpItem { score: Decimal::parse("7"), ..PkpItem::named(2023, "4.1.1", "Lokmin") }),
        ],
        pkp_verifications: vec![
            Owned::first(PkpVerification {
                year: 2023,
                program: None,
                verdict: "Sesuai".to_owned(),
                figure: None,
                note: words("Seluruh program"),
                verifier: None,
                verified: day("2023-12-19"),
                letter: None,
                reply: None,
                replied: None,
            }),
            Owned::first(PkpVerification {
                year: 2023,
                program: words("Jumlah gizi"),
                verdict: "Perlu diperbaiki".to_owned(),
                figure: words("92,50 %"),
                note: words("Sasaran 2023 \"keliru\""),
                verifier: words("Budi"),
                verified: day("2023-12-20"),
                letter: words("440/0012/2023"),
                reply: words("Diperbaiki"),
                replied: day("2023-12-22"),
            }),
        ],
        own_indicators: vec![Owned::first(OwnIndicator {
            year: 2023,
            code: "IKS".to_owned(),
            name: "Jumlah keluarga sehat".to_owned(),
            set: words("PIS-PK"),
            target: Decimal::parse("0.8"),
            measure: words("indeks"),
            direction: words("naik"),
            aggregation: words("terakhir"),
            bands: words(">0,8 = Sehat; <=0,8 = Belum sehat"),
            basis: words("SK"),
            in_force: words("Ya"),
        })],
        own_achievements: vec![Owned::first(OwnAchievement {
            numerator: Decimal::parse("0"),
            accumulated: Decimal::parse("3"),
            denominator: Decimal::parse("120.5"),
            figure: Decimal::parse("0.812"),
            ..OwnAchievement::unreported("2023-05".parse().unwrap(), "IKS")
        })],
        agreement_steps: vec![Owned::first(AgreementStep {
            facility: listed.clone(),
            step: "Ditandatangani".to_owned(),
            date: "2023-05-03".parse().unwrap(),
            number: words("440/15/PKS"),
            until: day("2028-05-02"),
            facilitated: words("Ya"),
            note: words("Total dua rangkap"),
            proof: words("Jumlah halaman lengkap"),
        })],
        network_steps: vec![Owned::first(NetworkStep {
            facility: listed.clone(),
            step: "Masalah diidentifikasi".to_owned(),
            date: "2023-02-10".parse().unwrap(),
            note: words("Total tiga masalah"),
            proof: None,
        })],
        integration_scores: vec![
            Owned::first(IntegrationScore {
                year: 2023,
                facility: listed.clone(),
                aspect: "Kader".to_owned(),
                points: Some(0),
                maximum: Some(4),
                note: words("Jumlah kader kurang"),
            }),
            Owned::first(IntegrationScore {
                year: 2023,
                facility: listed,
                aspect: "Kerja sama".to_owned(),
                points: None,
                maximum: Some(4),
                note: None,
            }),
        ],
    };
    context.records = TemplateRecords { written, ..TemplateRecords::default() };
    context
}

#[test]
fn what_people_write_beside_the_figures_reads_back() {
    let context = written();
    let kinds = [
        TemplateKind::Evaluation,
        TemplateKind::Minutes,
        TemplateKind::District,
        TemplateKind::Clusters,
        TemplateKind::AnnualPlans,
        TemplateKind::Pkp,
        TemplateKind::OwnIndicators,
        TemplateKind::Network,
    ];
    let books: Vec<Workbook> =
        kinds.into_iter().map(|kind| book("x.xlsx", &workbook(kind, &context).unwrap())).collect();
    let (back, issues) = read_back(&context, &books);
    // No folder of Puskesmas stands behind this reading: that the members could not be compared is told.
    let told: Vec<_> = issues.iter().map(|issue| (issue.sheet.as_str(), issue.code)).collect();
    assert_eq!(told, [("Cluster", IssueCode::Reading)]);
    let (one, other) = (&context.records, &back.records);
    assert_eq!(other.written.problems, one.written.problems);
    assert_eq!(other.written.decisions, one.written.decisions);
    assert_eq!(other.written.clusters, one.written.clusters);
    assert_eq!(other.written.district_visits, one.written.district_visits);
    assert_eq!(other.written.district_follow_ups, one.written.district_follow_ups);
    assert_eq!(other.written.district_steps, one.written.district_steps);
    assert_eq!(other.written.district_assessments, one.written.district_assessments);
    assert_eq!(other.written.district_matters, one.written.district_matters);
    assert_eq!(other.written.plan_sessions, one.written.plan_sessions);
    let by_key = |rows: &[Owned<PlanProposal>]| {
        let mut rows: Vec<PlanProposal> = rows.iter().map(|owned| owned.row.clone()).collect();
        rows.sort_by_key(PlanProposal::listing_key);
        rows
    };
    assert_eq!(by_key(&other.written.plan_proposals), by_key(&one.written.plan_proposals));
    assert_eq!(other.written.pkp, one.written.pkp);
    assert_eq!(other.written.pkp_verifications, one.written.pkp_verifications);
    assert_eq!(other.written.own_indicators, one.written.own_indicators);
    assert_eq!(other.written.own_achievements, one.written.own_achievements);
    assert_eq!(other.written.agreement_steps, one.written.agreement_steps);
    assert_eq!(other.written.network_steps, one.written.network_steps);
    assert_eq!(other.written.integration_scores, one.written.integration_scores);
}

#[test]
fn persons_and_reasons_read_back_though_a_facility_has_several() {
    let mut context = resolved("clean-11");
    let mut persons = ["Ani", "dr. Budi, M.Kes", "Ani"].into_iter().cycle();
    for slot in &mut context.records.slots {
        slot.person = persons.next().map(str::to_owned);
    }
    context.records.slots[0].person = None;
    for change in &mut context.records.changes {
        change.reason = Some("Permintaan \"klinik\" & PJ cuti".to_owned());
        change.approval.number = Some("440/0012/PKM \"A\" <2023>".to_owned());
        change.approval.approver = Some("dr. Sari, Kepala Puskesmas".to_owned());
    }
    context.records.changes[0].approval.approver = None;
    assert!(!context.records.changes.is_empty());
    let (back, issues) = read_back(&context, &[]);
    assert_eq!(issues, []);
    assert_eq!(sorted(&back.records.slots), sorted(&context.records.slots));
    assert_eq!(back.records.changes, context.records.changes);
    let names =
        |context: &TemplateContext| context.facilities.iter().map(|facility| facility.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&back), names(&context), "the register keeps its order");
}
