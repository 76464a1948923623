//! Evaluation of 1, 40 and 1,000 Puskesmas (the last about 10 million facts), timed from frames in memory to results;
//! and the grouping of achievements alone beside the same grouping by DuckDB (`benches/peers/duckdb_grouping.py`,
//! where Python with duckdb is installed) in the same run.

mod support {
    pub mod synthetic;
}

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use simpul::analytics::Evaluator;
use simpul::domain::decree::{DecreeBook, Evidence, EvidenceRule};
use simpul::domain::{Aggregation, CoachingIndicator, Date, Decree, Facts, IndicatorRule, Period, StatusThresholds};
use support::synthetic;

/// Numbers of Puskesmas.
const SIZES: [u32; 3] = [1, 40, 1_000];
/// Runs of each grouping beside DuckDB; the fastest counts.
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
        let evaluator = Evaluator::new(Arc::clone(&facts), DecreeBook::of(decree())).expect("frames");
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

/// The grouping of achievements alone, ours and DuckDB's over the same rows.
fn beside_duckdb(facts: &Facts, evaluator: &Evaluator) {
    let ours = fastest(|| drop(black_box(evaluator.service_sums(period(), as_of()))));
    let sums = evaluator.service_sums(period(), as_of()).expect("sums");
    let (numerators, denominators) =
        sums.iter().fold((0.0, 0.0), |(n, d), sum| (n + sum.ratio.numerator, d + sum.ratio.denominator));
    println!("\ngrouping of {} achievements into {} pairs", facts.achievements.facility.len(), sums.len());
    println!("simpul  {:8.1} ms   Σ numerators {numerators}, Σ denominators {denominators}", millis(ours));
    write_data(facts).expect("the rows for DuckDB");
    let script = Path::new("benches/peers/duckdb_grouping.py");
    let first = period().first_month().number();
    let last = period().last_month().number();
    let output = Command::new("python3")
        .arg(script)
        .args([DATA, &(first - first.rem_euclid(12)).to_string(), &first.to_string(), &last.to_string()])
        .arg(ROUNDS.to_string())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            print!("{text}");
            let best: Option<f64> =
                text.lines().filter_map(|line| line.strip_prefix("best_ms ")).find_map(|ms| ms.parse().ok());
            if let Some(theirs) = best {
                let ratio = millis(ours) / theirs;
                println!("simpul / duckdb = {ratio:.2} (goal: at most 1)");
            }
        }
        Ok(output) => println!("duckdb: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => println!("duckdb: not run, {error}"),
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

fn fastest(mut run: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
