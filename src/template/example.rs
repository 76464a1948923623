//! The sheet of examples: the workbook's own tables, small and filled in with an invented Puskesmas' data.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::context::{TemplateContext, TemplateRecords};
use super::draw::{column_number, page, protect, table};
use super::{EXAMPLE_MARK, TemplateKind, plans, style};
use crate::domain::annual_plan::{PlanDocument, PlanProposal, PlanSession, PlanVerdict, SessionTopic};
use crate::domain::exact::Decimal;
use crate::domain::facility::{FacilityGroup, LicencePaper, Structure};
use crate::domain::facts::LokminSort;
use crate::domain::indicator::{Aggregation, CoachingIndicator, Direction, ServiceDefinition};
use crate::domain::network::{AgreementStep, IntegrationScore, NetworkStep};
use crate::domain::own_indicator::{OwnAchievement, OwnIndicator};
use crate::domain::pkp::{PkpItem, PkpVerdict, PkpVerification};
use crate::domain::records::{
    AchievementRow, ChangeRow, DecreeRecord, FacilityRow, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow,
};
use crate::domain::written::{
    ClusterMember, Decision, DistrictAssessment, DistrictFollowUp, DistrictMatter, DistrictStep, DistrictVisit, Owned,
    Problem, WrittenRecords,
};
use crate::domain::{ChangeApproval, Date, Month, NamedKinds, Period, PeriodKind, ReportReceipt};

const CLINIC: &str = "Klinik Contoh Sehat";
const OUTPOST: &str = "Pustu Contoh Mekar";
/// Widest column of the sheet, in characters; several tables share its columns.
const WIDTH_MAX: f64 = 26.0;

pub(super) fn sheet(sheet: &mut Worksheet, kind: TemplateKind, context: &TemplateContext) -> Result<(), XlsxError> {
    sheet.set_name("Contoh")?;
    sheet.write_string_with_format(0, 0, EXAMPLE_MARK, &style::mark())?;
    let note = "Hanya contoh: nama dan angkanya rekaan, dan lembar ini tidak ikut diimpor.";
    sheet.write_string(1, 0, note)?;
    let plans = plans(kind, &invented(context.month));
    let mut row = 3;
    let mut widths: Vec<f64> = Vec::new();
    for mut plan in plans {
        plan.spare_rows = 1;
        for column in &mut plan.columns {
            column.width = column.width.min(WIDTH_MAX);
        }
        sheet.write_string_with_format(row, 0, &plan.sheet, &style::caption())?;
        let place = table(sheet, &plan, row + 1)?;
        row = place.end + 2;
        widths.resize(widths.len().max(plan.columns.len()), 0.0);
        for (widest, column) in widths.iter_mut().zip(&plan.columns) {
            *widest = widest.max(column.width);
        }
    }
    for (column, width) in widths.into_iter().enumerate() {
        sheet.set_column_width(column_number(column), width)?;
    }
    page(sheet, "Contoh");
    protect(sheet);
    Ok(())
}

fn facility(name: &str, kind: &str, group: FacilityGroup, structure: Structure) -> FacilityRow {
    FacilityRow {
        name: name.to_owned(),
        kind: Some(kind.to_owned()),
        group: Some(group),
        structures: vec![structure],
        address: Some("Jl. Raya Contoh No. 1".to_owned()),
        village: Some("Contoh".to_owned()),
        person_in_charge: Some("Sri Contoh".to_owned()),
        owes_reports: Some(true),
        active_from: None,
        active_until: None,
        agreement: None,
        licence: None,
        coordinates: None,
    }
}

/// An invented Puskesmas in the same month.
fn invented(month: Month) -> TemplateContext {
    let clinic = FacilityRow {
        agreement: Some(LicencePaper {
            number: Some("440/12/PKS".to_owned()),
            valid_until: Some(month.plus(18).last_day()),
        }),
        ..facility(CLINIC, "Klinik", FacilityGroup::Jejaring, Structure::ReferralSystem)
    };
    let outpost = facility(OUTPOST, "Pustu", FacilityGroup::Jaringan, Structure::AdministrativeArea);
    TemplateContext {
        facilities: vec![clinic, outpost],
        services: vec![
            service("K6", "Cakupan K6 ibu hamil", 95.0, Aggregation::Cumulative),
            service("HT", "Penderita hipertensi dilayani sesuai standar", 100.0, Aggregation::Sum),
        ],
        decree: vec![
            DecreeRecord { indicator: CoachingIndicator::Cak, target: Some(100.0), weight: Some(20.0) },
            DecreeRecord { indicator: CoachingIndicator::Jdw, target: Some(80.0), weight: Some(10.0) },
        ],
        records: records(month),
        ..TemplateContext::blank("UPT PUSKESMAS CONTOH", month)
    }
}

fn service(code: &str, name: &str, target: f64, aggregation: Aggregation) -> ServiceDefinition {
    ServiceDefinition {
        code: code.to_owned(),
        name: name.to_owned(),
        target,
        weight: 1.0,
        direction: Direction::HigherIsBetter,
        aggregation,
        applies_to: NamedKinds::default(),
    }
}

fn day(month: Month, day: u32) -> Date {
    chrono::Datelike::with_day(&month.first_day(), day).unwrap_or(month.first_day())
}

/// A change of a slot, with the reason that a form wants.
fn change(month: Month) -> ChangeRow {
    let january = Month::from_number(month.year() * 12);
    let other = if month == january { month.plus(1) } else { january };
    ChangeRow {
        facility: OUTPOST.to_owned(),
        named: month,
        moved_to: Some(other),
        reason: Some("Permintaan Pustu".to_owned()),
        approval: ChangeApproval {
            number: Some("440/15/2023".to_owned()),
            approver: Some("Kepala Puskesmas".to_owned()),
        },
    }
}

fn records(month: Month) -> TemplateRecords {
    let slot = |facility: &str| SlotRow { facility: facility.to_owned(), month, person: Some("dr. Contoh".to_owned()) };
    let visit = |name: &str, on, form: &str| VisitRow {
        facility: name.to_owned(),
        date: day(month, on).into(),
        form: form.to_owned(),
        coach: Some("dr. Contoh".to_owned()),
        points: None,
        maximum: None,
        attendance_list: Some(true),
        minutes: Some(true),
        photos: Some(true),
        aspect: None,
        finding: None,
    };
    let achievement = |facility: &str, service: &str, numerator, denominator| AchievementRow {
        facility: facility.to_owned(),
        service: service.to_owned(),
        month,
        numerator: Some(numerator),
        denominator: Some(denominator),
        accumulated: None,
    };
    let lokmin = |facility: &str, attended| LokminRow {
        facility: facility.to_owned(),
        month,
        sort: LokminSort::Monthly,
        invited: Some(true),
        attended: Some(attended),
    };
    TemplateRecords {
        slots: vec![slot(CLINIC), slot(OUTPOST)],
        changes: vec![change(month)],
        visits: vec![
            VisitRow {
                points: Some(34.0),
                maximum: Some(40.0),
                attendance_list: None,
                minutes: None,
                finding: Some("Suhu lemari obat belum dicatat".to_owned()),
                ..visit(CLINIC, 12, "Supervisi fasilitatif")
            },
            visit(OUTPOST, 20, "Pertemuan"),
        ],
        follow_ups: vec![FollowUpRow {
            facility: CLINIC.to_owned(),
            visit_date: day(month, 12),
            item: "Mencatat suhu lemari obat setiap hari".to_owned(),
            owner: Some("Sri Contoh".to_owned()),
            due: day(month.plus(1), 12),
            done: None,
        }],
        lokmin: vec![lokmin(CLINIC, true), lokmin(OUTPOST, false)],
        reports: vec![ReportRow {
            facility: CLINIC.to_owned(),
            month: month.plus(-1),
            received: ReportReceipt::Day(day(month, 4)),
        }],
        achievements: vec![
            achievement(CLINIC, "K6", 9.0, 120.0),
            achievement(OUTPOST, "K6", 0.0, 40.0),
            achievement(CLINIC, "HT", 17.0, 20.0),
        ],
        written: written_records(month),
    }
}

fn written_records(month: Month) -> WrittenRecords {
    let owner = || Some("Sri Contoh".to_owned());
    let mut written = WrittenRecords::default();
    written.problems.push(Owned::first(Problem {
        facility: Some(CLINIC.to_owned()),
        period: super::written::period(month),
        problem: "Laporan bulanan sering terlambat".to_owned(),
        cause: Some("Petugas pelapor baru diganti".to_owned()),
        agreed: Some("Pendampingan pengisian laporan".to_owned()),
        owner: owner(),
        due: Some(day(month.plus(1), 12)),
        done: None,
        proof: None,
    }));
    written.decisions.push(Owned::first(Decision {
        date: day(month, 9),
        problem: Some("Cakupan K6 di bawah target".to_owned()),
        facility: None,
        decision: "Kelas ibu hamil di dua desa".to_owned(),
        owner: owner(),
        due: Some(day(month.plus(1), 9)),
        follow_up: None,
        done: None,
        meeting: None,
    }));
    written.clusters.push(ClusterMember {
        year: month.year(),
        puskesmas: "UPT PUSKESMAS CONTOH".to_owned(),
        cluster: "Cluster I".to_owned(),
    });
    add_coaching(&mut written, month);
    add_plans(&mut written, month);
    written.pkp.extend(pkp_items(month.year()).into_iter().map(Owned::first));
    written.pkp_verifications.push(Owned::first(pkp_verification(month)));
    add_own_indicators(&mut written, month);
    add_network(&mut written, month);
    written
}

/// Coaching by the district's team, and what both sides did about it.
fn add_coaching(written: &mut WrittenRecords, month: Month) {
    let owner = || Some("Sri Contoh".to_owned());
    written.district_visits.push(Owned::first(DistrictVisit {
        date: day(month, 15),
        sort: Some("Terpadu".to_owned()),
        fact: Some("RUK belum memuat hasil evaluasi".to_owned()),
        conclusion: Some("Perencanaan belum berdasar data".to_owned()),
        for_puskesmas: Some("Lengkapi RUK".to_owned()),
        for_district: Some("Pendampingan penyusunan RUK".to_owned()),
        due: Some(day(month.plus(1), 15)),
        sent: Some(day(month, 20)),
        received: Some(day(month, 22)),
        answered: None,
        followed_up: None,
        number: Some("1".to_owned()),
    }));
    written.district_follow_ups.push(Owned::first(DistrictFollowUp {
        coached: Some(day(month, 15)),
        item: "Melengkapi RUK dengan hasil evaluasi".to_owned(),
        owner: owner(),
        due: Some(day(month.plus(1), 15)),
        done: None,
    }));
    written.district_steps.push(Owned::first(DistrictStep {
        coached: day(month, 15),
        number: "1".to_owned(),
        step: "Dijawab".to_owned(),
        date: day(month, 24),
        side: Some("Puskesmas".to_owned()),
        who: owner(),
        note: Some("RUK dilengkapi bulan depan".to_owned()),
        proof: None,
    }));
    written.district_assessments.push(Owned::first(DistrictAssessment {
        year: month.year(),
        side: "Puskesmas".to_owned(),
        parameter: "Perencanaan".to_owned(),
        points: Some(250),
        maximum: Some(290),
        note: None,
    }));
    written.district_matters.push(Owned::first(DistrictMatter {
        date: day(month, 9),
        meeting: Some("Tinjauan manajemen".to_owned()),
        problem: "Tenaga gizi belum ada".to_owned(),
        asked: Some("Penempatan tenaga gizi".to_owned()),
        letter: Some("440/12/2023".to_owned()),
        sent: Some(day(month, 12)),
        answer: None,
        answered: None,
        owner: None,
        due: None,
        done: None,
        proof: None,
    }));
}

/// Steps with one facility of the network, and how far it is integrated.
fn add_network(written: &mut WrittenRecords, month: Month) {
    let facility = || CLINIC.to_owned();
    written.agreement_steps.push(Owned::first(AgreementStep {
        facility: facility(),
        step: "Ditandatangani".to_owned(),
        date: day(month, 3),
        number: Some("440/15/PKS".to_owned()),
        until: Some(day(month.plus(24), 2)),
        facilitated: Some("Ya".to_owned()),
        note: None,
        proof: Some("PKS bertanda tangan".to_owned()),
    }));
    written.network_steps.push(Owned::first(NetworkStep {
        facility: facility(),
        step: "Dipantau dan dievaluasi".to_owned(),
        date: day(month, 25),
        note: Some("Evaluasi bersama pimpinan klinik".to_owned()),
        proof: Some("Notulen".to_owned()),
    }));
    written.integration_scores.push(Owned::first(IntegrationScore {
        year: month.year(),
        facility: facility(),
        aspect: "Sumber daya".to_owned(),
        points: Some(3),
        maximum: Some(4),
        note: None,
    }));
}

/// A meeting about RUK, and two proposals: one that the district's team spoke of, one of which nobody has.
fn add_plans(written: &mut WrittenRecords, month: Month) {
    let words = |text: &str| Some(text.to_owned());
    written.plan_sessions.push(Owned::first(PlanSession {
        planned: day(month, 10),
        document: SessionTopic::Proposed.label().to_owned(),
        held: Some(day(month, 11)),
        letter: words("440/15/2023"),
        helper: words("Sri Contoh"),
        outcome: words("RUK dilengkapi analisis masalah"),
    }));
    let reviewed = PlanProposal {
        program: words("Kesehatan Ibu dan Anak"),
        purpose: words("Meningkatkan cakupan K6"),
        group: words("Ibu hamil"),
        target: words("60 orang"),
        volume: words("12 kali"),
        cost: Decimal::parse("3600000"),
        fund: words("BOK"),
        owner: words("Sri Contoh"),
        time: words("Maret, Juni, September"),
        five_year_item: words("1.2 Kesehatan ibu"),
        verdict: words(PlanVerdict::ToChange.label()),
        note: words("Kurangi menjadi 6 kali"),
        reviewed: Some(day(month, 20)),
        ..PlanProposal::named(month.year(), PlanDocument::Proposed, "Kelas ibu hamil")
    };
    let unspoken = PlanProposal {
        program: words("Promosi Kesehatan"),
        fund: words("BLUD"),
        ..PlanProposal::named(month.year(), PlanDocument::Proposed, "Penyuluhan di sekolah")
    };
    written.plan_proposals.extend([reviewed, unspoken].map(Owned::first));
}

/// A program of which the district's team says what is to be mended.
fn pkp_verification(month: Month) -> PkpVerification {
    let words = |text: &str| Some(text.to_owned());
    PkpVerification {
        year: month.year(),
        program: words("Promosi Kesehatan"),
        verdict: PkpVerdict::ToMend.label().to_owned(),
        figure: words("82,35 %"),
        note: words("Sasaran sekolah belum sesuai data dinas"),
        verifier: words("Sri Contoh"),
        verified: Some(day(month, 21)),
        letter: words("440/21/2023"),
        reply: words("Sasaran diperbaiki"),
        replied: Some(day(month, 24)),
    }
}

fn pkp_items(year: i32) -> Vec<PkpItem> {
    let counted = |code: &str, name: &str, reached: &str| PkpItem {
        target: Some("85%".to_owned()),
        measure: Some("orang".to_owned()),
        population: Decimal::parse("200"),
        planned: Decimal::parse("170"),
        reached: Decimal::parse(reached),
        ..PkpItem::named(year, code, name)
    };
    vec![
        PkpItem::named(year, "1", "UKM Esensial"),
        PkpItem::named(year, "1.1", "Promosi Kesehatan"),
        PkpItem::named(year, "1.1.1", "Pengkajian PHBS"),
        counted("1.1.1.1", "Rumah tangga yang dikaji", "160"),
        PkpItem {
            cause: Some("Kader baru belum dilatih".to_owned()),
            plan: Some("Pelatihan kader".to_owned()),
            ..counted("1.1.1.2", "Sekolah yang dikaji", "120")
        },
        PkpItem { score: Decimal::parse("7"), ..PkpItem::named(year, "4.1.1", "Lokakarya mini bulanan") },
    ]
}

/// An indicator of the Puskesmas itself, and its counts in a month.
fn add_own_indicators(written: &mut WrittenRecords, month: Month) {
    let words = |text: &str| Some(text.to_owned());
    written.own_indicators.push(Owned::first(OwnIndicator {
        year: month.year(),
        code: "INM-1".to_owned(),
        name: "Kepatuhan kebersihan tangan".to_owned(),
        set: words("INM"),
        target: Decimal::parse("85"),
        measure: words("%"),
        direction: words("naik"),
        aggregation: words("jumlah"),
        bands: None,
        basis: words("Permenkes Nomor 30 Tahun 2022"),
        in_force: words("Ya"),
    }));
    written.own_achievements.push(Owned::first(OwnAchievement {
        numerator: Decimal::parse("172"),
        denominator: Decimal::parse("200"),
        ..OwnAchievement::unreported(Period::containing(PeriodKind::Month, month), "INM-1")
    }));
}
