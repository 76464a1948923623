//! Data flows one way: a module uses only what the table allows, and each library stays in its room.

use std::fs;

use super::{files, relative};

/// Who may use whom. Adding an edge means editing this table, in review.
const MAY_USE: &[(&str, &[&str])] = &[
    ("archive", &[]),
    ("built", &[]),
    ("domain", &[]),
    ("accounts", &["domain"]),
    ("clock", &["domain"]),
    ("disk", &[]),
    ("diagnostic", &["domain"]),
    ("definitions", &["domain", "diagnostic"]),
    ("workbook", &["archive", "domain", "diagnostic"]),
    ("outbound", &[]),
    ("oidc", &["outbound"]),
    ("marked", &["archive", "domain", "diagnostic", "workbook"]),
    ("recap", &["domain", "diagnostic", "workbook"]),
    ("proof", &["domain"]),
    ("privacy", &["domain", "diagnostic", "workbook"]),
    ("store", &["domain", "diagnostic"]),
    ("evidence", &["archive", "domain"]),
    ("analytics", &["domain"]),
    ("charts", &["domain"]),
    ("template", &["domain"]),
    ("dashboard", &["domain", "definitions", "analytics", "charts"]),
    ("report", &["archive", "domain", "definitions", "analytics", "charts", "dashboard", "proof"]),
    (
        "app",
        &[
            "domain",
            "clock",
            "disk",
            "diagnostic",
            "definitions",
            "workbook",
            "marked",
            "recap",
            "privacy",
            "template",
            "store",
            "evidence",
            "analytics",
            "charts",
            "dashboard",
            "proof",
            "report",
            "accounts",
            "oidc",
        ],
    ),
    ("jobs", &["domain", "clock", "disk", "diagnostic", "definitions", "outbound", "app", "store"]),
    (
        "web",
        &[
            "built",
            "domain",
            "clock",
            "diagnostic",
            "definitions",
            "store",
            "analytics",
            "charts",
            "dashboard",
            "proof",
            "report",
            "template",
            "app",
            "jobs",
            "accounts",
            "oidc",
        ],
    ),
    (
        "cli",
        &[
            "built",
            "domain",
            "clock",
            "disk",
            "diagnostic",
            "definitions",
            "store",
            "analytics",
            "dashboard",
            "proof",
            "report",
            "template",
            "app",
            "jobs",
            "web",
            "accounts",
        ],
    ),
];

/// Which module alone may name a library.
const ROOM_OF: &[(&str, &[&str])] = &[
    ("calamine", &["workbook"]),
    ("zip", &["archive", "workbook", "marked", "report", "evidence"]),
    ("quick_xml", &["charts", "workbook", "marked", "report"]),
    ("rusqlite", &["store"]),
    ("polars", &["analytics"]),
    ("rayon", &["analytics"]),
    ("plotters", &["charts"]),
    ("resvg", &["charts"]),
    ("png", &["charts"]),
    ("qrcode", &["charts", "cli"]),
    ("ed25519_dalek", &["proof"]),
    ("rust_xlsxwriter", &["marked", "template", "report"]),
    ("typst", &["report"]),
    ("typst_pdf", &["report"]),
    ("typst_layout", &["report"]),
    ("comemo", &["report"]),
    ("hayro_syntax", &["report"]),
    ("hayro_cmap", &["report"]),
    ("brotli", &["web"]),
    ("subsetter", &["web"]),
    ("read_fonts", &["web"]),
    ("write_fonts", &["web"]),
    ("askama", &["web"]),
    ("axum", &["web"]),
    ("tower_http", &["web"]),
    ("pulldown_cmark", &["web"]),
    ("toml", &["definitions"]),
    ("lettre", &["jobs"]),
    ("hmac", &["jobs"]),
    ("clap", &["cli"]),
    ("dirs", &["cli"]),
    ("sd_notify", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("argon2", &["accounts"]),
    ("totp_rs", &["accounts"]),
    ("subtle", &["accounts"]),
    ("openidconnect", &["oidc"]),
    ("ureq", &["outbound"]),
    ("base64", &["oidc"]),
    ("chacha20poly1305", &["accounts"]),
    ("getrandom", &["accounts"]),
    ("hyper", &["web"]),
    ("hyper_util", &["web"]),
    ("http_body", &["web"]),
    ("rustls", &["web"]),
    ("tokio_rustls", &["web"]),
    ("tokio_io_timeout", &["web"]),
    ("yasna", &["web"]),
    ("if_addrs", &["cli"]),
    ("file_rotate", &["cli"]),
    ("tracing_subscriber", &["cli"]),
    ("prometheus", &["web"]),
    ("sysinfo", &["web"]),
    ("utoipa", &["app", "web"]),
    ("fs4", &["disk"]),
];

fn module_of(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap();
    below.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Names that follow `prefix` in `text` (`crate::store::…` → `store`), also inside `crate::{a, b}`.
fn names_after(text: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (place, _) in text.match_indices(prefix) {
        let before = text[..place].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &text[place + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            names.extend(
                group.split('}').next().unwrap().split(',').map(|part| {
                    part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
                }),
            );
        } else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
    names
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn data_flows_one_way() {
    let mut faults = Vec::new();
    for path in files("src", &["rs"]) {
        let name = relative(&path);
        let module = module_of(&name);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(known, _)| *known == module).map(|(_, allowed)| *allowed);
        let Some(allowed) = allowed else {
            faults.push(format!("{name}: `{module}` does not stand in the table of layers"));
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        for (line, code) in code_lines(&text) {
            for used in names_after(code, "crate::") {
                if used != module && !allowed.contains(&used.as_str()) {
                    faults.push(format!("{name}:{}: `{module}` may not use `{used}`, only {allowed:?}", line + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_library_stays_in_its_room() {
    let mut faults = Vec::new();
    for path in files("src", &["rs"]) {
        let name = relative(&path);
        let module = module_of(&name);
        let text = fs::read_to_string(&path).unwrap();
        for (line, code) in code_lines(&text) {
            for (library, rooms) in ROOM_OF {
                let named = code.contains(&format!("use {library}::")) || names_path(code, library);
                if named && !rooms.contains(&module) {
                    faults.push(format!("{name}:{}: `{library}` is for {rooms:?} only", line + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Services of `app` stand between the store and whoever is handed one.
#[test]
fn pages_jobs_and_commands_do_not_reach_into_the_store() {
    let mut faults = Vec::new();
    for path in files("src", &["rs"]) {
        let name = relative(&path);
        if !matches!(module_of(&name), "web" | "jobs" | "cli") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let reaching = code_lines(&text).filter(|(_, code)| code.contains(".store()"));
        faults.extend(reaching.map(|(line, _)| format!("{name}:{}: ask a service of `app` for this", line + 1)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether `code` names `library::…` as a path of its own (not `crate::x::library` or `my_library::`).
fn names_path(code: &str, library: &str) -> bool {
    let needle = format!("{library}::");
    code.match_indices(&needle).any(|(place, _)| {
        let before = code[..place].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
    })
}

#[test]
fn the_reader_of_imports_sees_what_it_should() {
    assert_eq!(names_after("use crate::store::Store;", "crate::"), ["store"]);
    assert_eq!(names_after("use crate::{app, web::Router};", "crate::"), ["app", "web"]);
    assert_eq!(names_after("crate::Error", "crate::"), Vec::<String>::new());
    assert!(names_path("let x = polars::frame::X;", "polars"));
    assert!(!names_path("use crate::toml::x;", "toml"));
}

/// The book of accounts asks for no right itself, since it is read before anybody has signed in: what holds its rules is
/// the service of accounts, which alone may open it; a restore reads whether there are accounts.
#[test]
fn only_the_service_of_accounts_opens_their_book() {
    let may_open = ["src/store/", "src/app/accounts/", "src/jobs/restore.rs"];
    for path in files("src", &["rs"]) {
        let name = relative(&path);
        let text = fs::read_to_string(&path).unwrap();
        let opens = text.contains("account_book()");
        assert!(!opens || may_open.iter().any(|place| name.starts_with(place)), "{name} opens the book of accounts");
    }
}
