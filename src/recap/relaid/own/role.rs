//! Roles of the counts of a set's sheet by the words of their headings. The words are data (`judul.txt`, groups
//! `indikator …`).

use std::sync::LazyLock;

use crate::recap::heading::{WordList, key, word_group};

/// Role of a column or a row of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnRole {
    Numerator,
    Denominator,
    /// Reached: the numerator where no heading says so plainly.
    Reached,
    /// Population: the denominator where no heading says so plainly.
    Planned,
    /// *Target* in counts: the denominator where nothing else is.
    Target,
    /// Figure that follows from the counts.
    Result,
    /// Index that may stand without counts.
    Index,
}

/// Words of each role.
static ROLES: LazyLock<Vec<(OwnRole, WordList)>> = LazyLock::new(|| {
    vec![
        (OwnRole::Numerator, word_group("indikator pembilang")),
        (OwnRole::Denominator, word_group("indikator penyebut")),
        (OwnRole::Result, word_group("indikator hasil")),
        (OwnRole::Reached, word_group("indikator capaian")),
        (OwnRole::Planned, word_group("indikator sasaran")),
        (OwnRole::Index, word_group("indikator indeks")),
    ]
});
/// Words of targets that are no counts.
static STANDARD: LazyLock<WordList> = LazyLock::new(|| word_group("indikator target"));

/// Returns the role that a heading names.
pub(super) fn role_of(text: &str) -> Option<OwnRole> {
    let key = key(text);
    if STANDARD.has(&key) {
        return None;
    }
    let found = ROLES.iter().find(|(_, words)| words.has(&key)).map(|(role, _)| *role)?;
    let is_target = found == OwnRole::Planned && key.contains("target") && !key.contains("sasaran");
    Some(if is_target { OwnRole::Target } else { found })
}

/// The roles as a sheet has them: what stands for numerator and denominator.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RolesSeen {
    has_numerator: bool,
    has_denominator: bool,
    has_planned: bool,
}

impl RolesSeen {
    pub(super) fn from_roles(roles: impl Iterator<Item = OwnRole>) -> Self {
        let mut seen = Self::default();
        for role in roles {
            seen.has_numerator |= role == OwnRole::Numerator;
            seen.has_denominator |= role == OwnRole::Denominator;
            seen.has_planned |= role == OwnRole::Planned;
        }
        seen
    }

    /// Returns the plain role; `None` of a column that is not read.
    pub(super) fn plain(self, role: OwnRole) -> Option<OwnRole> {
        match role {
            OwnRole::Reached if self.has_numerator => Some(OwnRole::Result),
            OwnRole::Reached => Some(OwnRole::Numerator),
            OwnRole::Planned if self.has_denominator => None,
            OwnRole::Target if self.has_denominator || self.has_planned => None,
            OwnRole::Planned | OwnRole::Target => Some(OwnRole::Denominator),
            plain => Some(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_roles_that_people_mean() {
        assert_eq!(role_of("Denumerator (D)"), Some(OwnRole::Denominator));
        assert_eq!(
            [role_of("Numerator"), role_of(" % "), role_of("Realisasi")],
            [Some(OwnRole::Numerator), Some(OwnRole::Result), Some(OwnRole::Reached)]
        );
        assert_eq!(
            [role_of("Target (%)"), role_of("Keterangan"), role_of("Target")],
            [None, None, Some(OwnRole::Target)]
        );
        let seen = RolesSeen::from_roles([OwnRole::Planned, OwnRole::Target, OwnRole::Reached].into_iter());
        assert_eq!(
            [seen.plain(OwnRole::Planned), seen.plain(OwnRole::Target), seen.plain(OwnRole::Reached)],
            [Some(OwnRole::Denominator), None, Some(OwnRole::Numerator)]
        );
    }
}
