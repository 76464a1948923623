//! Numbers of a running service for Prometheus: requests as they are answered, and at each reading what the data folder,
//! the jobs and the process come to. Names no Puskesmas; names of jobs it tells only where it is asked to.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus::{Counter, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

use super::rights::route_of;
use super::traffic::UnderWay;
use crate::built;
use crate::jobs::standing::JobTallies;
use crate::store::{RunState, RunTotals, StoreTallies};

/// Label of a path that is no address of the service.
const NO_ROUTE: &str = "-";
/// Upper bounds of the buckets of durations, seconds: a page from memory to the longest paper.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0];

/// Metrics that grow while the service runs.
#[derive(Debug)]
pub struct ServiceMetrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

/// An answered request.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredRequest<'a> {
    /// Its method.
    pub method: &'a Method,
    /// Its path, without the query.
    pub path: &'a str,
    /// Status of the answer.
    pub status: StatusCode,
    /// Time until the head of the answer stood.
    pub took: Duration,
}

/// Everything that is looked up when the metrics are read.
#[derive(Clone, Debug)]
pub struct MetricsReading {
    /// Counts over the database.
    pub store: StoreTallies,
    /// Bytes that are free on its disk.
    pub free_bytes: Option<u64>,
    /// Counts over jobs.
    pub jobs: JobTallies,
    /// True where the names of jobs may be told.
    pub names_jobs: bool,
    /// Requests and connections under way.
    pub under_way: UnderWay,
}

impl Default for ServiceMetrics {
    fn default() -> Self {
        let requests = Opts::new("simpul_http_requests_total", "Answered requests by route and status.");
        let requests = IntCounterVec::new(requests, &["method", "route", "status"]).expect("a well-formed metric");
        let seconds =
            HistogramOpts::new("simpul_http_request_duration_seconds", "Time until the head of the answer stood.");
        let seconds = HistogramVec::new(seconds.buckets(SECONDS.to_vec()), &["method", "route"]);
        let seconds = seconds.expect("a well-formed metric");
        let registry = Registry::new();
        registry.register(Box::new(requests.clone())).expect("each metric is registered once");
        registry.register(Box::new(seconds.clone())).expect("each metric is registered once");
        Self { registry, requests, seconds }
    }
}

impl ServiceMetrics {
    /// Counts an answered request.
    pub fn count(&self, answered: AnsweredRequest<'_>) {
        let route = template_of(answered.path);
        let method = match *answered.method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        self.requests.with_label_values(&[method, route, answered.status.as_str()]).inc();
        self.seconds.with_label_values(&[method, route]).observe(answered.took.as_secs_f64());
    }

    /// All of it in the text format of Prometheus.
    pub fn text(&self, reading: &MetricsReading) -> prometheus::Result<String> {
        let now = MomentMetrics::default();
        now.gauge(
            "simpul_build_info",
            "Version and commit of the program.",
            &["version", "commit"],
            vec![row(&[built::VERSION, built::COMMIT], 1.0)],
        )?;
        now.of_service(reading.under_way)?;
        now.of_store(&reading.store)?;
        if let Some(free) = reading.free_bytes {
            now.plain("simpul_disk_available_bytes", "Bytes that are free where the data folder lies.", float(free))?;
        }
        now.of_jobs(&reading.jobs)?;
        if reading.names_jobs {
            now.of_each_job(&reading.jobs.runs)?;
        }
        now.of_process()?;
        let mut families = self.registry.gather();
        families.extend(now.registry.gather());
        TextEncoder::new().encode_to_string(&families)
    }
}

/// Template of the address that a path is.
fn template_of(path: &str) -> &'static str {
    route_of(path).map_or(NO_ROUTE, |route| route.path)
}

/// A value with its labels.
struct MetricRow {
    labels: Vec<String>,
    value: f64,
}

fn row(labels: &[&str], value: f64) -> MetricRow {
    MetricRow { labels: labels.iter().map(|label| (*label).to_owned()).collect(), value }
}

#[expect(clippy::cast_precision_loss, reason = "a metric is a float: exact up to 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

/// Metrics that are looked up at one reading.
#[derive(Default)]
struct MomentMetrics {
    registry: Registry,
}

impl MomentMetrics {
    fn plain(&self, name: &str, help: &str, value: f64) -> prometheus::Result<()> {
        self.gauge(name, help, &[], vec![row(&[], value)])
    }

    fn gauge(&self, name: &str, help: &str, labels: &[&str], rows: Vec<MetricRow>) -> prometheus::Result<()> {
        let gauge = GaugeVec::new(Opts::new(name, help), labels)?;
        for MetricRow { labels, value } in rows {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            gauge.with_label_values(&labels).set(value);
        }
        self.registry.register(Box::new(gauge))
    }

    fn of_service(&self, under_way: UnderWay) -> prometheus::Result<()> {
        let UnderWay { connections, requests, streams } = under_way;
        let rows = [("connection", connections), ("request", requests), ("stream", streams)];
        let rows = rows.into_iter().map(|(kind, count)| row(&[kind], float(count as u64)));
        self.gauge(
            "simpul_http_under_way",
            "Connections, requests and streams of events at once.",
            &["kind"],
            rows.collect(),
        )
    }

    fn of_store(&self, store: &StoreTallies) -> prometheus::Result<()> {
        self.plain("simpul_puskesmas", "Puskesmas of which there is data.", float(store.puskesmas))?;
        let way = |is_by_form: bool| if is_by_form { "form" } else { "file" };
        let state = |is_undone: bool| if is_undone { "undone" } else { "accepted" };
        let batches = || store.batches.iter();
        let counts = batches().map(|tally| row(&[way(tally.is_by_form), state(tally.is_undone)], float(tally.count)));
        let help = "Accepted files and forms, by what became of them.";
        self.gauge("simpul_imports", help, &["way", "state"], counts.collect())?;
        let accepted = batches().filter(|tally| !tally.is_undone);
        let last = accepted.filter_map(|tally| Some(row(&[way(tally.is_by_form)], seconds(tally.last?.timestamp()))));
        let help = "When the last file or form was accepted.";
        self.gauge("simpul_import_last_timestamp_seconds", help, &["way"], last.collect())?;
        self.plain("simpul_drafts_waiting", "Uploads that nobody has decided on.", float(store.drafts_waiting))?;
        let numbered = |is_numbered: bool| if is_numbered { "yes" } else { "no" };
        let papers =
            store.editions.iter().map(|tally| row(&[&tally.kind, numbered(tally.is_numbered)], float(tally.count)));
        let help = "Papers that were handed out, by kind.";
        self.gauge("simpul_papers", help, &["kind", "numbered"], papers.collect())?;
        self.plain("simpul_evidence_files", "Distinct evidence files.", float(store.evidence_files))?;
        self.plain("simpul_evidence_bytes", "Bytes of evidence files.", float(store.evidence_bytes))?;
        self.plain("simpul_database_bytes", "Bytes of the database file.", float(store.database_bytes))?;
        let free = float(store.database_free_bytes);
        self.plain("simpul_database_free_bytes", "Bytes of the database file that are free for new rows.", free)?;
        self.plain("simpul_database_schema_version", "Version of the schema.", float(store.schema_version))
    }

    /// Counts over all jobs together, without their names.
    fn of_jobs(&self, jobs: &JobTallies) -> prometheus::Result<()> {
        let in_state = |state: RunState| {
            let runs = jobs.runs.iter().filter(move |total| total.state == state);
            float(runs.map(|total| total.due_times).sum())
        };
        let mut states: Vec<RunState> = jobs.runs.iter().map(|total| total.state).collect();
        states.sort_by_key(|state| state.code());
        states.dedup();
        let rows = states.into_iter().map(|state| row(&[state.code()], in_state(state)));
        self.gauge("simpul_jobs", "Due times in the ledger by state, of all jobs.", &["state"], rows.collect())?;
        self.plain("simpul_job_queue", "Due times that wait.", in_state(RunState::Due))?;
        let waiting = f64::from(jobs.notices_waiting);
        self.plain("simpul_outbox_waiting", "Notices that wait to be told.", waiting)
    }

    /// The same job by job.
    fn of_each_job(&self, runs: &[RunTotals]) -> prometheus::Result<()> {
        let labels = ["job", "state"];
        let of = |total: &RunTotals, value: f64| row(&[&total.job, total.state.code()], value);
        let counts = runs.iter().map(|total| of(total, float(total.due_times)));
        self.gauge("simpul_job_due_times", "Due times in the ledger by job and state.", &labels, counts.collect())?;
        let ended = runs.iter().filter(|total| matches!(total.state, RunState::Done | RunState::Failed));
        // Nothing is below zero: a zero with a sign is one without.
        let taken = ended.map(|total| of(total, total.seconds + 0.0));
        let help = "Seconds that the last tries of the ended runs in the ledger took, together.";
        self.gauge("simpul_job_run_seconds", help, &labels, taken.collect())?;
        let done = runs.iter().filter(|total| total.state == RunState::Done);
        let success = done.filter_map(|total| Some(row(&[&total.job], seconds(total.last_end?.timestamp()))));
        let help = "When the job was last done.";
        self.gauge("simpul_job_last_success_timestamp_seconds", help, &["job"], success.collect())
    }

    /// The process, under the names that Prometheus' own libraries use; what the system does not say is left out.
    fn of_process(&self) -> prometheus::Result<()> {
        let Ok(own) = sysinfo::get_current_pid() else { return Ok(()) };
        let mut system = System::new();
        let asked = ProcessRefreshKind::nothing().with_memory().with_cpu().without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), false, asked);
        let Some(process) = system.process(own) else { return Ok(()) };
        let cpu = Counter::new("process_cpu_seconds_total", "Processor time of the process.")?;
        cpu.inc_by(Duration::from_millis(process.accumulated_cpu_time()).as_secs_f64());
        self.registry.register(Box::new(cpu))?;
        self.plain("process_resident_memory_bytes", "Memory of the process.", float(process.memory()))?;
        self.plain("process_virtual_memory_bytes", "Address space of the process.", float(process.virtual_memory()))?;
        self.plain("process_start_time_seconds", "When the process began.", float(process.start_time()))?;
        if let Some(open) = process.open_files() {
            self.plain("process_open_fds", "Files and sockets that the process has open.", float(open as u64))?;
        }
        if let Some(most) = process.open_files_limit() {
            self.plain("process_max_fds", "Files and sockets that it may have open.", float(most as u64))?;
        }
        Ok(())
    }
}

/// An instant as Prometheus writes it.
fn seconds(timestamp: i64) -> f64 {
    float(u64::try_from(timestamp).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_counted_by_the_template_of_their_route() {
        for (path, template) in [
            ("/", "/"),
            ("/faskes/Klinik%20Alvi", "/faskes/{name}"),
            ("/laporan/akreditasi.zip", "/laporan/akreditasi.zip"),
            ("/laporan/evaluasi.pdf", "/laporan/{name}"),
            ("/api/v1/tidak-ada", "/api/{*rest}"),
            ("/tidak-ada", NO_ROUTE),
        ] {
            assert_eq!(template_of(path), template, "{path}");
        }
    }
}
