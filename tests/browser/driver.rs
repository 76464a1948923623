//! Chromium behind ChromeDriver, on a free port, with a profile that goes away.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

/// What the page is looked at on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// 1366 × 768.
    Laptop,
    /// 1024 × 768.
    Projector,
    /// 390 × 844.
    Phone,
}

impl Window {
    pub fn name(self) -> &'static str {
        match self {
            Self::Laptop => "laptop",
            Self::Projector => "proyektor",
            Self::Phone => "ponsel",
        }
    }

    fn size(self) -> (u32, u32) {
        match self {
            Self::Laptop => (1366, 768),
            Self::Projector => (1024, 768),
            Self::Phone => (390, 844),
        }
    }
}

/// A running ChromeDriver; it is ended with the test.
pub struct Browser {
    driver: Child,
    address: String,
    profiles: TempDir,
}

impl Browser {
    /// Starts ChromeDriver on a port that it picks itself.
    pub fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is needed for this test; tests/run.sh installs it");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("chromedriver ended before it said its port").unwrap();
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        // It goes on talking: somebody has to listen, or it blocks.
        std::thread::spawn(move || lines.for_each(drop));
        Self { driver, address: format!("http://127.0.0.1:{port}"), profiles: tempfile::tempdir().unwrap() }
    }

    /// Opens a window of a size, in a profile of its own.
    pub async fn open(&self, window: Window) -> Client {
        let (width, height) = window.size();
        let profile = self.profiles.path().join(window.name());
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            &format!("--window-size={width},{height}"),
            &format!("--user-data-dir={}", profile.display()),
        ];
        let metrics = json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "mobile": window == Window::Phone } });
        let options = json!({ "args": args, "mobileEmulation": metrics });
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let serde_json::Value::Object(capabilities) = capabilities else { unreachable!() };
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .expect("chromium is needed for this test; tests/run.sh installs it")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
