//! A small identity provider of the tests' own on this machine: discovery, keys, codes and tokens, each of which a test
//! can make wrong.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use simpul::clock::Clock;
use simpul::oidc::{IdentityProvider, ProviderSettings};
use simpul::web::listening::OfferedProvider;
use url::Url;

/// Names of the keys that the provider signs with.
const FIRST_KEY: &str = "pertama";
const SECOND_KEY: &str = "kedua";
/// Password of the client.
const SECRET: &str = "rahasia klien";

/// Signature of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedBy {
    /// The key that the provider shows.
    Provider,
    /// A key that it does not show, under the name of its own.
    Stranger,
    /// Nobody: `alg` is none.
    Nobody,
    /// The client's own password.
    ClientSecret,
}

/// What the provider says and does.
pub struct Conduct {
    /// Changes the claims of a token.
    pub claims: fn(&mut Value),
    pub signed_by: SignedBy,
    /// Changes what the provider says of itself.
    pub metadata: fn(&mut Value),
    /// The key has changed since.
    pub has_new_key: bool,
    /// Answers nothing that can be used.
    pub is_broken: bool,
    clock: Clock,
    /// Requests that came, by path.
    pub asked: Vec<String>,
    codes: BTreeMap<String, Code>,
    /// Codes that were given out.
    given: usize,
}

/// A code that was given out.
struct Code {
    subject: String,
    nonce: String,
    challenge: String,
    redirect: String,
}

/// The provider; it ends with the test's process.
pub struct Provider {
    address: SocketAddr,
    conduct: Arc<Mutex<Conduct>>,
}

fn key(name: &str, is_stranger: bool) -> CoreEdDsaPrivateSigningKey {
    // Keys of tests alone: the last byte tells them apart.
    let ending = match (name, is_stranger) {
        (_, true) => 3,
        (SECOND_KEY, false) => 2,
        _ => 1,
    };
    let mut bytes =
        vec![0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    bytes.extend([7; 31]);
    bytes.push(ending);
    let text = base64::engine::general_purpose::STANDARD.encode(bytes);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(name.to_owned()))).unwrap()
}

impl Provider {
    pub fn start() -> Self {
        Self::start_at(Clock::System)
    }

    /// One whose tokens are of this clock's time.
    pub fn start_at(clock: Clock) -> Self {
        let conduct = Conduct {
            clock,
            claims: |_claims| {},
            signed_by: SignedBy::Provider,
            metadata: |_metadata| {},
            has_new_key: false,
            is_broken: false,
            asked: Vec::new(),
            codes: BTreeMap::new(),
            given: 0,
        };
        let conduct = Arc::new(Mutex::new(conduct));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = conduct.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, shared) = (stream.unwrap(), shared.clone());
                // A browser opens connections ahead of its requests: one that says nothing holds nobody else up.
                std::thread::spawn(move || answer(stream, address, &shared));
            }
        });
        Self { address, conduct }
    }

    pub fn conduct(&self) -> MutexGuard<'_, Conduct> {
        self.conduct.lock().unwrap()
    }

    pub fn issuer(&self) -> String {
        issuer(self.address)
    }

    /// The provider as an installation knows it.
    pub fn known(&self, claim: Option<&str>) -> OfferedProvider {
        self.known_at("http://127.0.0.1:8080", claim)
    }

    /// The same for an installation at an address that browsers reach.
    pub fn known_at(&self, base: &str, claim: Option<&str>) -> OfferedProvider {
        let settings = ProviderSettings {
            issuer: self.issuer(),
            client_id: "simpul".to_owned(),
            client_secret: Some(SECRET.to_owned()),
            redirect: format!("{base}/masuk/penyedia/kembali"),
            authority: None,
            claim: claim.map(str::to_owned),
        };
        OfferedProvider { provider: Arc::new(IdentityProvider::new(settings).unwrap()), label: "akun dinas".to_owned() }
    }

    /// Signs somebody in at the address to which a browser was sent; gives the query with which it comes back.
    pub fn sign_in(&self, address: &str, subject: &str) -> String {
        let address = Url::parse(address).unwrap();
        assert_eq!(address.path(), "/authorize");
        authorized(&address, subject, &mut self.conduct())
    }
}

/// The query with which a browser comes back that somebody signed in with.
fn authorized(address: &Url, subject: &str, conduct: &mut Conduct) -> String {
    let asked: BTreeMap<String, String> = address.query_pairs().into_owned().collect();
    assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", "simpul"));
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(asked["scope"].split(' ').any(|scope| scope == "openid"), "{asked:?}");
    assert!(asked["state"].len() >= 32 && asked["nonce"].len() >= 32 && asked["state"] != asked["nonce"]);
    conduct.given += 1;
    let code = format!("kode-{}", conduct.given);
    let kept = Code {
        subject: subject.to_owned(),
        nonce: asked["nonce"].clone(),
        challenge: asked["code_challenge"].clone(),
        redirect: asked["redirect_uri"].clone(),
    };
    conduct.codes.insert(code.clone(), kept);
    format!("code={code}&state={}", asked["state"])
}

fn issuer(address: SocketAddr) -> String {
    format!("http://{address}/realms/dinkes")
}

fn answer(mut stream: TcpStream, address: SocketAddr, conduct: &Mutex<Conduct>) {
    let Some((path, head, body)) = request(&mut stream) else { return };
    let conduct = &mut *conduct.lock().unwrap();
    conduct.asked.push(path.clone());
    let base = format!("http://{address}");
    let own = issuer(address);
    if path.starts_with("/authorize?") {
        // A browser: its person is known here, and goes back at once.
        let address = Url::parse(&format!("{base}{path}")).unwrap();
        let back = address.query_pairs().find(|pair| pair.0 == "redirect_uri").unwrap().1.into_owned();
        let query = authorized(&address, "sub-peramban", conduct);
        let head =
            format!("HTTP/1.1 303 X\r\nLocation: {back}?{query}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        drop(stream.write_all(head.as_bytes()));
        return;
    }
    let mut metadata = json!({
        "issuer": own,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    });
    (conduct.metadata)(&mut metadata);
    let shown = if conduct.has_new_key { SECOND_KEY } else { FIRST_KEY };
    let (status, told) = match path.as_str() {
        _ if conduct.is_broken => (500, json!("rusak")),
        "/realms/dinkes/.well-known/openid-configuration" => (200, metadata),
        "/keys" => (200, json!({ "keys": [key(shown, false).as_verification_key()] })),
        "/token" => token(&own, &head, &body, conduct),
        _ => (404, json!({})),
    };
    let text = told.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    drop(stream.write_all((head + &text).as_bytes()));
}

/// Path, head and body of a request.
fn request(stream: &mut TcpStream) -> Option<(String, String, String)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).ok()?;
        bytes.extend(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.clone().find(|line| line.0.eq_ignore_ascii_case("content-length"));
            if body.len() >= length.map_or(0, |line| line.1.parse().unwrap()) {
                return Some((head.split(' ').nth(1)?.to_owned(), head.to_owned(), body.to_owned()));
            }
        }
        if count == 0 {
            return None;
        }
    }
}

fn token(own: &str, head: &str, body: &str, conduct: &mut Conduct) -> (u16, Value) {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("simpul:{}", SECRET.replace(' ', "+")));
    if !head.to_lowercase().contains(&format!("authorization: basic {basic}").to_lowercase()) {
        return (401, json!({ "error": "invalid_client" }));
    }
    let sent: BTreeMap<String, String> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    assert_eq!(sent["grant_type"], "authorization_code");
    // A code is good once.
    let Some(code) = conduct.codes.remove(&sent["code"]) else { return (400, json!({ "error": "invalid_grant" })) };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(sent["code_verifier"].as_bytes()));
    if challenge != code.challenge || sent["redirect_uri"] != code.redirect {
        return (400, json!({ "error": "invalid_grant" }));
    }
    let now = conduct.clock.now().timestamp();
    let mut claims = json!({
        "iss": own,
        "sub": code.subject,
        "aud": "simpul",
        "iat": now,
        "exp": now + 300,
        "nonce": code.nonce,
        "preferred_username": code.subject,
    });
    (conduct.claims)(&mut claims);
    let id_token = signed(&claims, conduct);
    let told = json!({ "access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": id_token });
    (200, told)
}

fn signed(claims: &Value, conduct: &Conduct) -> String {
    let name = if conduct.has_new_key { SECOND_KEY } else { FIRST_KEY };
    let algorithm = match conduct.signed_by {
        SignedBy::Provider | SignedBy::Stranger => "EdDSA",
        SignedBy::Nobody => "none",
        SignedBy::ClientSecret => "HS256",
    };
    let header = json!({ "alg": algorithm, "kid": name, "typ": "JWT" });
    let message = [header.to_string(), claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let by = |is_stranger| key(name, is_stranger).sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).unwrap();
    let signature = match conduct.signed_by {
        SignedBy::Provider => by(false),
        SignedBy::Stranger => by(true),
        SignedBy::Nobody => Vec::new(),
        SignedBy::ClientSecret => {
            let key = openidconnect::core::CoreHmacKey::new(SECRET.as_bytes().to_vec());
            key.sign(&CoreJwsSigningAlgorithm::HmacSha256, message.as_bytes()).unwrap()
        }
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}
