//! Reverse proxies: what they forward is believed of those that are named, and of nobody else.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::service::{BEHIND, Reply, Service, Settings, exchange, head};

const FORWARDED: [(&str, &str); 3] =
    [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "simpul.example")];

#[test]
fn a_named_proxy_is_believed() {
    let service = Service::start(BEHIND);
    let reply = service.get("/healthz", &FORWARDED);
    assert_eq!(reply.status, 200);
    assert!(reply.line("strict-transport-security").starts_with("max-age="), "{}", reply.head);
    let change = |origin| {
        let lines = [&FORWARDED[..], &[("Origin", origin), ("Content-Length", "0")]].concat();
        service.ask("POST", "/impor/nama", &lines).status
    };
    // Past the guard, and refused for want of an account.
    assert_eq!(change("https://simpul.example"), 401);
    for foreign in ["http://simpul.example", "https://evil.example", "null"] {
        assert_eq!(change(foreign), 403, "{foreign}");
    }
    // A proxy opens the service to others, so it is the owner's alone no more.
    assert_eq!(service.get("/", &FORWARDED).status, 303);
}

#[test]
fn an_unnamed_proxy_is_not_believed() {
    for proxies in [&[][..], &["127.0.0.9"][..], &["10.0.0.0/8"][..]] {
        let service = Service::start(Settings { proxies, ..BEHIND });
        let reply = service.get("/healthz", &FORWARDED);
        assert_eq!((reply.status, reply.line("strict-transport-security")), (200, ""), "{proxies:?}");
        // The name that is forwarded does not stand for the Host that is asked.
        let lines = [FORWARDED[2], ("Host", "evil.example")];
        assert_eq!(service.get("/healthz", &lines).status, 421, "{proxies:?}");
        let origin = [&FORWARDED[..], &[("Origin", "https://simpul.example"), ("Content-Length", "0")]].concat();
        let refused = service.ask("POST", "/impor/nama", &origin);
        assert_eq!(refused.status, 403, "{proxies:?}");
        assert!(refused.body.contains("`proxy` dalam simpul.toml"), "{}", refused.body);
    }
}

#[test]
fn what_is_forwarded_cannot_break_out_of_its_line() {
    let service = Service::start(BEHIND);
    for value in [
        "simpul.example\"><script>alert(1)</script>",
        "evil.example",
        "simpul.example/@evil.example",
        "simpul.example, evil.example",
    ] {
        let reply = service.get("/healthz", &[("X-Forwarded-Host", value)]);
        assert_eq!(reply.status, 421, "{value}");
        assert!(!reply.body.contains("alert(1)") && !reply.body.contains("evil.example"), "{value}: {}", reply.body);
    }
    for value in ["203.0.113.9\u{b}x", "<script>", "203.0.113.9, ;drop", "999.1.1.1"] {
        let reply = service.get("/healthz", &[("X-Forwarded-For", value), ("X-Forwarded-Proto", "ftp")]);
        assert!(reply.status == 200 || reply.status == 400, "{value}: {}", reply.head);
        assert_eq!(reply.line("strict-transport-security"), "", "{value}");
    }
    // A line that is folded into two is refused by the reader of heads.
    let folded = "GET /healthz HTTP/1.1\r\nHost: simpul.example\r\nX-Forwarded-For: 1.1.1.1\r\n X-Evil: 1\r\n\r\n";
    assert_eq!(exchange(&mut service.connect(), folded).status, 400);
}

/// A proxy that ends with the test.
struct Proxy(Child);

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(Command::new("kill").arg(self.0.id().to_string()).status());
        drop(self.0.wait());
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A block of `docs/jaringan.md` by its language, with this test's port in the place of the example's.
fn documented(language: &str, port: u16) -> String {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/jaringan.md")).unwrap();
    let block = docs.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap();
    block.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"))
}

/// Waits for a proxy that was started, and asks through it.
fn asked_through(port: u16, path: &str, lines: &[(&str, &str)]) -> Reply {
    for _ in 0..100 {
        if let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) {
            return exchange(&mut stream, &head("GET", path, "simpul.example", lines));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    unreachable!("the proxy does not answer");
}

fn assert_forwards(port: u16) {
    let pretended = [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-Proto", "https")];
    let reply = asked_through(port, "/healthz", &pretended);
    assert_eq!((reply.status, reply.body.as_str()), (200, "ok\n"), "{}", reply.head);
    // The proxy speaks http here, and says so, whatever its client pretends.
    assert_eq!(reply.line("strict-transport-security"), "", "{}", reply.head);
    assert_eq!(asked_through(port, "/", &[]).line("location"), "/masuk?lanjut=%2F");
}

#[test]
fn the_documented_nginx_works() {
    if Command::new("nginx").arg("-v").stderr(Stdio::null()).status().is_err() {
        // Not installed here.
        return;
    }
    let service = Service::start(BEHIND);
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let plain = documented("nginx", service.address.port())
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"))
        .replace("simpul.dinkes.example", "simpul.example");
    let server: Vec<&str> = plain.lines().filter(|line| !line.contains("ssl_certificate")).collect();
    let place = folder.path().display();
    let kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let kept = kept.map(|name| format!("{name}_temp_path {place}/{name};\n")).concat();
    let whole = format!(
        "daemon off;\nmaster_process off;\npid {place}/pid;\nerror_log {place}/error.log;\nevents {{}}\nhttp {{\n\
         access_log off;\n{kept}{}\n}}\n",
        server.join("\n")
    );
    let file = folder.path().join("nginx.conf");
    fs::write(&file, whole).unwrap();
    let mut command = Command::new("nginx");
    command.arg("-c").arg(&file).arg("-p").arg(folder.path()).stderr(Stdio::null());
    let _proxy = Proxy(command.spawn().unwrap());
    assert_forwards(port);
}

#[test]
fn the_documented_caddy_works() {
    if Command::new("caddy").arg("version").stdout(Stdio::null()).status().is_err() {
        // Not installed here.
        return;
    }
    let service = Service::start(BEHIND);
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let site = documented("caddyfile", service.address.port())
        .replace("simpul.dinkes.example {", &format!("http://simpul.example:{port} {{\nbind 127.0.0.1"));
    let file = folder.path().join("Caddyfile");
    fs::write(&file, format!("{{\nadmin off\nauto_https off\n}}\n{site}")).unwrap();
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file).env("HOME", folder.path());
    let _proxy = Proxy(command.stderr(Stdio::null()).spawn().unwrap());
    assert_forwards(port);
}
