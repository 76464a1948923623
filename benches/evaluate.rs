//! Evaluation of 1, 40 and 1,000 Puskesmas (the last about 10 million facts), timed from frames in memory to results;
//! and the grouping of achievements alone beside the same grouping by DuckDB (`benches/peers/duckdb_grouping.py`,
//! where Python with duckdb is installed) in the same run.

#![expect(clippy::print_stdout, reason = "a benchmark reports on standard output")]

mod support {
    pub mod synthetic;
}

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use simpul::analytics::Evaluator;
use simpul::domain::decree::{DecreeBook, Evidence, EvidenceRule};
use simpul::domain::{
    Aggregation, CoachingIndicator, Date, Decree, Facts, IndicatorRule, Period, PwsStatus, StatusThresholds,
};
use support::synthetic;

/// Numbers of Puskesmas.
const SIZES: [u32; 3] = [1, 40, 1_000];
/// Runs of each; of those beside DuckDB the median counts, else the fastest.
const ROUNDS: u32 = 7;
/// Where DuckDB finds the same rows.
const DATA: &str = "target/bench-data";

fn decree() -> Decree {
    Decree {
        indicators: [IndicatorRule { target: 80.0, weight: 10.0 }; CoachingIndicator::COUNT],
        thresholds: StatusThresholds { good_from: 91.0, fair_from: 81.0 },
        report_due_day: 5,
        evidence: vec![EvidenceRule {
            form: "pertemuan".to_owned(),
            required: vec![Evidence::AttendanceList, Evidence::Minutes, Evidence::Photos],
        }],
        evidence_otherwise: vec![Evidence::Checklist, Evidence::Photos],
        pws_level_below: PwsStatus::Jelek,
        status_basis_min: 3,
    }
}

fn period() -> Period {
    "2023-C2".parse().expect("a period")
}

fn as_of() -> Date {
    period().last_day()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("evaluate");
    let mut growth = Vec::new();
    let mut largest = None;
    for size in SIZES {
        let facts = Arc::new(synthetic::facts(size));
        let rows = synthetic::count(&facts);
        let started = Instant::now();
        let evaluator = Evaluator::new(Arc::clone(&facts), DecreeBook::from_decree(decree())).expect("frames");
        let built = started.elapsed();
        group.throughput(Throughput::Elements(rows as u64));
        group.measurement_time(Duration::from_secs(8));
        group.bench_with_input(BenchmarkId::from_parameter(size), &evaluator, |bencher, evaluator| {
            bencher.iter(|| black_box(evaluator.evaluate(period(), as_of()).expect("an evaluation")));
        });
        growth.push((size, rows, built, fastest(|| drop(black_box(evaluator.evaluate(period(), as_of()))))));
        largest = Some((facts, evaluator));
    }
    group.finish();
    report_growth(&growth);
    if let Some((facts, evaluator)) = largest {
        beside_duckdb(&facts, &evaluator);
    }
}

/// Cost per Puskesmas: linear growth keeps it level.
fn report_growth(growth: &[(u32, usize, Duration, Duration)]) {
    println!("\nPuskesmas      facts   frames built   evaluation   per Puskesmas");
    for &(size, rows, built, evaluation) in growth {
        let each = evaluation / size;
        println!("{size:9}  {rows:9}   {built:>12.2?}   {evaluation:>10.2?}   {each:>13.2?}");
    }
}

/// The grouping of achievements alone, ours and DuckDB's over the same rows, in turn, so that both meet the same
/// machine; and the whole evaluation beside them.
fn beside_duckdb(facts: &Facts, evaluator: &Evaluator) {
    let group = || drop(black_box(evaluator.service_sums(period(), as_of())));
    let evaluate = || drop(black_box(evaluator.evaluate(period(), as_of())));
    let sums = evaluator.service_sums(period(), as_of()).expect("sums").concat();
    let (numerators, denominators) =
        sums.iter().fold((0.0, 0.0), |(n, d), sum| (n + sum.ratio.numerator, d + sum.ratio.denominator));
    println!("\ngrouping of {} achievements into {} pairs", facts.achievements.facility.len(), sums.len());
    println!("simpul: Σ numerators {numerators}, Σ denominators {denominators}");
    write_data(facts).expect("the rows for DuckDB");
    let Some(mut duckdb) = DuckDb::start() else {
        println!("duckdb: not run; it needs python3 with duckdb and pyarrow");
        return;
    };
    let mut rounds: Vec<[f64; 3]> = Vec::new();
    for _ in 0..ROUNDS {
        let Some(theirs) = duckdb.round() else { break };
        rounds.push([millis(timed(group)), millis(timed(evaluate)), theirs]);
    }
    let [ours, whole, theirs] = [0, 1, 2].map(|column| median(rounds.iter().map(|round| round[column]).collect()));
    println!("medians of {} rounds in turn:", rounds.len());
    println!(
        "simpul grouping {ours:.1} ms, whole evaluation {whole:.1} ms; duckdb grouping (its best way) {theirs:.1} ms"
    );
    println!(
        "simpul / duckdb = {:.2} (goal: at most 1); whole evaluation / duckdb = {:.2}",
        ours / theirs,
        whole / theirs
    );
}

/// DuckDB in a process of its own, its tables loaded.
struct DuckDb {
    process: Child,
    answers: Lines<BufReader<ChildStdout>>,
}

impl DuckDb {
    /// Loads the rows; `None` where Python or DuckDB is missing.
    fn start() -> Option<Self> {
        let first = period().first_month().number();
        let months = [first - first.rem_euclid(12), first, period().last_month().number()];
        let mut process = Command::new("python3")
            .args(["benches/peers/duckdb_grouping.py", DATA])
            .args(months.map(|month| month.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut answers = BufReader::new(process.stdout.take()?).lines();
        println!("{}", answers.next()?.ok()?);
        Some(Self { process, answers })
    }

    /// One run of every way to write the query; the milliseconds of the fastest.
    fn round(&mut self) -> Option<f64> {
        writeln!(self.process.stdin.as_mut()?, "round").ok()?;
        loop {
            let line = self.answers.next()?.ok()?;
            match line.strip_prefix("best_ms ") {
                Some(best) => return best.parse().ok(),
                None => println!("{line}"),
            }
        }
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            println!("duckdb: {error}");
        }
    }
}

/// The same rows as CSV: achievements, and how each service indicator is aggregated.
fn write_data(facts: &Facts) -> std::io::Result<()> {
    fs::create_dir_all(DATA)?;
    let rows = &facts.achievements;
    let mut file = BufWriter::new(File::create(Path::new(DATA).join("achievements.csv"))?);
    writeln!(file, "facility,service,month,numerator,denominator")?;
    for row in 0..rows.facility.len() {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let (numerator, denominator) = (number(rows.numerator[row]), number(rows.denominator[row]));
        writeln!(file, "{},{},{},{numerator},{denominator}", rows.facility[row], rows.service[row], rows.month[row])?;
    }
    file.flush()?;
    let mut file = BufWriter::new(File::create(Path::new(DATA).join("services.csv"))?);
    writeln!(file, "service,aggregation")?;
    for (index, service) in facts.services.iter().enumerate() {
        let word = match service.definitions.first().map(|(_, _, definition)| definition.aggregation) {
            Some(Aggregation::Sum) => "sum",
            Some(Aggregation::Cumulative) => "cumulative",
            Some(Aggregation::Last) | None => "last",
        };
        writeln!(file, "{index},{word}")?;
    }
    file.flush()
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn fastest(mut run: impl FnMut()) -> Duration {
    (0..ROUNDS).map(|_| timed(&mut run)).min().unwrap_or_default()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
