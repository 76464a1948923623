//! A mail server of the test's own: takes mail, or hangs up, or refuses, as it is told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

pub struct MailServer {
    pub port: u16,
    /// Whether it refuses: every second connection is dropped at once, the others after the first word.
    pub is_broken: Arc<AtomicBool>,
    /// Message-IDs taken.
    pub taken: Arc<Mutex<Vec<String>>>,
    /// The same mails, whole.
    pub mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is_broken, taken) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let mails = Arc::new(Mutex::new(Vec::new()));
        let server = Self { port, is_broken: is_broken.clone(), taken: taken.clone(), mails: mails.clone() };
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let broken = is_broken.load(Ordering::SeqCst);
                if broken && number % 2 == 0 {
                    continue;
                }
                drop(converse(stream.unwrap(), broken, &taken, &mails));
            }
        });
        server
    }
}

fn converse(
    stream: TcpStream,
    is_broken: bool,
    taken: &Mutex<Vec<String>>,
    mails: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut answer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    answer.write_all(b"220 uji ESMTP\r\n")?;
    while let Some(line) = lines.next() {
        let line = line?.to_uppercase();
        let said: &[u8] = match line.split_whitespace().next().unwrap_or("") {
            "EHLO" => b"250 uji\r\n",
            "MAIL" if is_broken => b"451 nanti saja\r\n",
            "DATA" => {
                answer.write_all(b"354 silakan\r\n")?;
                let mut id = String::new();
                let mut mail = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if let Some(found) = line.strip_prefix("Message-ID: ") {
                        found.clone_into(&mut id);
                    }
                    if line == "." {
                        break;
                    }
                    mail += &(line + "\n");
                }
                mails.lock().unwrap().push(mail);
                taken.lock().unwrap().push(id);
                b"250 diterima\r\n"
            }
            "QUIT" => {
                answer.write_all(b"221 sampai jumpa\r\n")?;
                return Ok(());
            }
            _ => b"250 baik\r\n",
        };
        answer.write_all(said)?;
    }
    Ok(())
}
