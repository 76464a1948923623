//! `user`: accounts from the command line of the machine itself, where no log-in is asked for. Passwords are never typed
//! here: a code is printed, with which the person chooses one.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::app::App;
use crate::app::accounts::{
    AccountError, AccountRow, GrantWish, HandedCode, NewPerson, device_name, grant_json, grant_words,
};
use crate::domain::access::Grant;

use super::alias::moment;
use super::user_args::{UserAddArgs, UserListFormat, UserRoleArgs, UserVerb};
use super::{print, say};

/// Does what was asked.
pub fn run(app: &App, verb: &UserVerb) -> anyhow::Result<ExitCode> {
    match verb {
        UserVerb::List { format } => list(app, *format),
        UserVerb::Add(args) => add(app, args),
        UserVerb::Grant(args) => grant(app, args),
        UserVerb::Revoke(args) => revoke(app, args),
        UserVerb::Reset { user, totp } => reset(app, &user.name, *totp),
        UserVerb::Disable(user) => disable(app, &user.name),
        UserVerb::Enable(user) => enable(app, &user.name),
        UserVerb::Sessions { user, end } => sessions(app, &user.name, *end),
        UserVerb::Export { user, out } => export(app, &user.name, out.as_deref()),
        UserVerb::Erase { user, confirm } => erase(app, &user.name, confirm),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, format: UserListFormat) -> anyhow::Result<()> {
    let rows = app.accounts().list()?;
    if format == UserListFormat::Json {
        return print(Value::Array(rows.iter().map(row_json).collect()));
    }
    if rows.is_empty() {
        return print(
            "Belum ada akun: Simpul hanya melayani komputer ini sendiri. Yang pertama: simpul --data FOLDER user add NAMA --role admin",
        );
    }
    let lines: Vec<String> = rows.iter().flat_map(row_lines).collect();
    print(lines.join("\n"))
}

fn row_lines(row: &AccountRow) -> Vec<String> {
    let account = &row.account;
    let person = [account.full_name.as_str(), account.title.as_str()];
    let person: Vec<&str> = person.into_iter().filter(|words| !words.is_empty()).collect();
    let person = if person.is_empty() { String::new() } else { format!(" ({})", person.join(", ")) };
    let mut lines = vec![format!("{}{person}: {}", account.name, state_words(row))];
    lines.extend(row.grants.iter().map(|held| format!("  {}", grant_words(&held.grant))));
    if row.grants.is_empty() && account.is_open() {
        lines.push("  belum punya peran, jadi tidak melihat apa pun".to_owned());
    }
    lines
}

fn state_words(row: &AccountRow) -> String {
    let account = &row.account;
    if let Some(erased) = &account.erased {
        return format!("datanya dihapus {}", moment(erased.at));
    }
    if let Some(disabled) = &account.disabled {
        return format!("dinonaktifkan {} oleh {}", moment(disabled.at), disabled.who);
    }
    let mut words = vec![match (account.has_password, row.code_expires) {
        (true, _) => format!("aktif, {} sesi", row.sessions),
        (false, Some(expires)) => format!("menunggu kata sandi; kodenya berlaku sampai {}", moment(expires)),
        (false, None) => "tanpa kata sandi, dan kodenya sudah lewat; buat yang baru: user reset".to_owned(),
    }];
    words.extend(row.has_totp.then(|| "dua langkah".to_owned()));
    words.extend(account.must_change.then(|| "kata sandi harus diganti".to_owned()));
    words.join(", ")
}

fn row_json(row: &AccountRow) -> Value {
    let account = &row.account;
    let state = match account {
        _ if account.erased.is_some() => "erased",
        _ if account.disabled.is_some() => "disabled",
        _ if account.has_password => "active",
        _ => "invited",
    };
    json!({
        "account": account.name,
        "full_name": account.full_name,
        "title": account.title,
        "state": state,
        "grants": row.grants.iter().map(|held| grant_json(&held.grant)).collect::<Vec<_>>(),
        "sessions": row.sessions,
        "two_steps": row.has_totp,
        "must_change": account.must_change,
        "code_expires": row.code_expires.map(|expires| expires.to_rfc3339()),
        "made": account.made.at.to_rfc3339(),
        "made_by": account.made.who,
    })
}

fn add(app: &App, args: &UserAddArgs) -> anyhow::Result<()> {
    let grant = wanted(app, &args.role)?;
    let person = NewPerson { name: &args.role.user.name, full_name: &args.full_name, title: &args.title };
    let (account, code) = app.accounts().create(&person, &[grant])?;
    print(format_args!("Akun dibuat: {}", account.name))?;
    hand_over(&code)
}

/// The code alone goes to standard output, after its sentence; so a script finds it in the last line.
fn hand_over(handed: &HandedCode) -> anyhow::Result<()> {
    print(format_args!(
        "Kode sekali pakai untuk memilih kata sandi, berlaku sampai {}; tidak ditampilkan lagi:",
        moment(handed.expires)
    ))?;
    print(handed.code.reveal())
}

fn grant(app: &App, args: &UserRoleArgs) -> anyhow::Result<()> {
    let account = app.accounts().find(&args.user.name)?;
    let grant = wanted(app, args)?;
    app.accounts().grant(account.id, &grant)?;
    print(format_args!("{}: + {}", account.name, grant_words(&grant)))
}

fn revoke(app: &App, args: &UserRoleArgs) -> anyhow::Result<()> {
    let account = app.accounts().find(&args.user.name)?;
    for grant in app.accounts().revoke(account.id, &wish(args))? {
        print(format_args!("{}: − {}", account.name, grant_words(&grant)))?;
    }
    Ok(())
}

fn reset(app: &App, name: &str, totp: bool) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    if totp {
        match app.accounts().remove_totp_of(account.id) {
            Ok(()) => print(format_args!("Kode dua langkah {} dihapus.", account.name))?,
            Err(AccountError::NoTotp) => say(format_args!("catatan: {} tidak memakai dua langkah", account.name)),
            Err(error) => return Err(error.into()),
        }
    }
    let code = app.accounts().reset_password(account.id)?;
    print(format_args!("Kata sandi {} tidak berlaku lagi, dan semua sesinya berakhir.", account.name))?;
    hand_over(&code)
}

fn disable(app: &App, name: &str) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    app.accounts().disable(account.id)?;
    print(format_args!("Dinonaktifkan: {}; semua sesinya berakhir.", account.name))
}

fn enable(app: &App, name: &str) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    app.accounts().enable(account.id)?;
    let next = if account.has_password { "" } else { "; ia belum punya kata sandi, buat kode: user reset" };
    print(format_args!("Aktif lagi: {}{next}", account.name))
}

fn sessions(app: &App, name: &str, end: bool) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    if end {
        let ended = app.accounts().end_all_sessions(account.id)?;
        return print(format_args!("{}: {ended} sesi diakhiri, semua perangkat dilupakan", account.name));
    }
    let sessions = app.accounts().sessions(account.id)?;
    let mut lines = vec![format!("{}: {} sesi", account.name, sessions.len())];
    lines.extend(sessions.iter().map(|session| {
        let device = device_name(&session.device);
        let device = if device.is_empty() { "perangkat tidak menyebut dirinya" } else { &device };
        format!(
            "  masuk {}, terakhir {}, dari {}: {device}",
            moment(session.begun),
            moment(session.seen),
            session.address
        )
    }));
    print(lines.join("\n"))
}

fn export(app: &App, name: &str, out: Option<&Path>) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    let told = serde_json::to_string_pretty(&app.accounts().export(account.id)?)?;
    let Some(path) = out else { return print(told) };
    let file = fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all((told + "\n").as_bytes()));
    written.with_context(|| format!("`{}` tidak dapat ditulis; pilih nama yang belum ada", path.display()))?;
    print(format_args!("Ditulis: {}", path.display()))
}

fn erase(app: &App, name: &str, confirm: &str) -> anyhow::Result<()> {
    let account = app.accounts().find(name)?;
    let is_sure = app.accounts().find(confirm).is_ok_and(|confirmed| confirmed.id == account.id);
    ensure!(is_sure, "--confirm harus menyebut nama akun yang sama, supaya tidak keliru: --confirm {}", account.name);
    let other = app.accounts().erase(account.id)?;
    print(format_args!(
        "Data orang di balik {} dihapus; pekerjaannya tetap tercatat atas nama {other}. Jejak audit tetap memuat nama akunnya, karena barisnya tidak dapat diubah. Cadangan yang dibuat sebelumnya masih memuat semuanya.",
        account.name
    ))
}

/// The grant that was asked for; what is not known here yet is told.
fn wanted(app: &App, args: &UserRoleArgs) -> anyhow::Result<Grant> {
    let grant = app.accounts().grant_of(&wish(args))?;
    for doubt in app.accounts().grant_doubts(&grant)? {
        say(format_args!("catatan: {doubt}"));
    }
    Ok(grant)
}

fn wish(args: &UserRoleArgs) -> GrantWish {
    GrantWish {
        role: args.role,
        puskesmas: args.puskesmas.clone(),
        facility: args.facility.clone(),
        cluster: args.cluster.clone(),
        services: args.services.clone(),
    }
}
