//! Material of a paper, looked up once: whose it is, the state of the data, the evaluation of its period.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::PaperService;
use super::request::{ReportRequest, owner_and_code};
use crate::app::approvals::{ShownPeriod, standing_words};
use crate::app::{AppError, Snapshot};
use crate::dashboard::{BorderFile, DashboardError, Material, PageChoice, PageContext, SourceFiles, Subject};
use crate::domain::meeting::{Meeting, MeetingSought};
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::table::DISTRICT;
use crate::domain::written::{ClusterMember, clusters_in, members_by_key, members_in};
use crate::domain::{Date, Period, PeriodKind};
use crate::report::{self, Draft, ReportError, ReportKind};
use crate::store::{PaperKey, Scope};

/// A request, resolved against the data.
pub(super) struct Prepared {
    pub(super) kind: ReportKind,
    /// Name and code under which its text is kept: of the team's letters the team's.
    pub(super) owner: String,
    code: String,
    pub(super) period: Period,
    /// Cut to the period.
    pub(super) as_of: Date,
    /// Name as the store writes it; `None`: the paper over all of them.
    pub(super) puskesmas: Option<String>,
    /// Name of the only cluster that the paper over several Puskesmas is about.
    pub(super) cluster: Option<String>,
    /// Id of what is shown.
    pub(super) id: String,
    /// Words about the approval of its period; blank where nothing.
    pub(super) approval: String,
    /// True if its figures are those that were approved.
    pub(super) is_approved: bool,
    /// Members of clusters, whether or not there is data of them; none for a paper of one Puskesmas.
    members: Vec<ClusterMember>,
    snapshot: Arc<Snapshot>,
    files: SourceFiles,
}

impl PaperService<'_> {
    /// Looks up what a paper is made from.
    pub(super) fn prepare(self, request: &ReportRequest) -> Result<Prepared, AppError> {
        let kind = request.kind;
        let period = request.period;
        let mut approval = String::new();
        let mut is_approved = false;
        let mut as_of = period.clamp_as_of(request.as_of.unwrap_or_else(|| self.app.clock().today()));
        let (puskesmas, snapshot, files) = if kind == ReportKind::Cluster {
            let facts = self.app.store().facts(&Scope::All)?;
            let approved = self.app.approved_of(facts.puskesmas.iter().map(|known| known.name.as_str()))?;
            let book = &self.app.definitions().decree.book;
            let snapshot = Snapshot::new(self.app.store().version()?, facts, book, approved)?;
            (None, Arc::new(snapshot), SourceFiles::default())
        } else {
            let puskesmas = self.app.resolve_puskesmas(request.puskesmas.as_deref())?;
            let shown = self.app.shown_period(&puskesmas, period)?;
            let snapshot = shown.snapshot.clone();
            if kind == ReportKind::Minutes {
                as_of = meeting_day(&snapshot, period, as_of).unwrap_or(as_of);
            }
            let sources = shown.sources(period.year(), as_of)?;
            approval = self.approval_line(&puskesmas, &shown, period)?;
            is_approved = shown.is_locked();
            (Some(puskesmas), snapshot, SourceFiles { first: sources.first_file, last: sources.last_file })
        };
        let cluster = self.cluster(request)?;
        let members = if kind == ReportKind::Cluster { self.app.store().clusters()? } else { Vec::new() };
        let id = snapshot.id(period, as_of);
        let (owner, code) = match &puskesmas {
            Some(puskesmas) => owner_and_code(kind, puskesmas.clone()),
            None => (cluster.clone().unwrap_or_default(), kind.code().to_owned()),
        };
        Ok(Prepared {
            kind,
            owner,
            code,
            period,
            as_of,
            puskesmas,
            cluster,
            id,
            approval,
            is_approved,
            members,
            snapshot,
            files,
        })
    }

    /// The words of a paper about the approval of its period. Blank where the Puskesmas never handed a period in; of a four-month
    /// period, for which an approval is expected then, that there is none.
    fn approval_line(self, puskesmas: &str, shown: &ShownPeriod, period: Period) -> Result<String, AppError> {
        match &shown.record {
            Some(record) if record.state.is_locked() => Ok(standing_words(record, period, self.app.clock())),
            Some(record) => {
                let words = standing_words(record, period, self.app.clock());
                Ok(format!("Belum disetujui. {words}"))
            }
            None if period.kind() != PeriodKind::FourMonth => Ok(String::new()),
            None => {
                let is_used = !self.app.approvals().records(puskesmas)?.is_empty();
                Ok(if is_used { "Belum disetujui".to_owned() } else { String::new() })
            }
        }
    }

    /// The cluster that a paper over several Puskesmas is about alone, as the list writes its name.
    pub(super) fn cluster(self, request: &ReportRequest) -> Result<Option<String>, AppError> {
        let asked = request.cluster.as_ref().filter(|_| request.kind == ReportKind::Cluster);
        asked.map(|asked| known_cluster(&self.app.store().clusters()?, request.period.year(), asked)).transpose()
    }
}

/// The day of the meeting that minutes are about: nothing later stands in them.
fn meeting_day(snapshot: &Snapshot, period: Period, as_of: Date) -> Option<Date> {
    Meeting::from_facts(snapshot.facts(), MeetingSought { puskesmas: 0, period, as_of }).day
}

/// The name as the list writes it of a cluster that is asked for: with or without the word *Cluster*.
fn known_cluster(members: &[ClusterMember], year: i32, asked: &str) -> Result<String, AppError> {
    let bare = |name: &str| {
        let words = plain_words(name);
        words.trim_start_matches("cluster ").trim_start_matches("klaster ").to_owned()
    };
    let known = clusters_in(members, year);
    let found = known.iter().find(|name| plain_words(name) == plain_words(asked));
    let found = found.or_else(|| known.iter().find(|name| bare(name) == bare(asked))).cloned();
    found.ok_or_else(|| AppError::UnknownCluster { asked: asked.to_owned(), known })
}

impl Prepared {
    /// Results of every Puskesmas that the paper is about.
    pub(super) fn contexts(&self) -> Result<Vec<PageContext<'_>>, AppError> {
        let facts = self.snapshot.facts();
        let placed = members_by_key(&facts.written.clusters, self.period.year());
        let is_chosen = |name: &str| {
            let Some(cluster) = &self.cluster else { return true };
            let own = placed.get(&puskesmas_key(name));
            own.is_some_and(|member| plain_words(&member.cluster) == plain_words(cluster))
        };
        let all = (0..).zip(&facts.puskesmas).filter(|(_, puskesmas)| is_chosen(&puskesmas.name));
        all.map(|(puskesmas, _)| self.context(puskesmas)).collect()
    }

    fn context(&self, puskesmas: u32) -> Result<PageContext<'_>, AppError> {
        let material = Material {
            evaluator: self.snapshot.evaluator(),
            evaluation: self.snapshot.evaluate(self.period, self.as_of)?,
            previous: self.snapshot.evaluate(self.period.previous(), self.as_of)?,
            year_before: self.snapshot.evaluate(self.period.year_before(), self.as_of)?,
            files: self.files.clone(),
            borders: BorderFile::default(),
        };
        let subject = Subject { puskesmas, facility: None, period: self.period, as_of: self.as_of };
        PageContext::new(material, subject, PageChoice::default()).map_err(|error| match error {
            DashboardError::UnknownPuskesmas(_) => AppError::NoData,
            other @ DashboardError::Analytics(_) => AppError::Report(ReportError::from(other)),
        })
    }

    /// Members of the paper's clusters of which this data folder knows nothing, as the lists write them.
    pub(super) fn absent(&self) -> Vec<String> {
        let facts = self.snapshot.facts();
        let known: BTreeSet<String> = facts.puskesmas.iter().map(|puskesmas| puskesmas_key(&puskesmas.name)).collect();
        let members = members_in(&self.members, self.cluster.as_deref(), self.period.year());
        members.into_iter().filter(|name| !known.contains(&puskesmas_key(name))).collect()
    }

    /// Returns the text that the rules draft for it.
    pub(super) fn draft(&self, contexts: &[PageContext<'_>]) -> Result<Draft, AppError> {
        match contexts {
            [] => Err(self.cluster.clone().map_or(AppError::NoData, AppError::EmptyCluster)),
            contexts if self.kind == ReportKind::Cluster => Ok(report::draft_cluster(contexts, &self.absent())),
            [context, ..] => Ok(report::draft(self.kind, context)?),
        }
    }

    /// Name whose authors wrote it: a Puskesmas, or the district's team.
    pub(super) fn author_owner(&self) -> &str {
        if self.puskesmas.is_some() { &self.owner } else { DISTRICT }
    }

    /// Returns the key under which its text is kept.
    pub(super) fn key(&self) -> PaperKey<'_> {
        PaperKey { puskesmas: &self.owner, kind: &self.code, period: self.period }
    }
}
