//! The agreement (PKS) with each facility as it stands, those first to which somebody has to see. *Jaringan* are the
//! Puskesmas' own: of them none is expected.

use crate::domain::network::{AgreementBook, AgreementSource, AgreementStanding, AgreementState};
use crate::domain::{Facility, FacilityGroup, format};

use super::Share;
use crate::dashboard::context::PageContext;

/// The agreement with one facility.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementRow {
    /// Index of the facility.
    pub facility: u32,
    /// Name of the facility.
    pub name: String,
    /// Kind of the facility.
    pub kind: String,
    /// The agreement as it stands.
    pub standing: AgreementStanding,
    /// Steps up to the day, each in words, the earliest first.
    pub steps: Vec<String>,
}

/// The agreements of a Puskesmas on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementTable {
    /// One for each facility of which an agreement is expected or known.
    pub rows: Vec<AgreementRow>,
    /// Facilities of which none is expected and none known.
    pub exempt: usize,
}

impl AgreementTable {
    /// Puts the table together for the facilities that are listed in the context's year.
    pub fn new(context: &PageContext<'_>) -> Self {
        let as_of = context.subject.as_of;
        let book = AgreementBook::new(&context.evaluator.facts().written, context.subject.puskesmas);
        let mut table = Self::default();
        for index in context.facilities().map(|result| result.facility) {
            let facility = context.facility(index);
            let standing = book.standing(facility, as_of);
            if !is_expected(facility) && standing.source == AgreementSource::Nothing {
                table.exempt += 1;
                continue;
            }
            let mut steps: Vec<_> = book.steps_of(facility).iter().filter(|step| step.date <= as_of).collect();
            steps.sort_by_key(|step| (step.date, step.stage()));
            let words = |step: &&&crate::domain::network::AgreementStep| {
                let proof = step.proof.as_deref().map(|proof| format!(" ({proof})")).unwrap_or_default();
                format!("{} {}{proof}", format::date(step.date), step.step.to_lowercase())
            };
            table.rows.push(AgreementRow {
                facility: index,
                name: facility.name.clone(),
                kind: facility.kind.clone(),
                steps: steps.iter().map(words).collect(),
                standing,
            });
        }
        table.rows.sort_by_key(|row| urgency(row.standing.state));
        table
    }

    /// Number of agreements in a state.
    pub fn count(&self, state: AgreementState) -> usize {
        self.rows.iter().filter(|row| row.standing.state == state).count()
    }

    /// Number in force out of all.
    pub fn in_force(&self) -> Share {
        let count = self.rows.iter().filter(|row| row.standing.state.is_in_force()).count();
        Share { count, of: self.rows.len() }
    }

    /// Agreements that have ended or end soon, in their order.
    pub fn pressing(&self) -> impl Iterator<Item = &AgreementRow> {
        self.rows.iter().filter(|row| row.standing.state.presses())
    }

    /// Says in a sentence without full stop how many are in force and what there is of the others.
    pub fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "Tidak ada jejaring yang memerlukan PKS".to_owned();
        }
        let others = AgreementState::ALL.into_iter().filter(|state| *state != AgreementState::InForce);
        let others = others.filter_map(|state| {
            let count = self.count(state);
            (count > 0).then(|| format!("{count} {}", state.label().to_lowercase()))
        });
        let others: Vec<String> = others.collect();
        let rest = if others.is_empty() { String::new() } else { format!("; {}", others.join(", ")) };
        format!("PKS {} jejaring berlaku{rest}", self.in_force().words())
    }
}

/// Reports whether an agreement is expected: not with the Puskesmas' own outposts.
pub(super) fn is_expected(facility: &Facility) -> bool {
    facility.group != Some(FacilityGroup::Jaringan)
}

fn urgency(state: AgreementState) -> usize {
    use AgreementState::{Asked, Drafted, Ended, EndsSoon, Expired, InForce, Unknown};
    [Expired, Ended, EndsSoon, Unknown, Asked, Drafted, InForce]
        .iter()
        .position(|known| *known == state)
        .unwrap_or_default()
}
