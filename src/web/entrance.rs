//! The socket: connections taken in, put under TLS where there is a certificate, and bounded in number, bytes and time
//! before any page knows of them. Knows no page and no account.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::listening::{Listening, PeerConnection};
use super::router;
use super::site::Server;
use super::tls::HeldCertificate;

/// Time in which a client has to send the head of a request, from the start of its connection or from its last answer on.
const HEAD_TIME_MAX: Duration = Duration::from_secs(30);
/// Time in which a client has to agree on TLS.
const HANDSHAKE_TIME_MAX: Duration = Duration::from_secs(10);
/// Time for which a client may take in nothing of its answer.
const WRITE_PAUSE_MAX: Duration = Duration::from_mins(1);
/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 32 << 10;
/// Lines of the head of a request.
const HEAD_LINES_MAX: usize = 100;
/// Pause after a connection could not be taken in, mostly for want of open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// First byte of a client that speaks TLS.
const TLS_HANDSHAKE: u8 = 0x16;
/// Answer to a browser that speaks http where https is spoken.
const SPEAK_HTTPS: &str = "Alamat ini memakai https. Tulis https:// di depannya, bukan http://.\n";

/// A listener with what is known about it.
#[derive(Debug)]
pub struct Entrance {
    /// Socket.
    pub listener: TcpListener,
    /// Address, names and proxies.
    pub listening: Listening,
    /// Certificate under which https is spoken; none: http.
    pub certificate: Option<HeldCertificate>,
}

/// Parts that all connections share.
#[derive(Clone)]
struct Reception {
    service: Server,
    router: Router,
    certificate: Option<HeldCertificate>,
}

impl Entrance {
    /// Takes connections in until the service stops, then waits for the requests under way.
    pub(super) async fn admit(self, service: &Server) -> std::io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let looking = self.certificate.clone().map(|held| tokio::spawn(held.follow_files(service.stopping())));
        let graceful = GracefulShutdown::new();
        let router = router::routes(service.clone());
        let reception = Reception { service: service.clone(), router, certificate: self.certificate };
        let mut stopping = service.stopping();
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _stopped = stopping.wait_for(|is_stopping| *is_stopping) => break,
            };
            match accepted {
                Ok((stream, peer)) => reception.receive(stream, peer, graceful.watcher()),
                Err(error) => {
                    tracing::warn!("sambungan tidak dapat diterima: {error}");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop(listener);
        graceful.shutdown().await;
        drop(looking);
        Ok(())
    }
}

impl Reception {
    /// Serves a connection beside the others; one too many is closed at once.
    fn receive(&self, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
        let peer = peer.ip().to_canonical();
        let is_proxy = self.service.listening().is_proxy(peer);
        let Ok(place) = self.service.traffic().connection(peer, is_proxy) else {
            tracing::debug!("sambungan dari {peer} ditutup: terlalu banyak");
            return;
        };
        let reception = self.clone();
        tokio::spawn(async move {
            let Ok(local) = stream.local_addr() else { return };
            drop(stream.set_nodelay(true));
            let is_tls = reception.certificate.is_some();
            let connection = PeerConnection { peer, local: local.ip().to_canonical(), is_tls };
            match &reception.certificate {
                None => reception.converse(stream, connection, watcher).await,
                Some(certificate) => {
                    if let Some(stream) = agreed(stream, certificate).await {
                        reception.converse(stream, connection, watcher).await;
                    }
                }
            }
            drop(place);
        });
    }

    /// Answers the requests of a connection.
    async fn converse<S>(&self, stream: S, connection: PeerConnection, watcher: Watcher)
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(WRITE_PAUSE_MAX));
        let router = TowerToHyperService::new(self.router.clone());
        let answering = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(connection);
            router.call(request)
        });
        let conversation = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME_MAX)
            .max_header_size(HEAD_BYTES_MAX)
            .max_headers(HEAD_LINES_MAX)
            .serve_connection(TokioIo::new(Box::pin(stream)), answering);
        if let Err(error) = watcher.watch(conversation).await {
            tracing::debug!("sambungan dari {} berakhir: {error}", connection.peer);
        }
    }
}

/// The connection under TLS; none where the client does not agree on it in time, or does not speak it at all.
async fn agreed(stream: TcpStream, certificate: &HeldCertificate) -> Option<TlsStream<TcpStream>> {
    let acceptor = TlsAcceptor::from(certificate.config());
    let agreement = async move {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? > 0 && first[0] != TLS_HANDSHAKE {
            speak_https(stream).await;
            return None;
        }
        acceptor.accept(stream).await.ok()
    };
    tokio::time::timeout(HANDSHAKE_TIME_MAX, agreement).await.ok().flatten()
}

/// Tells a browser that speaks http to speak https. Its request is read first: a connection that is closed with
/// something unread is reset, and the answer lost.
async fn speak_https(stream: TcpStream) {
    let mut asked = vec![0; HEAD_BYTES_MAX];
    if stream.readable().await.is_err() || stream.try_read(&mut asked).is_err() {
        return;
    }
    let head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n";
    let answer = format!("{head}Content-Length: {}\r\n\r\n{SPEAK_HTTPS}", SPEAK_HTTPS.len());
    if stream.writable().await.is_ok() {
        // Whoever cannot be told is not owed another try.
        drop(stream.try_write(answer.as_bytes()));
    }
}
