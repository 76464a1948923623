//! Acts on accounts in the audit: one row each, by whom and from where, never a secret; guessing does not fill it.

use chrono::Duration;
use simpul::accounts::totp::SharedSecret;
use simpul::app::accounts::{AccountError, GrantWish, LogInRequest, NewPerson, TokenWish};
use simpul::app::audit::AuditAsked;
use simpul::domain::access::{Access, Grant, Origin, Reach, Role};
use simpul::store::{AuditFields, AuditFilter, AuditRow, By, TokenScope};

use super::{OFFICE, PASSWORD, World, address, coordinator, from, person};

/// A password of somebody in the scenario.
const NEW_PASSWORD: &str = "gajah minum teh hangat";
/// Rows of a scenario that are read at once.
const ROWS_MOST: u32 = 100_000;

fn rows(world: &World) -> Vec<AuditRow> {
    let mut rows = world.app.store().audit_rows(&AuditFilter::within(Reach::Everything), 0, ROWS_MOST.into()).unwrap();
    rows.reverse();
    rows
}

fn side(fields: &AuditFields) -> String {
    fields.pairs().iter().map(|pair| format!("{}={}", pair.0, pair.1)).collect::<Vec<_>>().join("; ")
}

/// Code, account, origin, record and both sides of each row that `work` writes, with what it gives.
fn told<T>(world: &World, work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let before = rows(world).len();
    let given = work();
    let line = |row: AuditRow| {
        assert_eq!((row.puskesmas.as_deref(), row.at), (None, world.app.clock().now()), "of the installation");
        let sides = format!("{} > {}", side(&row.before), side(&row.after));
        format!("{} | {} | {} | {} | {sides}", row.action, row.account, row.origin, row.record)
    };
    (given, rows(world).split_off(before).into_iter().map(line).collect())
}

/// The same without what it gives.
fn lines(world: &World, work: impl FnOnce()) -> Vec<String> {
    told(world, work).1
}

/// The code that a phone shows now.
fn shown(world: &World, secret: &str) -> String {
    SharedSecret::read(secret).unwrap().code_at(world.app.clock().now().timestamp())
}

#[test]
#[expect(clippy::too_many_lines, reason = "one long scenario, whose rows are searched for every secret at its end")]
fn each_act_is_one_row_and_no_row_holds_a_secret() {
    let world = World::new();
    let accounts = || world.accounts();
    let mut secrets = vec![PASSWORD.to_owned(), NEW_PASSWORD.to_owned()];
    let mut keep = |secret: &simpul::accounts::secrets::FreshSecret| {
        secrets.extend([secret.reveal().to_owned(), secret.hash()]);
        secret.reveal().to_owned()
    };

    let (handed, row) = told(&world, || accounts().make_set_up_code().unwrap());
    let once = "Untuk=administrator pertama; Berlaku selama=1 jam";
    assert_eq!(row, [format!("code.make | pemilik | baris perintah | penyiapan instalasi |  > {once}")]);
    let code = keep(&handed.code);
    let boss = NewPerson { name: "budi", full_name: "Budi Santoso Rahasia", title: "Kepala Tata Usaha" };
    let row = lines(&world, || {
        accounts().redeem_set_up_code(&code, &boss, PASSWORD, from(OFFICE, None)).unwrap();
    });
    assert_eq!(row, ["setup | budi | halaman, 192.0.2.10 | akun budi |  > Peran=Administrator"]);

    let ((siti, handed), row) =
        told(&world, || accounts().create(&person("siti"), &[coordinator("Mekarsari")]).unwrap());
    let role = "Peran=Koordinator jejaring: Mekarsari";
    let once = "Untuk=kata sandi pertama; Berlaku selama=7 hari";
    assert_eq!(
        row,
        [
            format!("account.add | pemilik | baris perintah | akun siti |  > {role}"),
            format!("code.make | pemilik | baris perintah | akun siti |  > {once}"),
        ]
    );
    let code = keep(&handed.code);
    let row = lines(&world, || drop(accounts().redeem_code(&code, PASSWORD, from(OFFICE, None)).unwrap()));
    assert_eq!(row, ["password.set | siti | halaman, 192.0.2.10 | akun siti |  > Dengan=kode sekali pakai"]);
    let row = lines(&world, || accounts().set_person(siti.id, "Siti Rahasia", "Bidan").unwrap());
    assert_eq!(row, ["account.change | pemilik | baris perintah | akun siti |  > Nama orang=diisi; Jabatan=diisi"]);
    assert!(lines(&world, || accounts().set_person(siti.id, "Siti Rahasia", "Bidan").unwrap()).is_empty());
    let row = lines(&world, || accounts().grant(siti.id, &Grant::District).unwrap());
    assert_eq!(row.len(), 1);
    assert!(row[0].starts_with("role.give | pemilik | baris perintah | akun siti |  > Peran="), "{row:?}");
    let wish = GrantWish {
        role: Role::District,
        puskesmas: String::new(),
        facility: String::new(),
        cluster: String::new(),
        services: Vec::new(),
    };
    let row = lines(&world, || drop(accounts().revoke(siti.id, &wish).unwrap()));
    assert!(row[0].starts_with("role.revoke | pemilik | baris perintah | akun siti | Peran="), "{row:?}");
    assert!(row.len() == 1 && row[0].ends_with(" > "), "{row:?}");

    let (logged_in, row) = told(&world, || world.log_in("siti", PASSWORD).unwrap());
    assert_eq!(row, ["login | siti | halaman, 192.0.2.10 | akun siti |  > Perangkat=baru"]);
    keep(logged_in.device.as_ref().unwrap());
    let session = keep(&logged_in.session);
    let signed_in = world.known(&session).unwrap();
    let csrf = signed_in.csrf().to_owned();
    let (token, row) = told(&world, || accounts().change_password(&signed_in, PASSWORD, NEW_PASSWORD).unwrap());
    assert_eq!(row, ["password.set | siti | halaman, 192.0.2.10 | akun siti |  > Dengan=kata sandi lama"]);
    let signed_in = world.known(&keep(&token)).unwrap();

    let (enrolled, row) = told(&world, || accounts().enrol_totp(&signed_in).unwrap());
    let waits = "Verifikasi dua langkah=menunggu kode pertama";
    assert_eq!(row, [format!("totp.set | siti | halaman, 192.0.2.10 | akun siti |  > {waits}")]);
    let first = shown(&world, &enrolled.secret);
    let (recovery, row) = told(&world, || accounts().confirm_totp(&signed_in, &first).unwrap());
    let done = format!("Verifikasi dua langkah=aktif; Kode pemulihan={}", recovery.len());
    assert_eq!(row, [format!("totp.set | siti | halaman, 192.0.2.10 | akun siti | {waits} > {done}")]);
    let recovery: Vec<String> = recovery.iter().map(&mut keep).collect();
    world.wait(60);
    let second = |second: &str| {
        let request = LogInRequest {
            name: "Siti ",
            password: NEW_PASSWORD,
            second: Some(second),
            from: from(OFFICE, None),
            former: None,
        };
        accounts().log_in(&request)
    };
    let row = lines(&world, || drop(second("000000").unwrap_err()));
    let why = "Sebab=kata sandi benar, kode dua langkah keliru; Percobaan gagal sejak baris sebelumnya=1";
    assert_eq!(row, [format!("login.fail | siti | halaman, 192.0.2.10 | akun siti |  > {why}")]);
    let phone = shown(&world, &enrolled.secret);
    let (logged_in, row) = told(&world, || second(&phone).unwrap());
    let how = "Langkah kedua=kode autentikator; Perangkat=baru; Gagal sebelumnya=1";
    assert_eq!(row, [format!("login | siti | halaman, 192.0.2.10 | akun siti |  > {how}")]);
    let other = keep(&logged_in.session);
    let (_logged_in, row) = told(&world, || second(&recovery[0]).unwrap());
    let how = "Langkah kedua=kode pemulihan; Perangkat=baru";
    assert_eq!(row, [format!("login | siti | halaman, 192.0.2.10 | akun siti |  > {how}")]);
    let row = lines(&world, || accounts().log_out(&other).unwrap());
    assert_eq!(row, ["logout | siti | baris perintah | akun siti |  > "]);
    assert!(lines(&world, || accounts().log_out(&other).unwrap()).is_empty(), "it had ended");
    let row = lines(&world, || assert_eq!(accounts().end_other_sessions(&signed_in).unwrap(), 1));
    assert_eq!(row, ["session.end | siti | halaman, 192.0.2.10 | akun siti |  > Sesi yang diakhiri=1"]);
    let row = lines(&world, || accounts().remove_totp(&signed_in, NEW_PASSWORD).unwrap());
    let off = "Verifikasi dua langkah=aktif > Verifikasi dua langkah=dihapus";
    assert_eq!(row, [format!("totp.set | siti | halaman, 192.0.2.10 | akun siti | {off}")]);

    let wish = TokenWish {
        name: "dasbor Siti Rahasia".to_owned(),
        scope: TokenScope::Read,
        puskesmas: Some("Mekarsari".to_owned()),
        expires: world.app.clock().now() + Duration::days(30),
    };
    let (token, row) = told(&world, || accounts().make_api_token(siti.id, &wish).unwrap());
    let scope = "Token nomor=1; Cakupan=baca; Puskesmas=Mekarsari; Berlaku selama=30 hari";
    assert_eq!(row, [format!("token.add | pemilik | baris perintah | akun siti |  > {scope}")]);
    let token = keep(&token);
    assert!(lines(&world, || drop(accounts().api_caller(&token, address(OFFICE)).unwrap())).is_empty());
    let row = lines(&world, || accounts().revoke_api_token(siti.id, 1).unwrap());
    assert_eq!(row, ["token.revoke | pemilik | baris perintah | akun siti | Token nomor=1 > "]);

    let row = lines(&world, || accounts().disable(siti.id).unwrap());
    assert_eq!(row, ["account.close | pemilik | baris perintah | akun siti |  > Sesi yang diakhiri=1"]);
    let row = lines(&world, || accounts().enable(siti.id).unwrap());
    assert_eq!(row, ["account.reopen | pemilik | baris perintah | akun siti |  > "]);
    assert!(lines(&world, || accounts().enable(siti.id).unwrap()).is_empty(), "it is open");
    let (handed, row) = told(&world, || accounts().reset_password(siti.id).unwrap());
    let once = "Untuk=kata sandi baru; Berlaku selama=24 jam";
    assert_eq!(row, [format!("account.reset | pemilik | baris perintah | akun siti |  > {once}")]);
    keep(&handed.code);
    let row = lines(&world, || assert_eq!(accounts().end_all_sessions(siti.id).unwrap(), 0));
    assert_eq!(row, ["session.end | pemilik | baris perintah | akun siti |  > Perangkat yang dikenal=dilupakan"]);
    let row = lines(&world, || drop(accounts().export(siti.id).unwrap()));
    assert_eq!(row, ["person.export | pemilik | baris perintah | akun siti |  > "]);
    let row = lines(&world, || drop(accounts().erase(siti.id).unwrap()));
    assert!(row[0].starts_with("person.erase | pemilik | baris perintah | akun siti |  > "), "{row:?}");
    assert!(row[0].contains("=dihapus-2; Dihapus=nama orang, jabatan") && row.len() == 1, "{row:?}");

    secrets.extend([csrf, enrolled.secret, first, phone]);
    let all = format!("{:?}", rows(&world)).to_lowercase();
    for secret in &secrets {
        assert!(!all.contains(&secret.to_lowercase()), "{secret}");
    }
    assert!(secrets.len() > 30, "{}", secrets.len());
    for words in ["santoso", "rahasia", "tata usaha", "bidan", "argon2", "firefox"] {
        assert!(!all.contains(words), "{words}: of the person, who can be erased");
    }
    assert_eq!(world.app.audit().verify(None).unwrap().fault, None);
}

#[test]
fn what_is_refused_leaves_no_row() {
    let world = World::with_administrator();
    let admin = world.accounts().find("admin").unwrap().id;
    let none = lines(&world, || {
        let accounts = world.accounts();
        assert!(accounts.disable(admin).is_err() && accounts.erase(admin).is_err());
        assert!(accounts.revoke_number(admin, 1).is_err(), "the last administrator");
        assert!(accounts.grant(admin, &Grant::Administrator).is_err(), "held already");
        assert!(accounts.create(&person("admin"), &[]).is_err() && accounts.make_set_up_code().is_err());
        assert!(accounts.revoke_api_token(admin, 7).is_err() && accounts.remove_totp_of(admin).is_err());
        accounts.log_out("nobody's token").unwrap();
    });
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn refusals_tell_the_account_and_never_what_was_typed_in_its_place() {
    let world = World::with_administrator();
    let typed = "Sandi-Saya-1987";
    let tried = |name: &str, password: &str| drop(world.log_in(name, password).unwrap_err());
    let row = lines(&world, || tried(typed, "apa saja"));
    let why = "Sebab=nama tidak dikenal; Percobaan gagal sejak baris sebelumnya=1";
    assert_eq!(row, [format!("login.fail | tidak dikenal | halaman, 192.0.2.10 | nama tidak dikenal |  > {why}")]);
    let row = lines(&world, || tried(" ADMIN", typed));
    let why = "Sebab=kata sandi keliru; Percobaan gagal sejak baris sebelumnya=1";
    assert_eq!(row, [format!("login.fail | admin | halaman, 192.0.2.10 | akun admin |  > {why}")]);
    let wrong = "AAAA-BBBB-CCCC-DDDD";
    let redeem = |code: &str| drop(world.accounts().redeem_code(code, PASSWORD, from(OFFICE, None)).unwrap_err());
    let row = lines(&world, || redeem(wrong));
    assert!(row[0].starts_with("login.fail | tidak dikenal | halaman, 192.0.2.10 | kode sekali pakai |"), "{row:?}");
    let known = world.signed_in("admin");
    let row = lines(&world, || {
        assert!(matches!(world.accounts().remove_totp(&known, typed), Err(AccountError::WrongOldPassword)));
    });
    assert!(row[0].starts_with("login.fail | admin | halaman, 192.0.2.10 | akun admin |"), "{row:?}");
    assert!(row.len() == 1 && row[0].contains("Sebab=kata sandi lama keliru"), "{row:?}");
    let all = format!("{:?}", rows(&world)).to_lowercase();
    assert!(!all.contains(&typed.to_lowercase()) && !all.contains(&wrong.to_lowercase()));
}

#[test]
fn guessing_does_not_fill_the_audit_and_its_number_is_kept() {
    let world = World::with_administrator();
    let begun = rows(&world).len();
    let guess = |name: &str, place: &str| {
        let refused = world.log_in_from(name, "tebakan", from(place, None)).unwrap_err();
        u64::from(matches!(refused, AccountError::Refused))
    };
    // One after the other: one row for all that are looked at within a minute, and the next one tells the rest.
    let looked_at: u64 = (0..200).map(|_time| guess("admin", "203.0.113.5")).sum();
    assert_eq!((looked_at, rows(&world).len() - begun), (5, 1));
    world.wait(61);
    let row = lines(&world, || assert_eq!(guess("admin", "203.0.113.5"), 1));
    assert!(row.len() == 1 && row[0].ends_with("sejak baris sebelumnya=5"), "{row:?}");

    // A crowd, with names that nobody has: bounded within the minute, whatever the number of networks.
    let begun = rows(&world).len();
    let mut looked_at = 0;
    for number in 0..600 {
        let place = format!("2001:db8:{number:x}::1");
        looked_at += guess(&format!("orang{number}"), &place) + guess(&format!("orang{number}"), &place);
    }
    assert_eq!((looked_at, rows(&world).len() - begun), (1_200, 5));
    world.wait(61);
    let row = lines(&world, || assert_eq!(guess("orang", "2001:db8:9999::1"), 1));
    assert!(row[0].contains("sejak baris sebelumnya=1192; Dari jaringan=597"), "{row:?}");
    // Noise about other names hides no guess at an account.
    let row = lines(&world, || assert_eq!(guess("admin", "198.51.100.200"), 1));
    assert!(row.len() == 1 && row[0].contains("akun admin"), "{row:?}");
    let row = lines(&world, || drop(world.log_in_from("admin", PASSWORD, from("198.51.100.200", None)).unwrap()));
    assert!(row.len() == 1 && row[0].contains("Gagal sebelumnya=1"), "{row:?}");

    // A day of guesses from one address.
    let begun = rows(&world).len();
    let mut looked_at = 0;
    for _second in 0..86_400 / 10 {
        world.wait(10);
        looked_at += guess("admin", "203.0.113.5");
    }
    let written = u64::try_from(rows(&world).len() - begun).unwrap();
    assert!((100..=400).contains(&written) && written <= looked_at, "{written} rows of {looked_at} guesses");
}

#[test]
fn log_ins_are_for_administrators_alone() {
    let world = World::with_administrator();
    let head = Grant::Head { puskesmas: "Mekarsari".to_owned() };
    world.made("kepala", &[head]);
    drop(world.log_in("kepala", PASSWORD).unwrap());
    let seen = |access: Access| world.app.acting_as(access).audit().last(&AuditAsked::default(), 1_000);
    assert!(!seen(world.signed_in("admin").access).unwrap().is_empty());
    assert!(seen(world.signed_in("kepala").access).unwrap().is_empty(), "rows of its Puskesmas alone");
    for grant in [Grant::District, coordinator("Mekarsari"), Grant::ClusterTeam { cluster: "Klaster 1".to_owned() }] {
        let access = Access::of_account("lain", Origin::CommandLine, vec![grant], &[]);
        assert!(seen(access).is_err());
    }
}

#[test]
fn the_installations_key_is_one_row() {
    let world = World::new();
    let by = By::command_line("pemilik", world.app.clock().now());
    let secret = [7; 32];
    let row = lines(&world, || drop(world.app.store().keep_installation_secret(&secret, by).unwrap()));
    assert_eq!(row, ["key.make | pemilik | baris perintah | kunci tanda tangan laporan |  > "]);
    assert!(lines(&world, || drop(world.app.store().keep_installation_secret(&[8; 32], by).unwrap())).is_empty());
}
