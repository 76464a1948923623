//! State that every handler shares: the application, the answers in memory, and the bounds on computing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use tokio::sync::{Semaphore, watch};

use super::bulk::Bulk;
use super::error::PageError;
use super::listening::{FreeChoices, Listening, RequestSource};
use super::memo::{self, Epoch, Memo};
use super::metrics::{MetricsReading, ServiceMetrics};
use super::sign_ins::SignIns;
use super::traffic::Traffic;
use crate::app::App;
use crate::app::batches::BatchService;
use crate::app::evidence::EvidenceService;
use crate::app::intake::IntakeService;
use crate::app::papers::PaperService;
use crate::app::readiness::Unready;
use crate::domain::access::{Access, Origin, Right};
use crate::jobs::standing;
use crate::store::RunLedger;

/// The database is asked for its state at most once in this time; an import shows that much later at worst.
const EPOCH_HOLDS: Duration = Duration::from_millis(50);
/// Jobs are asked how they stand at most once in this time.
const ALERTS_HOLD: Duration = Duration::from_secs(2);

/// Bundles that are packed at the same time: each takes a core for seconds and holds its documents in memory.
const PACKING_MAX: usize = 1;
/// Requests that wait for the identity provider at the same time: each takes a thread for as long as it is silent.
const ASKING_MAX: usize = 8;

/// Ways in which a service that stopped goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceEnd {
    /// It is over.
    Done,
    /// With other settings, at once.
    BeginAgain,
}

/// The parts of one service that all requests share; cloning shares them. It reaches everything, so handlers are never given
/// it, but a [`Site`].
#[derive(Clone, Debug)]
pub struct Server {
    inner: Arc<Inner>,
}

/// A service in the hands of one who asks: what handlers work with.
#[derive(Clone, Debug)]
pub struct Site {
    inner: Arc<Inner>,
    app: App,
}

#[derive(Debug)]
struct Inner {
    /// In the hands of the machine's owner.
    app: App,
    memo: Memo,
    computing: Semaphore,
    taking_in: Semaphore,
    previewing: Semaphore,
    packing: Semaphore,
    epoch: Mutex<Option<(Instant, Epoch)>>,
    alerts: Mutex<Option<(Instant, Arc<Vec<String>>)>>,
    stopping: watch::Sender<bool>,
    /// True where the service stops in order to begin again.
    is_to_begin_again: AtomicBool,
    bulk: Mutex<Option<Bulk>>,
    listening: Listening,
    traffic: Traffic,
    /// Questions to the identity provider at the same time.
    asking: Semaphore,
    sign_ins: SignIns,
    metrics: ServiceMetrics,
    began: DateTime<Utc>,
    /// True once an account was seen; it never turns back.
    has_accounts: AtomicBool,
}

impl Server {
    /// A service over `app`, computing on as many threads as the machine has.
    pub fn new(app: App, listening: Listening) -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let [computing, taking_in, previewing] = [(); 3].map(|()| Semaphore::new(threads));
        let packing = Semaphore::new(PACKING_MAX);
        let epoch = Mutex::default();
        let alerts = Mutex::default();
        let stopping = watch::Sender::new(false);
        let began = app.clock().now();
        Self {
            inner: Arc::new(Inner {
                app,
                listening,
                traffic: Traffic::default(),
                asking: Semaphore::new(ASKING_MAX),
                sign_ins: SignIns::default(),
                metrics: ServiceMetrics::default(),
                began,
                has_accounts: AtomicBool::new(false),
                memo: Memo::default(),
                computing,
                taking_in,
                previewing,
                packing,
                epoch,
                alerts,
                stopping,
                is_to_begin_again: AtomicBool::new(false),
                bulk: Mutex::default(),
            }),
        }
    }

    /// The service in the hands of somebody.
    pub fn for_access(&self, access: Access) -> Site {
        Site { inner: self.inner.clone(), app: self.inner.app.acting_as(access) }
    }

    /// Who asks as long as there is no account: the owner of the machine, from this address; over a narrower handle the
    /// one in whose hands that is.
    pub fn owner(&self, origin: Origin) -> Access {
        let access = self.inner.app.access();
        if access.is_owner() { Access::owner(access.account(), origin) } else { access.clone() }
    }

    /// The application in the hands of the machine's owner: for finding out who asks, and for nothing else.
    pub(super) fn root(&self) -> &App {
        &self.inner.app
    }

    /// Runs work that hashes passwords, off the async threads and beside those who write.
    pub async fn hash<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        self.within(&self.inner.taking_in, work).await
    }

    /// Runs work that asks the identity provider, off the async threads: a silent one keeps nobody else waiting.
    pub async fn ask_provider<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        self.within(&self.inner.asking, work).await
    }

    /// Sign-ins at the identity provider that are under way.
    pub fn sign_ins(&self) -> &SignIns {
        &self.inner.sign_ins
    }

    async fn within<T: Send + 'static>(
        &self,
        permits: &Semaphore,
        work: impl FnOnce(&Self) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let _permit = permits.acquire().await.map_err(|error| PageError::Fault(error.into()))?;
        let server = self.clone();
        match tokio::task::spawn_blocking(move || work(&server)).await {
            Ok(result) => result,
            Err(error) => Err(PageError::Fault(error.into())),
        }
    }

    /// Reports whether a request is the owner's without an account: on this machine alone, with nobody between, and as
    /// long as no account was made.
    pub fn is_open_to_owner(&self, source: &RequestSource) -> Result<bool, PageError> {
        let may_be = !self.inner.listening.needs_accounts() && !source.is_by_stranger;
        Ok(may_be && !self.has_accounts()?)
    }

    /// Reports whether an account was ever made.
    pub fn has_accounts(&self) -> Result<bool, PageError> {
        if !self.inner.has_accounts.load(Ordering::Relaxed) && self.inner.app.accounts().has_accounts()? {
            self.inner.has_accounts.store(true, Ordering::Relaxed);
        }
        Ok(self.inner.has_accounts.load(Ordering::Relaxed))
    }

    /// Address and names of the service.
    pub fn listening(&self) -> &Listening {
        &self.inner.listening
    }

    /// Bounds on what comes at once.
    pub fn traffic(&self) -> &Traffic {
        &self.inner.traffic
    }

    /// Numbers that grow while the service runs.
    pub fn metrics(&self) -> &ServiceMetrics {
        &self.inner.metrics
    }

    /// The moment at which the service began.
    pub fn began(&self) -> DateTime<Utc> {
        self.inner.began
    }

    /// Ends answers that would go on for ever: the service stops.
    pub fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Turns true when the service stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.inner.stopping.subscribe()
    }

    /// The way on for a service that stopped.
    pub fn end(&self) -> ServiceEnd {
        let is_to_begin_again = self.inner.is_to_begin_again.load(Ordering::Relaxed);
        if is_to_begin_again { ServiceEnd::BeginAgain } else { ServiceEnd::Done }
    }

    /// Answers in memory.
    pub fn memo(&self) -> &Memo {
        &self.inner.memo
    }

    /// The state of the data, asked a moment ago at the longest.
    pub fn epoch(&self) -> Result<Epoch, PageError> {
        let mut known = self.inner.epoch.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, epoch)) = *known
            && asked.elapsed() < EPOCH_HOLDS
        {
            return Ok(epoch);
        }
        let app = &self.inner.app;
        let alerts = self.inner.alerts()?;
        let told = alerts.iter().fold(app.held_definitions().number, |sum, alert| memo::mix(sum, alert));
        let told = memo::mix(told, &app.borders_stamp());
        let epoch = (app.version()?, app.clock().today(), told);
        *known = Some((Instant::now(), epoch));
        Ok(epoch)
    }
}

impl Inner {
    /// Sentences of the overview about jobs in trouble, asked a moment ago at the longest.
    fn alerts(&self) -> Result<Arc<Vec<String>>, PageError> {
        // A service over a narrower handle than the machine's owner's knows no jobs.
        if !self.app.access().may_everywhere(Right::RunJobs) {
            return Ok(Arc::default());
        }
        let mut known = self.alerts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, alerts)) = &*known
            && asked.elapsed() < ALERTS_HOLD
        {
            return Ok(alerts.clone());
        }
        let alerts = Arc::new(standing::alerts(&self.app)?);
        *known = Some((Instant::now(), alerts.clone()));
        Ok(alerts)
    }
}

impl FromRequestParts<Server> for Site {
    type Rejection = PageError;

    /// The front puts who asks into every request that it lets through.
    async fn from_request_parts(parts: &mut Parts, service: &Server) -> Result<Self, PageError> {
        let access = parts.extensions.get::<Access>().cloned();
        let access = access.ok_or_else(|| PageError::Fault(anyhow::anyhow!("a request came past the front")))?;
        Ok(service.for_access(access))
    }
}

impl Site {
    /// The application, in the hands of the one who asks.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Turns true when the service stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.inner.stopping.subscribe()
    }

    /// Choices of the first page; none where nothing is left to be decided, or not by the one who asks.
    pub fn first_page(&self) -> Result<Option<&FreeChoices>, PageError> {
        let Some(choices) = &self.inner.listening.first_page else { return Ok(None) };
        Ok(if self.app.access().is_owner() && self.app.is_untouched()? { Some(choices) } else { None })
    }

    /// Port on which the service listens.
    pub fn port(&self) -> u16 {
        self.inner.listening.address.port()
    }

    /// Ends the service so that it begins again with other settings.
    pub fn begin_again(&self) {
        self.inner.is_to_begin_again.store(true, Ordering::Relaxed);
        self.inner.stopping.send_replace(true);
    }

    /// All papers in one go, as this account began it last: how far it is, or what became of it. One of another account
    /// is not seen.
    pub fn bulk(&self) -> Option<Bulk> {
        let held = self.inner.bulk.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|bulk| bulk.account == self.app.who()).cloned()
    }

    /// The same to be changed, whoever began it.
    pub fn any_bulk(&self) -> MutexGuard<'_, Option<Bulk>> {
        self.inner.bulk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sentences of the overview about jobs in trouble; none for those who have nothing to do with jobs.
    pub fn alerts(&self) -> Result<Arc<Vec<String>>, PageError> {
        if self.app.access().may_everywhere(Right::RunJobs) { self.inner.alerts() } else { Ok(Arc::default()) }
    }

    /// Metrics of the whole service. The names of jobs are told to those alone who may read metrics wherever they are,
    /// and not to any program on this machine.
    pub fn metrics(&self) -> Result<String, PageError> {
        let app = &self.inner.app;
        let reading = MetricsReading {
            store: app.tallies()?,
            free_bytes: app.free_bytes(),
            jobs: standing::tallies(app)?,
            names_jobs: self.app.access().may_everywhere(Right::ReadMetrics),
            under_way: self.inner.traffic.under_way(),
        };
        Ok(self.inner.metrics.text(&reading)?)
    }

    /// Reasons for which the service cannot work, whoever asks.
    pub fn unready(&self) -> Vec<Unready> {
        self.inner.app.unready()
    }

    /// Papers of the application.
    pub fn papers(&self) -> PaperService<'_> {
        self.app().papers()
    }

    /// Files on their way in.
    pub fn intake(&self) -> IntakeService<'_> {
        self.app().intake()
    }

    pub fn batches(&self) -> BatchService<'_> {
        self.app().batches()
    }

    pub fn evidence(&self) -> EvidenceService<'_> {
        self.app().evidence()
    }

    /// Runs of jobs and what they left.
    pub fn ledger(&self) -> RunLedger<'_> {
        self.app().ledger()
    }

    /// Says that this very service changed the data: whoever did it sees it at once.
    pub fn changed(&self) {
        *self.inner.epoch.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Runs `work` off the async threads; at most as many at once as the machine has cores.
    pub async fn compute<T, E>(&self, work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        self.within(&self.inner.computing, work).await
    }

    /// The same for what changes data. It may wait for another's write to end: permits of its own, so that no page
    /// ever waits for it.
    pub async fn take_in<T, E>(&self, work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        self.within(&self.inner.taking_in, work).await
    }

    /// The same for pages that open uploaded workbooks to see what they hold or would change: large files take them long,
    /// and neither other pages nor those who write wait for that.
    pub async fn preview<T, E>(&self, work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        self.within(&self.inner.previewing, work).await
    }

    /// The same for bundles of papers, one after the other: pages never wait for them.
    pub async fn pack<T, E>(&self, work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        self.within(&self.inner.packing, work).await
    }

    async fn within<T, E>(
        &self,
        permits: &Semaphore,
        work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        let _permit = permits.acquire().await.map_err(|error| E::from(PageError::Fault(error.into())))?;
        let site = self.clone();
        // What the work logs carries the number of the request.
        let span = tracing::Span::current();
        match tokio::task::spawn_blocking(move || span.in_scope(|| work(&site))).await {
            Ok(result) => result,
            Err(error) => Err(E::from(PageError::Fault(error.into()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};
    use tokio::task::JoinHandle;
    use tower::ServiceExt;

    use super::*;
    use crate::app::Config;
    use crate::app::import::Upload;
    use crate::clock::Clock;
    use crate::web::router::routes;

    /// Longer than any page of a test takes.
    const PATIENCE: Duration = Duration::from_mins(1);
    const PORT: u16 = 8080;

    fn service(folder: &tempfile::TempDir) -> Server {
        let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().unwrap());
        let config = Config { data: folder.path().to_owned(), clock, who: "penguji".to_owned() };
        Server::new(App::open(config).unwrap(), Listening::plain(([127, 0, 0, 1], PORT).into()))
    }

    /// Takes every permit of those who write, until the gate opens.
    async fn writers(site: &Site, gate: &Arc<Barrier>) -> Vec<JoinHandle<Result<bool, PageError>>> {
        let writer = |gate: Arc<Barrier>| {
            let site = site.clone();
            tokio::spawn(async move { site.take_in(move |_| Ok::<_, PageError>(gate.wait().is_leader())).await })
        };
        let waiting = (0..writers_max()).map(|_| writer(gate.clone())).collect();
        while site.inner.taking_in.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        waiting
    }

    fn writers_max() -> usize {
        std::thread::available_parallelism().map_or(2, usize::from)
    }

    #[tokio::test]
    async fn pages_do_not_wait_for_those_who_write() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(&folder);
        let site = service.for_access(service.owner(Origin::CommandLine));
        let gate = Arc::new(Barrier::new(writers_max() + 1));
        let waiting = writers(&site, &gate).await;
        // Every permit of those who write is out; a page is computed all the same.
        assert_eq!(site.compute(|_| Ok::<_, PageError>(7)).await.unwrap(), 7);
        gate.wait();
        for one in waiting {
            one.await.unwrap().unwrap();
        }
    }

    #[tokio::test]
    async fn whoever_only_looks_takes_no_permit_of_those_who_write() {
        let folder = tempfile::tempdir().unwrap();
        let service = service(&folder);
        let site = service.for_access(service.owner(Origin::CommandLine));
        let text = "UPT PUSKESMAS ABCDE\nDAFTAR TAHUN 2023\nNo,Nama Jaringan/Jejaring,Jenis\n1,Klinik Alvi,Klinik\n";
        let file = Upload { name: "daftar.csv".to_owned(), bytes: text.into() };
        let draft = site.intake().add_draft(&[file]).unwrap();
        let gate = Arc::new(Barrier::new(writers_max() + 1));
        let waiting = writers(&site, &gate).await;
        let router = routes(service.clone());
        let base = format!("/impor/draf/{draft}");
        let sheet = format!("{base}/lembar?berkas=0&lembar=daftar");
        for address in
            [base.as_str(), &sheet, "/impor", "/", "/impor/nama", "/laporan", "/catatan", "/bukti", "/pekerjaan"]
        {
            let host = format!("127.0.0.1:{PORT}");
            let request = Request::get(address).header(header::HOST, host).body(Body::empty()).unwrap();
            let answer = tokio::time::timeout(PATIENCE, router.clone().oneshot(request)).await;
            let status = answer.map(|answer| answer.unwrap().status());
            assert!(
                status.as_ref().is_ok_and(|status| *status != StatusCode::SERVICE_UNAVAILABLE),
                "{address}: {status:?}"
            );
        }
        gate.wait();
        for one in waiting {
            one.await.unwrap().unwrap();
        }
    }
}
