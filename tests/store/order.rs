//! The order of import never shows, and importing twice changes nothing.

use proptest::prelude::*;
use simpul::domain::records::{ChangeRow, FacilityRow, Recap, ReportRow, Rows, VisitRow};
use simpul::domain::{ChangeApproval, Received, ReportReceipt};
use simpul::store::{By, Store};

use super::{
    File, achievement, bare, date, facility, facts, follow_up, in_month, month, recap, register, services, visit,
};

/// Recaps of distinct months that overlap in their rows: every later one corrects some field of an earlier.
fn files(seeds: [u8; 6]) -> Vec<(String, Vec<Recap>)> {
    let mut files: Vec<(String, Vec<Recap>)> = vec![
        ("register 2023".into(), vec![register(2023, vec![facility("Apotek Alvi"), facility("Klinik Bina")])]),
        (
            "register 2024".into(),
            vec![register(2024, vec![FacilityRow { kind: Some("Klinik".into()), ..facility("KLINIK BINA") }])],
        ),
        ("indikator".into(), vec![services(2023, &["K6", "KBV"])]),
    ];
    for (number, seed) in (1_u32..).zip(seeds) {
        files.push((format!("rekap {number}"), month_of(number, seed)));
    }
    let yearly = achievement("Apotek Alvi", "K6", month(2), (None, Some(40.0)));
    files.push(("tahun".into(), vec![recap(Received::Year(2023), Rows::Achievements(bare(vec![yearly])))]));
    files
}

fn month_of(number: u32, seed: u8) -> Vec<Recap> {
    let name = ["Apotek Alvi", "Klinik Bina"][usize::from(seed % 2)];
    let bit = |place: u8| seed >> place & 1 == 1;
    let amount = f64::from(seed);
    let visited = VisitRow {
        points: bit(1).then_some(amount),
        maximum: bit(1).then_some(300.0),
        photos: bit(2).then_some(bit(3)),
        form: if bit(4) { "supervisi".into() } else { "Supervisi.".into() },
        ..visit(name, if bit(6) { "2023-01" } else { "2023-01-15" })
    };
    let done = bit(3).then(|| format!("2023-{number:02}-20"));
    let agreed = follow_up(name, &format!("2023-{number:02}-28"), done.as_deref());
    let reached = achievement(name, "K6", month(1 + number % 3), (bit(2).then_some(amount), bit(5).then_some(amount)));
    let change = ChangeRow {
        facility: name.into(),
        named: month(6),
        moved_to: bit(4).then(|| month(number)),
        reason: bit(5).then(|| format!("alasan {number}")),
        approval: ChangeApproval::default(),
    };
    let received = match seed / 2 % 5 {
        0 => ReportReceipt::Day(date(&format!("2023-02-{:02}", 1 + seed / 16))),
        1 => ReportReceipt::InTime,
        2 => ReportReceipt::Late,
        3 => ReportReceipt::Came,
        _ => ReportReceipt::NotCome,
    };
    let report = ReportRow { facility: name.into(), month: month(1), received };
    vec![
        recap(in_month(number), Rows::Visits(bare(vec![visited]))),
        recap(in_month(number), Rows::FollowUps(bare(vec![agreed]))),
        recap(in_month(number), Rows::Achievements(bare(vec![reached]))),
        recap(in_month(number), Rows::ScheduleChanges(bare(vec![change]))),
        recap(in_month(number), Rows::MonthlyReports(bare(vec![report]))),
    ]
}

fn import(store: &Store, files: &[(String, Vec<Recap>)]) {
    for (name, recaps) in files {
        File::new(name, recaps.clone()).accept(store);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_gives_the_same_facts(
        (in_order, shuffled) in any::<[u8; 6]>().prop_map(files).prop_flat_map(|files| {
            (Just(files.clone()), Just(files).prop_shuffle())
        })
    ) {
        let (one, other) = (Store::in_memory().unwrap(), Store::in_memory().unwrap());
        import(&one, &in_order);
        import(&other, &shuffled);
        prop_assert_eq!(facts(&one), facts(&other));
    }

    #[test]
    fn importing_twice_changes_nothing(seeds in any::<[u8; 6]>()) {
        let store = Store::in_memory().unwrap();
        let files = files(seeds);
        import(&store, &files);
        let before = facts(&store);
        import(&store, &files);
        prop_assert_eq!(facts(&store), before);
    }

    #[test]
    fn undoing_the_last_file_gives_what_was_before(seeds in any::<[u8; 6]>(), cut in 1_usize..9) {
        let store = Store::in_memory().unwrap();
        let files = files(seeds);
        import(&store, &files[..cut]);
        let before = facts(&store);
        let (name, recaps) = &files[cut];
        let accepted = File::new(name, recaps.clone()).replacing().accept(&store);
        store.undo(accepted.batch, By::command_line("budi", super::now())).unwrap();
        prop_assert_eq!(facts(&store), before);
    }
}
