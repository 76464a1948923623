//! What machines ask a running service: whether it lives, whether it can work, and its numbers.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use chrono::Duration;
use serde_json::Value;
use simpul::app::accounts::TokenWish;
use simpul::jobs::Lock;
use simpul::store::TokenScope;

use super::service::{ANYWHERE, BEHIND, LOOPBACK, Service, make_administrator};

fn checks(service: &Service) -> (u16, Value) {
    let reply = service.get("/readyz", &[]);
    assert!(!reply.body.contains("tmp") && !reply.body.contains("os error"), "{}", reply.body);
    (reply.status, serde_json::from_str(&reply.body).unwrap())
}

#[test]
fn readiness_names_what_is_wrong_and_nothing_else() {
    let service = Service::prepared(ANYWHERE, make_administrator);
    assert_eq!(service.get("/livez", &[]).body, "ok\n");
    let (status, told) = checks(&service);
    assert_eq!((status, told["checks"]["lock"].as_str()), (503, Some("failed")), "nobody holds the lock: {told}");
    let lock = Lock::service(service.app.data()).unwrap();
    assert!(lock.is_some());
    let (status, told) = checks(&service);
    assert_eq!((status, told["status"].as_str()), (200, Some("ready")), "{told}");
    assert_eq!(told["checks"].as_object().unwrap().len(), 4);

    // A newer program changed the schema under the running service.
    let sqlite = rusqlite_of(&service);
    sqlite("INSERT INTO schema_versions (version) VALUES (9999)");
    let (status, told) = checks(&service);
    assert_eq!((status, told["checks"]["schema"].as_str()), (503, Some("failed")), "{told}");
    assert_eq!(told["checks"]["database"], "ok");
    sqlite("DELETE FROM schema_versions WHERE version = 9999");
    sqlite("ALTER TABLE schema_versions RENAME TO gone");
    let (status, told) = checks(&service);
    assert_eq!((status, told["checks"]["database"].as_str()), (503, Some("failed")), "{told}");
    assert_eq!(service.get("/livez", &[]).status, 200, "it lives all the same");
}

/// Runs SQL on the database beside the service.
fn rusqlite_of(service: &Service) -> impl Fn(&str) + use<> {
    let path = service.app.data().join("simpul.db");
    move |sql| rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap()
}

fn metrics_token(service: &Service) -> String {
    let expires = service.app.clock().now() + Duration::days(30);
    let wish = TokenWish { name: "prometheus".to_owned(), scope: TokenScope::Metrics, puskesmas: None, expires };
    let accounts = service.app.accounts();
    let siti = accounts.list().unwrap().into_iter().next().unwrap().account;
    accounts.make_api_token(siti.id, &wish).unwrap().reveal().to_owned()
}

#[test]
fn metrics_are_for_this_machine_and_for_tokens_of_their_scope() {
    let service = Service::prepared(BEHIND, make_administrator);
    let own = service.get("/metrics", &[]);
    assert_eq!(own.status, 303, "a named proxy asks for others: {}", own.head);
    let host = ("Host", "simpul.example");
    let through = |more: &[(&str, &str)]| {
        let lines: Vec<(&str, &str)> =
            [host, ("X-Forwarded-For", "203.0.113.9")].into_iter().chain(more.iter().copied()).collect();
        service.get("/metrics", &lines)
    };
    assert_eq!(through(&[]).status, 303, "from elsewhere it leads to the door");
    // A proxy that tells of nobody is no program of this machine either.
    assert_eq!(service.get("/metrics", &[host]).status, 303);
    let token = format!("Bearer {}", metrics_token(&service));
    simpul::jobs::request(&service.app, "cadangan").unwrap();
    let reply = through(&[("Authorization", &token)]);
    assert_eq!(reply.status, 200, "{}", reply.head);
    assert!(reply.body.contains("simpul_job_due_times{job=\"cadangan\",state=\"due\"} 1\n"), "{}", reply.body);
    assert_eq!(through(&[("Authorization", "Bearer simpul_tidak")]).status, 401);
    // It opens nothing else.
    for path in ["/api/v1/puskesmas", "/api/v1/jobs", "/api/v1/audit"] {
        let lines = [host, ("X-Forwarded-For", "203.0.113.9"), ("Authorization", token.as_str())];
        assert_eq!(service.get(path, &lines).status, 403, "{path}");
    }
}

#[test]
fn on_this_machine_metrics_need_no_account_and_name_nobody() {
    for settings in [ANYWHERE, LOOPBACK] {
        let service = Service::prepared(settings, |app| {
            make_administrator(app);
            let text = "\"UPT PUSKESMAS RAHASIA TIMURLAUT\"\nDAFTAR IDENTIFIKASI\nTAHUN 2023\n\
                No,Nama Jaringan/Jejaring,Jenis,Kelompok\n1,Apotek Alvi,Apotek,Jejaring\n2,Klinik Alvi,Klinik,Jejaring\n";
            let file = simpul::app::import::Upload { name: "daftar.csv".to_owned(), bytes: text.into() };
            let receipt = app.import(&[file], None, false, &mut |_| {});
            assert_eq!(receipt.files[0].error, None);
        });
        assert_eq!(service.get("/faskes/Klinik%20Alvi", &[]).status, 303);
        let metrics = service.get("/metrics", &[]).body;
        for line in [
            "simpul_http_requests_total{method=\"GET\",route=\"/faskes/{name}\",status=\"303\"} 1\n",
            "simpul_imports{state=\"accepted\",way=\"file\"} 1\n",
            "simpul_puskesmas 1\n",
            "# TYPE simpul_http_request_duration_seconds histogram\n",
            "# TYPE process_cpu_seconds_total counter\n",
            "simpul_http_under_way{kind=\"request\"} 1\n",
        ] {
            assert!(metrics.contains(line), "{line}: {metrics}");
        }
        for word in ["timurlaut", "alvi", "simpul_job_due_times"] {
            assert!(!metrics.to_lowercase().contains(word), "{word}: {metrics}");
        }
        assert_is_clean(&metrics);
    }
    // Somebody stands between who said nothing of itself in the settings.
    let service = Service::prepared(LOOPBACK, make_administrator);
    assert_eq!(service.get("/metrics", &[("X-Forwarded-For", "203.0.113.9")]).status, 303);
}

/// Holds metrics against the linter of Prometheus.
fn assert_is_clean(metrics: &str) {
    let mut lint = Command::new("promtool");
    let mut lint = lint
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool of the package prometheus");
    lint.stdin.take().unwrap().write_all(metrics.as_bytes()).unwrap();
    let output = lint.wait_with_output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.trim().is_empty(), "{told}\n{metrics}");
}

#[test]
fn the_dashboard_asks_for_metrics_that_there_are() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/grafana.json");
    let board: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/metrics.rs");
    let metrics = fs::read_to_string(source).unwrap();
    let mut asked = Vec::new();
    for panel in board["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().into_iter().flatten() {
            let words =
                target["expr"].as_str().unwrap().split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
            asked.extend(
                words.filter(|word| word.starts_with("simpul_") || word.starts_with("process_")).map(str::to_owned),
            );
        }
    }
    assert!(asked.len() >= 12, "{asked:?}");
    for name in asked {
        let base = name.trim_end_matches("_bucket").trim_end_matches("_count").trim_end_matches("_sum");
        assert!(metrics.contains(&format!("\"{base}\"")), "{name} is no metric");
    }
}
