//! `/livez` and `/metrics` over HTTP, for this computer only unless told otherwise.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use deskwire_driver::Handle;
use deskwire_store::Store;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use smol::Async;
use smol::future::FutureExt;
use smol::io::{AsyncRead, AsyncWrite};
use smol::lock::Semaphore;
use smol_hyper::rt::{FuturesIo, SmolTimer};

use crate::error::ServerError;
use crate::metrics::Figures;
use crate::nodes::ask;

/// Connections at a time; more wait to be accepted.
pub(crate) const CONNECTIONS: usize = 16;
/// How long one connection may take, however slowly it trickles.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the answers are made from.
pub(crate) struct Admin {
    pub(crate) rendezvous: Option<Handle<deskwire_rendezvous::Server>>,
    pub(crate) relay: Option<Handle<deskwire_relay::Server>>,
    pub(crate) store: Option<Arc<Store>>,
}

/// Opens the listener; gives its real address as well.
pub(crate) fn listen(address: SocketAddr) -> Result<(Async<TcpListener>, SocketAddr), ServerError> {
    let opened = Async::<TcpListener>::bind(address).and_then(|listener| {
        let local = listener.get_ref().local_addr()?;
        Ok((listener, local))
    });
    opened.map_err(|source| {
        ServerError::Setting(format!(
            "the admin listener cannot have {address} ({source}); choose another address with --admin, or turn it off \
             with --admin off"
        ))
    })
}

/// Answers until it is dropped.
pub(crate) async fn serve(listener: Async<TcpListener>, admin: Arc<Admin>) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let place = free.acquire_arc().await;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "the admin listener could not take a connection");
                smol::Timer::after(Duration::from_millis(100)).await;
                continue;
            }
        };
        let admin = Arc::clone(&admin);
        smol::spawn(async move {
            talk(stream, move |request| answer(Arc::clone(&admin), request)).await;
            drop(place);
        })
        .detach();
    }
}

/// Answers one connection.
pub(crate) async fn talk<S, F, A>(stream: S, answer: F)
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Fn(Request<Incoming>) -> A,
    A: Future<Output = Result<Response<Full<Bytes>>, Infallible>>,
{
    let connection = http1::Builder::new()
        .timer(SmolTimer::new())
        .keep_alive(false)
        .serve_connection(FuturesIo::new(stream), service_fn(answer));
    let late = async {
        smol::Timer::after(PATIENCE).await;
        Ok(())
    };
    if let Err(error) = connection.or(late).await {
        tracing::debug!(%error, "an admin connection failed");
    }
}

async fn answer(admin: Arc<Admin>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (status, kind, text) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/livez") => match admin.stuck().await {
            None => (StatusCode::OK, PLAIN, "ok\n".into()),
            Some(role) => (StatusCode::SERVICE_UNAVAILABLE, PLAIN, format!("the {role} does not answer\n")),
        },
        (&Method::GET, "/metrics") => match admin.figures().await.text() {
            Ok(text) => (StatusCode::OK, METRICS, text),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, PLAIN, "the figures cannot be written\n".into()),
        },
        (&Method::GET, _) => (StatusCode::NOT_FOUND, PLAIN, "there is /livez and /metrics\n".into()),
        _ => (StatusCode::METHOD_NOT_ALLOWED, PLAIN, "only GET\n".into()),
    };
    Ok(response(status, kind, text))
}

/// A whole answer.
pub(crate) fn response(status: StatusCode, kind: &'static str, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    response
}

pub(crate) const PLAIN: &str = "text/plain; charset=utf-8";
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

impl Admin {
    /// The role that does not answer, if one does not.
    async fn stuck(&self) -> Option<&'static str> {
        if let Some(handle) = &self.rendezvous
            && ask(handle, |_| ()).await.is_none()
        {
            return Some("rendezvous");
        }
        if let Some(handle) = &self.relay
            && ask(handle, |_| ()).await.is_none()
        {
            return Some("relay");
        }
        None
    }

    async fn figures(&self) -> Figures {
        Figures {
            rendezvous: match &self.rendezvous {
                Some(handle) => ask(handle, |server| server.stats()).await,
                None => None,
            },
            relay: match &self.relay {
                Some(handle) => ask(handle, |server| server.stats()).await,
                None => None,
            },
            store: self.store.as_ref().map(|store| store.stats()),
        }
    }
}
