//! The life of an agreement (PKS) with a facility: asked for, drafted, signed, prolonged, ended. Its state follows from
//! the dated steps and from what the register says; nothing of it is stored. Knows no page.

use std::collections::BTreeMap;

use crate::domain::Date;
use crate::domain::facility::Facility;
use crate::domain::field::Field;
use crate::domain::name::{name_key, plain_words};
use crate::domain::written::WrittenRecords;
use crate::domain::written_row::{WrittenField, WrittenSource, WrittenValue, written_row};

/// Agreements that end within so many days are told beforehand.
pub const AGREEMENT_WARNING_DAYS: i64 = 90;

/// A step in the life of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementStage {
    /// One side asked the other for it.
    Asked,
    /// Its text is being drafted.
    Drafted,
    /// Both sides signed it.
    Signed,
    /// Both sides signed that it goes on.
    Prolonged,
    /// One side ended it before its last day.
    Ended,
}

impl AgreementStage {
    /// All, in the order of an agreement's life.
    pub const ALL: [Self; 5] = [Self::Asked, Self::Drafted, Self::Signed, Self::Prolonged, Self::Ended];
    /// Their words, in the same order.
    pub const WORDS: &'static [&'static str] = &["Diminta", "Disusun", "Ditandatangani", "Diperpanjang", "Diakhiri"];

    /// The word on pages and sheets.
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The stage of a word.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| plain_words(stage.label()) == plain_words(label))
    }

    fn is_signature(self) -> bool {
        matches!(self, Self::Signed | Self::Prolonged)
    }
}

/// A row of *Proses PKS*; `None` where blank. Rows are added, and the state follows from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementStep {
    /// Register's name of the facility.
    pub facility: String,
    /// Word of the step.
    pub step: String,
    /// Day on which it was taken.
    pub date: Date,
    /// Number of the agreement.
    pub number: Option<String>,
    /// Last day of the agreement.
    pub until: Option<Date>,
    /// `Ya`: the district office helped to bring it about.
    pub facilitated: Option<String>,
    /// Remark, as somebody wrote it.
    pub note: Option<String>,
    /// Proof, as somebody wrote it.
    pub proof: Option<String>,
}

written_row!(AgreementStep of AgreementSteps in "agreement_step_rows", named by [Name, Step, StepDay],
    again "langkah PKS yang sama untuk faskes ini pada tanggal yang sama" {
    facility: Name in ["facility"],
    step: Step in ["step"],
    date: StepDay in ["step_day"],
    number: AgreementNumber in ["agreement_number"],
    until: AgreementUntil in ["until_day"],
    facilitated: Facilitated in ["facilitated"],
    note: Reason in ["note"],
    proof: Proof in ["proof"],
});

impl AgreementStep {
    /// The stage of its word.
    pub fn stage(&self) -> Option<AgreementStage> {
        AgreementStage::from_label(&self.step)
    }
}

/// State of the agreement with a facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementState {
    /// Nothing is recorded of any: nobody knows, which is not "there is none".
    Unknown,
    /// Asked for and not yet drafted.
    Asked,
    /// Drafted and not yet signed.
    Drafted,
    /// Signed, and its end is far or not recorded.
    InForce,
    /// In force, and ends within [`AGREEMENT_WARNING_DAYS`].
    EndsSoon,
    /// Past its last day.
    Expired,
    /// Ended by one side.
    Ended,
}

impl AgreementState {
    /// All, in the order in which summaries count them.
    pub const ALL: [Self; 7] =
        [Self::InForce, Self::EndsSoon, Self::Expired, Self::Ended, Self::Drafted, Self::Asked, Self::Unknown];

    /// The words on pages and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "Belum diketahui",
            Self::Asked => "Diminta",
            Self::Drafted => "Disusun",
            Self::InForce => "Berlaku",
            Self::EndsSoon => "Segera berakhir",
            Self::Expired => "Sudah berakhir",
            Self::Ended => "Diakhiri",
        }
    }

    /// Reports whether it holds on the day of the standing.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::InForce | Self::EndsSoon)
    }

    /// Reports whether somebody has to see to it: it has ended or ends soon.
    pub fn presses(self) -> bool {
        matches!(self, Self::EndsSoon | Self::Expired | Self::Ended)
    }
}

/// Table that a standing rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementSource {
    /// Steps of *Proses PKS*.
    Steps,
    /// Number or last day in *Daftar Identifikasi*.
    Register,
    /// Nothing is recorded.
    Nothing,
}

impl AgreementSource {
    /// The name of the table; empty where nothing is recorded.
    pub fn label(self) -> &'static str {
        match self {
            Self::Steps => "Proses PKS",
            Self::Register => "Daftar Identifikasi",
            Self::Nothing => "",
        }
    }
}

/// The agreement with one facility as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementStanding {
    /// State on the day.
    pub state: AgreementState,
    /// Number, where one is recorded.
    pub number: Option<String>,
    /// Day of the last step.
    pub since: Option<Date>,
    /// Day of the last signature.
    pub signed: Option<Date>,
    /// Last day, or the day on which it was ended.
    pub until: Option<Date>,
    /// Step towards a new one, taken since the last signature or end.
    pub renewal: Option<AgreementStage>,
    /// True if the district office helped with some step.
    pub is_facilitated: bool,
    /// Table that it rests on.
    pub source: AgreementSource,
}

impl AgreementStanding {
    /// Concludes from the register and the steps up to `as_of`, which need no order.
    pub fn new(facility: &Facility, steps: &[&AgreementStep], as_of: Date) -> Self {
        let mut taken: Vec<(Date, AgreementStage, &AgreementStep)> = steps
            .iter()
            .filter(|step| step.date <= as_of)
            .filter_map(|step| Some((step.date, step.stage()?, *step)))
            .collect();
        taken.sort_by_key(|(date, stage, _)| (*date, *stage));
        let register = facility.agreement.as_ref();
        let signature = taken.iter().rposition(|(_, stage, _)| stage.is_signature());
        let end = taken.iter().rposition(|(_, stage, _)| *stage == AgreementStage::Ended);
        let last = taken.last();
        let settled = signature.max(end);
        let after = last.filter(|_| settled.is_none_or(|settled| settled + 1 < taken.len()));
        let signed = signature.map(|place| taken[place].2);
        let registered_end = register.and_then(|paper| paper.valid_until);
        let mut standing = Self {
            state: AgreementState::Unknown,
            number: signed.and_then(|step| step.number.clone()).or_else(|| register?.number.clone()),
            since: last.map(|(date, ..)| *date),
            signed: signed.map(|step| step.date),
            until: signed.map_or(registered_end, |step| last_day(step, registered_end)),
            renewal: None,
            is_facilitated: taken.iter().any(|(.., step)| says_yes(step.facilitated.as_deref())),
            source: match (taken.is_empty(), register) {
                (false, _) => AgreementSource::Steps,
                (true, Some(_)) => AgreementSource::Register,
                (true, None) => AgreementSource::Nothing,
            },
        };
        if end.is_some() && end > signature {
            standing.state = AgreementState::Ended;
            standing.until = end.map(|place| taken[place].0);
            standing.renewal = after.map(|(_, stage, _)| *stage);
        } else if signed.is_some() || register.is_some() {
            standing.state = by_last_day(standing.until, as_of);
            standing.renewal = after.map(|(_, stage, _)| *stage);
        } else if let Some((_, stage, _)) = last {
            standing.state =
                if *stage == AgreementStage::Asked { AgreementState::Asked } else { AgreementState::Drafted };
        }
        standing
    }

    /// Returns its state in a few words: `Berlaku s.d. 31 Desember 2026; perpanjangan disusun`.
    pub fn words(&self) -> String {
        let day = |date: Option<Date>| date.map(crate::domain::format::date);
        let words = match (self.state, day(self.until)) {
            (AgreementState::InForce, Some(until)) => format!("berlaku s.d. {until}"),
            (AgreementState::InForce, None) => "berlaku, tanggal akhir belum dicatat".to_owned(),
            (AgreementState::EndsSoon, Some(until)) => format!("berakhir {until}"),
            (AgreementState::Expired, Some(until)) => format!("sudah berakhir {until}"),
            (AgreementState::Ended, Some(until)) => format!("diakhiri {until}"),
            (other, _) => other.label().to_lowercase(),
        };
        match self.renewal {
            Some(stage) => format!("{words}; yang baru {}", stage.label().to_lowercase()),
            None => words,
        }
    }
}

/// The last day of a signed agreement. What was prolonged without a day goes on past the register's, nobody knows how long.
fn last_day(signed: &AgreementStep, registered: Option<Date>) -> Option<Date> {
    if signed.until.is_none() && signed.stage() == Some(AgreementStage::Prolonged) {
        return None;
    }
    // A register that was not brought up to date names the agreement before.
    signed.until.max(registered.filter(|until| *until >= signed.date))
}

fn by_last_day(until: Option<Date>, as_of: Date) -> AgreementState {
    match until.map(|until| until.signed_duration_since(as_of).num_days()) {
        Some(..0) => AgreementState::Expired,
        Some(0..=AGREEMENT_WARNING_DAYS) => AgreementState::EndsSoon,
        Some(_) | None => AgreementState::InForce,
    }
}

fn says_yes(word: Option<&str>) -> bool {
    word.is_some_and(|word| plain_words(word) == "ya")
}

/// The steps of one Puskesmas by facility.
#[derive(Clone, Debug, Default)]
pub struct AgreementBook<'w> {
    steps: BTreeMap<String, Vec<&'w AgreementStep>>,
}

impl<'w> AgreementBook<'w> {
    /// Gathers the steps of a Puskesmas.
    pub fn new(written: &'w WrittenRecords, puskesmas: u32) -> Self {
        let mut steps: BTreeMap<String, Vec<&AgreementStep>> = BTreeMap::new();
        for owned in written.agreement_steps.iter().filter(|owned| owned.puskesmas == puskesmas) {
            steps.entry(name_key(&owned.row.facility)).or_default().push(&owned.row);
        }
        Self { steps }
    }

    /// Returns the standing of a facility's agreement.
    pub fn standing(&self, facility: &Facility, as_of: Date) -> AgreementStanding {
        AgreementStanding::new(facility, self.steps_of(facility), as_of)
    }

    /// Returns the recorded steps with a facility.
    pub fn steps_of(&self, facility: &Facility) -> &[&'w AgreementStep] {
        self.steps.get(&name_key(&facility.name)).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Month;
    use crate::domain::facility::LicencePaper;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn facility(until: Option<&str>) -> Facility {
        Facility {
            puskesmas: 0,
            name: "Klinik Sehat".to_owned(),
            kind: "Klinik".to_owned(),
            group: None,
            structures: Vec::new(),
            address: None,
            village: None,
            person_in_charge: None,
            owes_reports: true,
            active_from: Month::new(2023, 1).unwrap(),
            active_until: None,
            agreement: until
                .map(|until| LicencePaper { number: Some("1/PKS".to_owned()), valid_until: Some(day(until)) }),
            licence: None,
            coordinates: None,
            register_place: None,
        }
    }

    fn step(word: &str, date: &str, until: Option<&str>) -> AgreementStep {
        AgreementStep {
            facility: "Klinik Sehat".to_owned(),
            step: word.to_owned(),
            date: day(date),
            number: None,
            until: until.map(day),
            facilitated: None,
            note: None,
            proof: None,
        }
    }

    fn standing(facility: &Facility, steps: &[AgreementStep], as_of: &str) -> AgreementStanding {
        AgreementStanding::new(facility, &steps.iter().collect::<Vec<_>>(), day(as_of))
    }

    #[test]
    fn an_agreement_lives_from_being_asked_for_to_its_end() {
        let bare = facility(None);
        let steps = [
            step("Ditandatangani", "2024-03-01", Some("2025-02-28")),
            step("diminta", "2024-01-05", None),
            step("Disusun", "2024-02-01", None),
            step("Diperpanjang", "2025-02-20", Some("2027-02-28")),
            step("Diakhiri", "2026-05-01", None),
        ];
        let state = |as_of| standing(&bare, &steps, as_of).state;
        assert_eq!(
            ["2024-01-04", "2024-01-05", "2024-02-15", "2024-03-01", "2024-11-30", "2025-02-20", "2026-05-01"]
                .map(state),
            [
                AgreementState::Unknown,
                AgreementState::Asked,
                AgreementState::Drafted,
                AgreementState::InForce,
                AgreementState::EndsSoon,
                AgreementState::InForce,
                AgreementState::Ended
            ]
        );
        let expired = standing(&bare, &steps[..3], "2025-03-01");
        assert_eq!((expired.state, expired.until), (AgreementState::Expired, Some(day("2025-02-28"))));
        assert_eq!(
            standing(&bare, &steps[..3], "2025-02-28").state,
            AgreementState::EndsSoon,
            "it holds on its last day"
        );
    }

    #[test]
    fn the_register_counts_where_no_step_says_later() {
        let known = facility(Some("2025-12-31"));
        let bare = standing(&known, &[], "2025-06-01");
        assert_eq!((bare.state, bare.source), (AgreementState::InForce, AgreementSource::Register));
        // Being asked anew does not end what holds.
        let renewed = standing(&known, &[step("Disusun", "2025-11-01", None)], "2025-11-02");
        assert_eq!((renewed.state, renewed.renewal), (AgreementState::EndsSoon, Some(AgreementStage::Drafted)));
        assert_eq!(renewed.words(), "berakhir 31 Desember 2025; yang baru disusun");
        // The register still names the former agreement.
        let signed = step("Ditandatangani", "2026-01-02", Some("2028-01-01"));
        assert_eq!(standing(&known, &[signed], "2026-02-01").until, Some(day("2028-01-01")));
        let open = standing(&known, &[step("Diperpanjang", "2025-12-01", None)], "2026-02-01");
        assert_eq!((open.state, open.until), (AgreementState::InForce, None));
        assert_eq!(open.words(), "berlaku, tanggal akhir belum dicatat");
    }

    #[test]
    fn an_ended_agreement_stays_ended_until_it_is_signed_anew() {
        let known = facility(Some("2027-12-31"));
        let steps = [
            step("Diakhiri", "2026-01-10", None),
            step("Diminta", "2026-02-10", None),
            step("Ditandatangani", "2026-03-10", Some("2029-01-01")),
        ];
        let ended = standing(&known, &steps, "2026-03-09");
        assert_eq!((ended.state, ended.renewal), (AgreementState::Ended, Some(AgreementStage::Asked)));
        let anew = standing(&known, &steps, "2026-03-10");
        assert_eq!((anew.state, anew.renewal, anew.until), (AgreementState::InForce, None, Some(day("2029-01-01"))));
    }
}
