//! Who may do what, and where: accounts' grants, the rights that follow from them, and how far somebody's sight goes.
//! Plain rules; knows no password, no session and no database.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use super::Table;
use super::name::{name_key, puskesmas_key};
use super::written::ClusterMember;

/// A role that an account was given, and the place in which it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// Keeps accounts, jobs and settings of the installation, and may import and write for every Puskesmas.
    Administrator,
    /// The district's health office: reads all Puskesmas, verifies, writes feedback.
    District,
    /// The coaching team (TPCB) of a cluster: reads its Puskesmas, verifies, writes feedback.
    ClusterTeam {
        /// Name of the cluster, as the list of clusters writes it.
        cluster: String,
    },
    /// Head of a Puskesmas: approves and unlocks its periods.
    Head {
        /// Name of the Puskesmas.
        puskesmas: String,
    },
    /// Coordinator of the network: imports and writes.
    Coordinator {
        /// Name of the Puskesmas.
        puskesmas: String,
    },
    /// Holder of a programme: imports and writes the achievements of some indicators, and reads the rest.
    ProgrammeHolder {
        /// Name of the Puskesmas.
        puskesmas: String,
        /// Codes of the service indicators.
        services: BTreeSet<String>,
    },
    /// A facility of the network: sees itself and answers its follow-ups.
    Facility {
        /// Name of the Puskesmas.
        puskesmas: String,
        /// Name of the facility in its register.
        facility: String,
    },
    /// Reads a Puskesmas.
    Viewer {
        /// Name of the Puskesmas.
        puskesmas: String,
    },
}

/// Kind of a grant, without its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is described at the grant of its name")]
pub enum Role {
    Administrator,
    District,
    ClusterTeam,
    Head,
    Coordinator,
    ProgrammeHolder,
    Facility,
    Viewer,
}

/// One thing that somebody may do to the data of a Puskesmas, or to the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Reads pages, papers and figures of a whole Puskesmas.
    See,
    /// Reads what concerns one facility: its own page.
    SeeFacility,
    /// Brings recaps, answers their questions, takes them back.
    Import,
    /// Brings and writes the achievements of its own indicators.
    Figures,
    /// Writes rows by forms, attaches evidence, sets texts, numbers and letterheads of papers.
    Edit,
    /// Closes follow-ups of its facility.
    AnswerFollowUps,
    /// Hands a period in for approval.
    Submit,
    /// Approves a period, sends it back, opens it again.
    Approve,
    /// Verifies an approved period, or returns it with reasons.
    Verify,
    /// Writes what the district's team saw, said and asked for.
    Feedback,
    /// Reads who did what.
    ReadAudit,
    /// Starts, pauses and reads scheduled jobs; they work for the whole installation.
    RunJobs,
    /// Reads numbers about the service itself.
    ReadMetrics,
    /// Keeps accounts and settings of the installation.
    Administer,
}

impl Right {
    /// The rights of which each allows to bring or write rows of some table.
    pub const TO_WRITE: [Self; 7] = [
        Self::Import,
        Self::Edit,
        Self::Figures,
        Self::AnswerFollowUps,
        Self::Feedback,
        Self::Approve,
        Self::Administer,
    ];

    /// The rights of which one is needed to bring or write rows of a table.
    pub fn to_write(table: Table) -> &'static [Self] {
        match table {
            Table::Achievements => &[Self::Import, Self::Edit, Self::Figures],
            Table::FollowUps => &[Self::Import, Self::Edit, Self::AnswerFollowUps],
            Table::DistrictVisits
            | Table::DistrictFollowUps
            | Table::DistrictAssessments
            | Table::DistrictMatters
            | Table::PlanSessions
            | Table::PlanProposals
            | Table::PkpVerifications => &[Self::Import, Self::Edit, Self::Feedback],
            // The head of a Puskesmas receives and answers what the district's team sends.
            Table::DistrictSteps => &[Self::Import, Self::Edit, Self::Feedback, Self::Approve],
            Table::Clusters => &[Self::Administer, Self::Feedback],
            _ => &[Self::Import, Self::Edit],
        }
    }

    /// The words for it after "berwenang".
    pub fn label(self) -> &'static str {
        match self {
            Self::See => "melihat data Puskesmas ini",
            Self::SeeFacility => "melihat faskes ini",
            Self::Import => "mengimpor rekap",
            Self::Figures => "mengimpor dan mencatat capaian indikatornya",
            Self::Edit => "mengubah catatan, bukti, dan teks laporan",
            Self::AnswerFollowUps => "menjawab tindak lanjut",
            Self::Submit => "mengajukan periode",
            Self::Approve => "menyetujui atau membuka periode",
            Self::Verify => "memverifikasi periode",
            Self::Feedback => "menulis umpan balik tim TPCB",
            Self::ReadAudit => "membaca jejak audit",
            Self::RunJobs => "mengatur pekerjaan terjadwal",
            Self::ReadMetrics => "membaca metrik layanan",
            Self::Administer => "mengatur akun dan instalasi",
        }
    }
}

impl Role {
    /// All, in the order in which a form offers them.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::Head,
        Self::Coordinator,
        Self::ProgrammeHolder,
        Self::Facility,
        Self::Viewer,
        Self::ClusterTeam,
        Self::District,
    ];

    /// The word by which it is stored and named on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "admin",
            Self::District => "dinas",
            Self::ClusterTeam => "tpcb",
            Self::Head => "kepala",
            Self::Coordinator => "koordinator",
            Self::ProgrammeHolder => "pengelola",
            Self::Facility => "faskes",
            Self::Viewer => "pembaca",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Its name as people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::District => "Dinas kesehatan",
            Self::ClusterTeam => "TPCB klaster",
            Self::Head => "Kepala Puskesmas",
            Self::Coordinator => "Koordinator jejaring",
            Self::ProgrammeHolder => "Pengelola program",
            Self::Facility => "Faskes",
            Self::Viewer => "Pembaca",
        }
    }

    /// Rights that the role brings, in the place of its grant.
    pub fn rights(self) -> &'static [Right] {
        match self {
            Self::Administrator => &[
                Right::See,
                Right::SeeFacility,
                Right::Import,
                Right::Edit,
                Right::AnswerFollowUps,
                Right::Submit,
                Right::ReadAudit,
                Right::RunJobs,
                Right::ReadMetrics,
                Right::Administer,
            ],
            Self::District | Self::ClusterTeam => &[Right::See, Right::SeeFacility, Right::Verify, Right::Feedback],
            Self::Head => &[Right::See, Right::SeeFacility, Right::Approve, Right::ReadAudit],
            Self::Coordinator => {
                &[Right::See, Right::SeeFacility, Right::Import, Right::Edit, Right::AnswerFollowUps, Right::Submit]
            }
            Self::ProgrammeHolder => &[Right::See, Right::SeeFacility, Right::Figures],
            Self::Facility => &[Right::SeeFacility, Right::AnswerFollowUps],
            Self::Viewer => &[Right::See, Right::SeeFacility],
        }
    }
}

impl Grant {
    /// The role without its place.
    pub fn role(&self) -> Role {
        match self {
            Self::Administrator => Role::Administrator,
            Self::District => Role::District,
            Self::ClusterTeam { .. } => Role::ClusterTeam,
            Self::Head { .. } => Role::Head,
            Self::Coordinator { .. } => Role::Coordinator,
            Self::ProgrammeHolder { .. } => Role::ProgrammeHolder,
            Self::Facility { .. } => Role::Facility,
            Self::Viewer { .. } => Role::Viewer,
        }
    }

    /// The Puskesmas that it names; none where it holds for a cluster or everywhere.
    pub fn puskesmas(&self) -> Option<&str> {
        match self {
            Self::Administrator | Self::District | Self::ClusterTeam { .. } => None,
            Self::Head { puskesmas }
            | Self::Coordinator { puskesmas }
            | Self::ProgrammeHolder { puskesmas, .. }
            | Self::Facility { puskesmas, .. }
            | Self::Viewer { puskesmas } => Some(puskesmas),
        }
    }

    /// The Puskesmas to which it reaches. A cluster's members are those of the latest year in which the list names the cluster.
    fn reach(&self, clusters: &[ClusterMember]) -> Reach {
        match self {
            Self::Administrator | Self::District => Reach::Everything,
            Self::ClusterTeam { cluster } => {
                let key = name_key(cluster);
                let of_cluster = || clusters.iter().filter(|member| name_key(&member.cluster) == key);
                let latest = of_cluster().map(|member| member.year).max();
                let members = of_cluster().filter(|member| Some(member.year) == latest);
                Reach::over(members.map(|member| member.puskesmas.as_str()))
            }
            _ => Reach::over(self.puskesmas()),
        }
    }
}

/// The Puskesmas whose data somebody may be shown, by [`puskesmas_key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that there are and will be.
    Everything,
    /// These alone.
    Puskesmas(BTreeSet<String>),
}

impl Reach {
    /// Reaches these Puskesmas alone.
    pub fn over<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Puskesmas(names.into_iter().map(puskesmas_key).collect())
    }

    /// Reports whether a Puskesmas, by its name in any spelling, lies within.
    pub fn holds(&self, puskesmas: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Puskesmas(keys) => keys.contains(&puskesmas_key(puskesmas)),
        }
    }

    /// The Puskesmas that lie within both.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Everything, reach) | (reach, Self::Everything) => reach.clone(),
            (Self::Puskesmas(one), Self::Puskesmas(two)) => Self::Puskesmas(one.intersection(two).cloned().collect()),
        }
    }

    fn joined(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Puskesmas(one), Self::Puskesmas(two)) => Self::Puskesmas(one.union(two).cloned().collect()),
            _ => Self::Everything,
        }
    }
}

/// Way on which somebody came, as the audit names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A command on the machine itself.
    CommandLine,
    /// A scheduled job, by its name.
    Job(String),
    /// A page, from this address.
    Page(IpAddr),
    /// The API, from this address.
    Api(IpAddr),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => f.write_str("baris perintah"),
            Self::Job(name) => write!(f, "pekerjaan {name}"),
            Self::Page(address) => write!(f, "halaman, {address}"),
            Self::Api(address) => write!(f, "API, {address}"),
        }
    }
}

/// Rights to the achievements of every indicator.
const ALL_FIGURES: [Right; 2] = [Right::Import, Right::Edit];

/// A grant with the Puskesmas that it came to when its account was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PlacedGrant {
    grant: Grant,
    reach: Reach,
}

/// Somebody at work: the account in whose name things are done, from where, and what it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    account: String,
    origin: Origin,
    /// None: the owner of the machine, who may do everything.
    grants: Option<Vec<PlacedGrant>>,
    reach: Reach,
    /// Rights beyond which it does not go, whatever its grants bring; none: as far as they go.
    only: Option<&'static [Right]>,
}

impl Access {
    /// The owner of the machine: commands, jobs, and pages on loopback as long as there are no accounts. May do
    /// everything; `account` is the name of the system's user.
    pub fn owner(account: impl Into<String>, origin: Origin) -> Self {
        Self { account: account.into(), origin, grants: None, reach: Reach::Everything, only: None }
    }

    /// An account with its grants; `clusters` are the members of all clusters, of any year.
    pub fn of_account(
        account: impl Into<String>,
        origin: Origin,
        grants: Vec<Grant>,
        clusters: &[ClusterMember],
    ) -> Self {
        let placed = grants.into_iter().map(|grant| PlacedGrant { reach: grant.reach(clusters), grant });
        let placed: Vec<PlacedGrant> = placed.collect();
        let none = Reach::Puskesmas(BTreeSet::new());
        let reach = placed.iter().fold(none, |reach, placed| reach.joined(&placed.reach));
        Self { account: account.into(), origin, grants: Some(placed), reach, only: None }
    }

    /// The same account with these rights alone, and within this reach: what a token of it may do. Never more than
    /// before, and no longer the machine's owner.
    #[must_use]
    pub fn narrowed(mut self, only: &'static [Right], within: &Reach) -> Self {
        let whole = PlacedGrant { grant: Grant::Administrator, reach: Reach::Everything };
        let mut grants = self.grants.take().unwrap_or_else(|| vec![whole]);
        for placed in &mut grants {
            placed.reach = placed.reach.within(within);
        }
        // What reaches nothing is no right anywhere.
        grants.retain(|placed| placed.reach != Reach::Puskesmas(BTreeSet::new()));
        Self { grants: Some(grants), reach: self.reach.within(within), only: Some(only), ..self }
    }

    /// The same account without its facilities: for whatever shows a whole Puskesmas, though the account may see a whole
    /// one elsewhere.
    #[must_use]
    pub fn of_whole_puskesmas(mut self) -> Self {
        if let Some(grants) = &mut self.grants {
            grants.retain(|placed| placed.grant.role() != Role::Facility);
            let none = Reach::Puskesmas(BTreeSet::new());
            self.reach = grants.iter().fold(none, |reach, placed| reach.joined(&placed.reach));
        }
        self
    }

    /// Nobody: whoever has not signed in where there are accounts.
    pub fn nobody(origin: Origin) -> Self {
        Self::of_account("", origin, Vec::new(), &[])
    }

    /// Reports whether nobody has signed in.
    pub fn is_nobody(&self) -> bool {
        self.account.is_empty() && self.grants.is_some()
    }

    /// Name of the account, under which changes are kept.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Way on which it came.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Reports whether this is the machine's owner, to whom no account was asked for.
    pub fn is_owner(&self) -> bool {
        self.grants.is_none()
    }

    /// The Puskesmas of which it may be shown something at all.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Reports whether it may see more than one Puskesmas whole: the district, the team of a cluster, the owner of the
    /// machine, whoever reads two.
    pub fn sees_several(&self) -> bool {
        match self.clone().of_whole_puskesmas().reach {
            Reach::Everything => self.may_everywhere(Right::See),
            Reach::Puskesmas(keys) => keys.iter().filter(|key| self.may(Right::See, key)).count() > 1,
        }
    }

    /// Reports whether it has a right to the data of a Puskesmas, by its name in any spelling.
    pub fn may(&self, right: Right, puskesmas: &str) -> bool {
        self.has(right, |placed| placed.reach.holds(puskesmas))
    }

    /// The role that brings a right to the data of a Puskesmas; none for the owner of the machine, who needs no role.
    pub fn role_with(&self, right: Right, puskesmas: &str) -> Option<Role> {
        let grants = self.grants.iter().flatten();
        let mut roles = grants.filter(|placed| placed.reach.holds(puskesmas)).map(|placed| placed.grant.role());
        roles.find(|role| role.rights().contains(&right))
    }

    /// Reports whether it has a right somewhere.
    pub fn may_somewhere(&self, right: Right) -> bool {
        self.has(right, |_placed| true)
    }

    /// Reports whether it has a right to all Puskesmas that there are and will be.
    pub fn may_everywhere(&self, right: Right) -> bool {
        self.has(right, |placed| placed.reach == Reach::Everything)
    }

    fn has(&self, right: Right, is_there: impl Fn(&PlacedGrant) -> bool) -> bool {
        if self.only.is_some_and(|only| !only.contains(&right)) {
            return false;
        }
        let Some(grants) = &self.grants else { return true };
        grants.iter().any(|placed| placed.grant.role().rights().contains(&right) && is_there(placed))
    }

    /// Codes of the service indicators of whose achievements alone it may bring and write rows of a Puskesmas; none: of
    /// all. Empty where it may write none.
    pub fn services_only(&self, puskesmas: &str) -> Option<BTreeSet<String>> {
        let grants = self.grants.as_ref()?;
        if self.only.is_some_and(|only| !only.contains(&Right::Import)) {
            return Some(BTreeSet::new());
        }
        let mut codes = BTreeSet::new();
        for placed in grants.iter().filter(|placed| placed.reach.holds(puskesmas)) {
            match &placed.grant {
                Grant::ProgrammeHolder { services, .. } => codes.extend(services.iter().cloned()),
                grant if grant.role().rights().iter().any(|right| ALL_FIGURES.contains(right)) => return None,
                _ => {}
            }
        }
        Some(codes)
    }

    /// The first facility that it is the account of.
    pub fn own_facility(&self) -> Option<&str> {
        self.grants.iter().flatten().find_map(|placed| match &placed.grant {
            Grant::Facility { facility, .. } => Some(facility.as_str()),
            _ => None,
        })
    }

    /// Names of the facilities of a Puskesmas to which its sight is limited; none: it sees all of them.
    pub fn facilities_only(&self, puskesmas: &str) -> Option<Vec<&str>> {
        if self.may(Right::See, puskesmas) {
            return None;
        }
        let grants = self.grants.iter().flatten().filter(|placed| placed.reach.holds(puskesmas));
        let names = grants.filter_map(|placed| match &placed.grant {
            Grant::Facility { facility, .. } => Some(facility.as_str()),
            _ => None,
        });
        Some(names.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(grants: Vec<Grant>) -> Access {
        let member =
            |year, name: &str| ClusterMember { year, puskesmas: name.to_owned(), cluster: "Klaster 1".to_owned() };
        let clusters = [member(2022, "Sukamaju"), member(2023, "Mekarsari"), member(2023, "Bendosari")];
        Access::of_account("siti", Origin::CommandLine, grants, &clusters)
    }

    fn named(name: &str) -> String {
        name.to_owned()
    }

    #[test]
    fn an_account_without_grants_sees_and_does_nothing() {
        let access = of(Vec::new());
        assert!(!access.reach().holds("Mekarsari"));
        assert!(Role::ALL.into_iter().flat_map(Role::rights).all(|right| !access.may_somewhere(*right)));
        assert_eq!(access.services_only("Mekarsari"), Some(BTreeSet::new()));
        assert_eq!(access.facilities_only("Mekarsari"), Some(Vec::new()));
    }

    #[test]
    fn a_right_holds_in_the_place_of_its_grant_alone() {
        let access = of(vec![
            Grant::Coordinator { puskesmas: named("Puskesmas Mekarsari") },
            Grant::Viewer { puskesmas: named("Bendosari") },
        ]);
        assert!(access.may(Right::Import, "MEKARSARI") && !access.may(Right::Import, "Bendosari"));
        assert!(access.may(Right::See, "Bendosari") && !access.may(Right::See, "Sukamaju"));
        assert!(access.may_somewhere(Right::Import) && !access.may_everywhere(Right::See));
        assert!(!access.may_somewhere(Right::Administer));
    }

    #[test]
    fn a_cluster_is_of_those_whom_its_latest_year_names() {
        let access = of(vec![Grant::ClusterTeam { cluster: named("klaster 1") }]);
        assert_eq!(access.reach(), &Reach::over(["Mekarsari", "Bendosari"]));
        assert!(access.may(Right::Verify, "Mekarsari") && !access.may(Right::See, "Sukamaju"));
    }

    #[test]
    fn whoever_may_import_all_is_not_limited_by_a_second_grant() {
        let holder = Grant::ProgrammeHolder { puskesmas: named("Mekarsari"), services: [named("K4")].into() };
        assert_eq!(of(vec![holder.clone()]).services_only("Mekarsari"), Some([named("K4")].into()));
        assert_eq!(of(vec![holder, Grant::Administrator]).services_only("Mekarsari"), None);
    }

    #[test]
    fn a_facility_sees_itself() {
        let access = of(vec![Grant::Facility { puskesmas: named("Mekarsari"), facility: named("Klinik Alvi") }]);
        assert_eq!(access.facilities_only("Mekarsari"), Some(vec!["Klinik Alvi"]));
        assert!(!access.may(Right::See, "Mekarsari") && access.may(Right::SeeFacility, "Mekarsari"));
        assert!(Access::owner("siti", Origin::CommandLine).facilities_only("Mekarsari").is_none());
    }

    #[test]
    fn a_facility_of_one_puskesmas_shows_nothing_of_it_to_the_viewer_of_another() {
        let facility = Grant::Facility { puskesmas: named("Mekarsari"), facility: named("Klinik Alvi") };
        let access = of(vec![facility, Grant::Viewer { puskesmas: named("Bendosari") }]);
        let whole = access.clone().of_whole_puskesmas();
        assert!(access.reach().holds("Mekarsari") && !whole.reach().holds("Mekarsari"));
        assert!(whole.may(Right::See, "Bendosari") && whole.reach().holds("Bendosari"));
        assert!(Access::owner("siti", Origin::CommandLine).of_whole_puskesmas().is_owner());
    }

    #[test]
    fn a_token_never_does_more_than_its_account() {
        let coordinator = || of(vec![Grant::Coordinator { puskesmas: named("Mekarsari") }]);
        let reading = coordinator().narrowed(&[Right::See], &Reach::Everything);
        assert!(reading.may(Right::See, "Mekarsari") && !reading.may(Right::See, "Bendosari"));
        assert!(!reading.may_somewhere(Right::Import));
        assert_eq!(reading.services_only("Mekarsari"), Some(BTreeSet::new()));
        let elsewhere = coordinator().narrowed(&[Right::See, Right::Approve], &Reach::over(["Bendosari"]));
        assert!(!elsewhere.may_somewhere(Right::See) && !elsewhere.may(Right::See, "Mekarsari"));
        assert!(!elsewhere.reach().holds("Mekarsari"));
        let owner = Access::owner("siti", Origin::CommandLine).narrowed(&[Right::See], &Reach::over(["Bendosari"]));
        assert!(!owner.is_owner() && !owner.may_everywhere(Right::See) && owner.may(Right::See, "Bendosari"));
    }

    #[test]
    fn codes_lead_back_to_their_roles() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
