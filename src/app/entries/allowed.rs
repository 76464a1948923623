//! Rows that an account may not write: of a table, an indicator or a facility that its roles do not reach. The store
//! refuses them too; here they are refused in words. A step of the district team's coaching is refused to the side that
//! may not take it. Knows no form and no page.

use std::collections::BTreeSet;

use super::{EntryError, owner};
use crate::app::App;
use crate::domain::Table;
use crate::domain::access::Right;
use crate::domain::district_case::CaseSide;
use crate::domain::name::name_key;
use crate::domain::records::Field;
use crate::domain::table::DISTRICT;

/// Fields of a row that is to be written or taken out.
pub(in crate::app) type RowFields = [(Field, String)];

impl App {
    /// Refuses whole rows to a facility, which may write the day on which its follow-up was done, and no more of it; and
    /// verdicts on PKP to the side that is verified.
    pub(super) fn check_whole_rows(&self, table: Table, puskesmas: &str) -> Result<(), EntryError> {
        let only_answers = table == Table::FollowUps && self.access().facilities_only(puskesmas).is_some();
        // The Puskesmas answers a verification on the page of PKP; the verdict is the team's.
        let only_replies = table == Table::PkpVerifications && !self.acts_for(CaseSide::Team, puskesmas);
        if only_answers || only_replies {
            return Err(EntryError::NotAllowed(format!("mengubah tabel {}", table.label())));
        }
        Ok(())
    }

    /// Reports whether the one who asks may write rows of a table for this Puskesmas.
    pub fn may_write(&self, table: Table, puskesmas: &str) -> bool {
        let owner = owner(table, puskesmas);
        let has = |right: &Right| {
            if owner == DISTRICT { self.access().may_everywhere(*right) } else { self.access().may(*right, owner) }
        };
        Right::to_write(table).iter().any(has)
    }

    /// Refuses rows of a table to whoever may not write them for this Puskesmas.
    pub(super) fn check_allowed<'f>(
        &self,
        table: Table,
        puskesmas: &str,
        rows: impl IntoIterator<Item = &'f RowFields>,
    ) -> Result<(), EntryError> {
        if !self.may_write(table, puskesmas) {
            return Err(EntryError::NotAllowed(format!("mengubah tabel {}", table.label())));
        }
        if matches!(table, Table::DistrictSteps | Table::DistrictAssessments) {
            return self.check_sides(puskesmas, rows);
        }
        if table != Table::Achievements {
            return Ok(());
        }
        let Some(codes) = self.access().services_only(puskesmas) else { return Ok(()) };
        let keys: BTreeSet<String> = codes.iter().map(|code| name_key(code)).collect();
        let is_other = |fields: &RowFields| {
            let code = fields.iter().find(|(field, _)| *field == Field::Indicator);
            code.is_none_or(|(_, code)| !keys.contains(&name_key(code)))
        };
        if rows.into_iter().any(is_other) {
            let own: Vec<&str> = codes.iter().map(String::as_str).collect();
            return Err(EntryError::NotAllowed(format!("mengubah capaian indikator selain {}", own.join(", "))));
        }
        Ok(())
    }
}
