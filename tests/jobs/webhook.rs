//! Another program that is told by a POST: what it gets, signed; what it refuses waits.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use simpul::definitions::{SourceFile, check};
use simpul::jobs::Hook;
use simpul::store::OutboxNotice;

use super::world::World;

/// Head (names in lower case) and body of a request.
#[derive(Clone, Debug)]
struct Heard {
    head: Vec<String>,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}

/// A program that answers each request with the next of these answers, the last one for ever.
fn listener(answers: &'static [&'static str]) -> (u16, Arc<Mutex<Vec<Heard>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = heard.clone();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let mut fields = Vec::new();
            loop {
                let mut line = String::new();
                lines.read_line(&mut line).unwrap();
                let line = line.trim_end();
                if line.is_empty() {
                    break;
                }
                let (name, value) = line.split_once(": ").unwrap_or((line, ""));
                fields.push(format!("{}: {value}", name.to_lowercase()));
            }
            let mut request = Heard { head: fields, body: String::new() };
            let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            let mut body = vec![0; length];
            lines.read_exact(&mut body).unwrap();
            request.body = String::from_utf8(body).unwrap();
            told.lock().unwrap().push(request);
            let answer = answers[number.min(answers.len() - 1)];
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (port, heard)
}

const TAKEN: &str = "HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\nConnection: close\r\n\r\nditerima\n";
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const ELSEWHERE: &str = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";

fn job(url: &str, more: &str) -> String {
    format!(
        "title = \"Buang\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\n[retries]\nmost = 0\n[run.prune]\n\
         [notify]\nwhen = [\"done\"]\n[notify.webhook]\nurl = \"{url}\"\n{more}"
    )
}

fn world(port: u16, more: &str) -> World {
    let job = job(&format!("http://127.0.0.1:{port}/simpul"), more);
    let world = World::new("2026-05-01T00:00:00Z", &[("buang", &job)]);
    fs::create_dir(world.data().join("rahasia")).unwrap();
    world
}

fn run(world: &World) -> OutboxNotice {
    let engine = world.engine(Hook::default());
    engine.request("buang").unwrap();
    engine.run_ready().unwrap();
    engine.deliver().unwrap();
    notice(world)
}

fn notice(world: &World) -> OutboxNotice {
    let notices = world.app().store().ledger().notices(10).unwrap();
    notices.into_iter().find(|notice| notice.notice.channel == "webhook").unwrap()
}

fn secret(world: &World, text: &str) {
    let path = world.data().join("rahasia/kunci.txt");
    fs::write(&path, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[test]
fn another_program_is_told_of_the_end_of_a_run_signed() {
    let (port, heard) = listener(&[TAKEN]);
    let world = world(port, "secret-file = \"kunci.txt\"\n");
    secret(&world, "rahasia sekali\n");
    let notice = run(&world);
    assert!(notice.sent.is_some() && notice.receipt == "202 diterima", "{notice:?}");
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].head[0].starts_with("post /simpul"), "{:?}", heard[0].head);
    let message: serde_json::Value = serde_json::from_str(&heard[0].body).unwrap();
    assert_eq!(message["version"], 1);
    assert_eq!(message["event"], "run-ended");
    assert_eq!(message["job"], "buang");
    assert_eq!(message["run"]["state"], "done");
    assert_eq!(message["id"].as_str(), heard[0].header("idempotency-key"));
    let time = heard[0].header("x-simpul-time").unwrap();
    assert_eq!(time, world.now().timestamp().to_string());

    // The receiver's side of it, by another implementation than ours.
    let signed = format!("{time}.{}", heard[0].body);
    let file = world.data().join("isi.txt");
    fs::write(&file, signed).unwrap();
    let openssl = std::process::Command::new("openssl")
        .args(["dgst", "-sha256", "-hmac", "rahasia sekali"])
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8(openssl.stdout).unwrap();
    let digest = said.split_whitespace().last().unwrap();
    assert_eq!(heard[0].header("x-simpul-signature").unwrap(), format!("sha256={digest}"));
}

#[test]
fn what_is_refused_waits_and_is_told_again_with_the_same_key() {
    let (port, heard) = listener(&[BUSY, TAKEN]);
    let world = world(port, "");
    let waiting = run(&world);
    assert!(waiting.sent.is_none() && waiting.problem.contains("menjawab 503"), "{waiting:?}");
    world.pass(chrono::Duration::hours(1));
    world.engine(Hook::default()).deliver().unwrap();
    assert!(notice(&world).sent.is_some());
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].header("idempotency-key"), heard[1].header("idempotency-key"));
    assert_eq!((&heard[0].body, heard[0].header("x-simpul-signature")), (&heard[1].body, None));
}

#[test]
fn nobody_is_led_elsewhere_and_a_key_that_others_can_read_signs_nothing() {
    let (port, heard) = listener(&[ELSEWHERE]);
    let moved = run(&world(port, ""));
    assert!(moved.sent.is_none() && moved.problem.contains("menjawab 302"), "{moved:?}");
    assert_eq!(heard.lock().unwrap().len(), 1);

    let (port, heard) = listener(&[TAKEN]);
    let world = world(port, "secret-file = \"kunci.txt\"\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = world.data().join("rahasia/kunci.txt");
        fs::write(&path, "terbuka").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let open = run(&world);
    assert!(open.sent.is_none() && open.problem.contains("rahasia/kunci.txt"), "{open:?}");
    assert_eq!(heard.lock().unwrap().len(), 0);
}

#[test]
fn an_address_without_tls_is_one_of_this_machine() {
    let faults = |url: &str| {
        let file = SourceFile { name: "jobs/buang.toml".to_owned(), text: job(url, "") };
        check(&[file]).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(faults("https://dasbor.dinkes.example/simpul"), "");
    assert_eq!(faults("http://localhost:9000/simpul"), "");
    for url in ["http://dasbor.dinkes.example/", "ftp://x", "https://", "http://127.0.0.1.example/"] {
        assert!(faults(url).contains("bukan alamat https"), "{url}: {}", faults(url));
    }
}
