//! Who signed a recap: the block below a table, as far as papers need it again. Knows no sheet's layout.

use super::Date;
use super::name::plain_words;
use super::records::CellRef;

/// Capacity in which somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignatureRole {
    /// Kepala (UPT) Puskesmas, also for the time being.
    Head,
    /// PJ (penanggung jawab, koordinator) jejaring dan jaringan.
    Coordinator,
    /// Pengelola of a programme.
    Manager,
    /// Anybody else; the title says who.
    Other,
}

impl SignatureRole {
    /// All, in the order in which a letter lists them.
    pub const ALL: [Self; 4] = [Self::Head, Self::Coordinator, Self::Manager, Self::Other];

    /// The word by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Other => "other",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// One signature of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Sheet on which it stands.
    pub sheet: String,
    /// Cell of the name.
    pub cell: CellRef,
    /// Capacity in which the person signs.
    pub role: SignatureRole,
    /// True if the person acts for another (*Plt.*, *Plh.*).
    pub is_acting: bool,
    /// The title as written, in one line (`Plt. Kepala UPT Puskesmas Abcde`).
    pub title: String,
    /// The name as written.
    pub name: String,
    /// The 18 digits of the NIP, without spaces; none where it is missing or not whole.
    pub nip: Option<String>,
    /// The town before the date.
    pub place: Option<String>,
    /// The date; none where it is blank or broken (`0 April 2024`).
    pub date: Option<Date>,
}

impl Signature {
    /// Returns the key of the office that a later signature replaces: one head, one coordinator, one manager; of others
    /// one a title.
    pub fn office(&self) -> (SignatureRole, String) {
        let title = if self.role == SignatureRole::Other { plain_words(&self.title) } else { String::new() };
        (self.role, title)
    }
}
