//! TLS for WebSocket links: whom a client trusts, what a server shows, and the bytes in between.
//!
//! What machines say is sealed already; TLS gets it through firewalls that let nothing else pass, and keeps the fact
//! private which server is talked to about what.

use core::fmt;
use std::io::{self, Read, Write};
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, Connection, RootCertStore, ServerConfig, ServerConnection};

/// Most certificates that may be added.
const MAX_EXTRA: usize = 64;

/// Whom outgoing `wss` links trust: the system's authorities, and certificates of one's own. The default is the former.
#[derive(Clone, Default)]
pub struct TlsTrust {
    extra: Vec<CertificateDer<'static>>,
    /// Made at the first use, which reads the system's certificates.
    config: Arc<OnceLock<Result<Arc<ClientConfig>, String>>>,
}

/// What a WebSocket listener shows: a certificate chain with its key.
#[derive(Clone)]
pub struct TlsIdentity(Arc<ServerConfig>);

/// A certificate or key that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TlsError {
    /// The text has no certificate.
    NoCertificate,
    /// The text has no key.
    NoKey,
    /// Too many certificates.
    TooMany,
    /// They do not fit together, or are of a kind that is not known; the words say more.
    Unfit(String),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCertificate => {
                f.write_str("there is no PEM certificate in it; it starts with -----BEGIN CERTIFICATE-----")
            }
            Self::NoKey => {
                f.write_str("there is no PEM private key in it; it starts with -----BEGIN PRIVATE KEY-----")
            }
            Self::TooMany => {
                write!(f, "there are more than {MAX_EXTRA} certificates in it; keep those that are needed")
            }
            Self::Unfit(why) => {
                write!(
                    f,
                    "certificate and key cannot be used ({why}); give the chain and the key that belong together"
                )
            }
        }
    }
}

impl core::error::Error for TlsError {}

fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(ring::default_provider())))
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).take(MAX_EXTRA + 1).collect();
    match read {
        Ok(found) if found.is_empty() => Err(TlsError::NoCertificate),
        Ok(found) if found.len() > MAX_EXTRA => Err(TlsError::TooMany),
        Ok(found) => Ok(found),
        Err(_) => Err(TlsError::NoCertificate),
    }
}

impl TlsTrust {
    /// The system's authorities, and besides the certificates in this PEM text: each as an authority, and as the very
    /// certificate of a server, whatever name is in it.
    ///
    /// # Errors
    /// When the text has no certificates.
    pub fn with_certificates(pem: &[u8]) -> Result<Self, TlsError> {
        Ok(Self { extra: certificates(pem)?, config: Arc::default() })
    }

    fn config(&self) -> Result<Arc<ClientConfig>, String> {
        self.config.get_or_init(|| client_config(&self.extra)).clone()
    }

    /// A connection to `host`.
    pub(crate) fn connect(&self, host: &str) -> Result<Session, String> {
        let config = self.config()?;
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| format!("{host} is no name for a certificate"))?;
        let connection = ClientConnection::new(config, name).map_err(|error| error.to_string())?;
        Ok(Session::new(connection.into()))
    }
}

impl fmt::Debug for TlsTrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsTrust").field("extra", &self.extra.len()).finish_non_exhaustive()
    }
}

fn client_config(extra: &[CertificateDer<'static>]) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    // What cannot be read there is left out: a server that needs it is then not trusted, and that is said.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(extra.iter().cloned());
    let authorities = if roots.is_empty() {
        None
    } else {
        let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build();
        Some(built.map_err(|error| error.to_string())?)
    };
    let verifier = Verifier { authorities, own: extra.to_vec(), provider: provider() };
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Trusts what the authorities vouch for, and the certificates that were given.
#[derive(Debug)]
struct Verifier {
    authorities: Option<Arc<WebPkiServerVerifier>>,
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.own.iter().any(|own| own.as_ref() == end_entity.as_ref()) {
            return Ok(ServerCertVerified::assertion());
        }
        match &self.authorities {
            Some(known) => {
                known.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            None => Err(rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl TlsIdentity {
    /// From PEM texts: the chain, the server's own certificate first, and its key.
    ///
    /// # Errors
    /// When one is missing, or they do not fit together.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let chain = certificates(chain)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey)?;
        let unfit = |error: rustls::Error| TlsError::Unfit(error.to_string());
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(unfit)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(unfit)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    /// A connection from a client.
    pub(crate) fn accept(&self) -> Result<Session, String> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).map_err(|error| error.to_string())?;
        Ok(Session::new(connection.into()))
    }
}

impl fmt::Debug for TlsIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsIdentity").finish_non_exhaustive()
    }
}

/// One TLS connection, without I/O.
pub(crate) struct Session(Box<Connection>);

impl Session {
    fn new(mut connection: Connection) -> Self {
        // The hub's own bounds hold for what waits.
        connection.set_buffer_limit(None);
        Self(Box::new(connection))
    }

    /// Takes bytes of the network; appends what they mean to `plain`, and what is to be sent to `wire`.
    pub(crate) fn receive(
        &mut self,
        mut data: &[u8],
        plain: &mut Vec<u8>,
        wire: &mut Vec<u8>,
    ) -> Result<(), rustls::Error> {
        while !data.is_empty() {
            // Reading from a slice does not fail; an error says that plain bytes wait, which are taken below.
            let taken = self.0.read_tls(&mut data).unwrap_or_default();
            let processed = self.0.process_new_packets();
            let before = plain.len();
            match self.0.reader().read_to_end(plain) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => {}
            }
            self.flush(wire);
            processed?;
            if taken == 0 && plain.len() == before {
                // It takes nothing after the other side's end.
                break;
            }
        }
        Ok(())
    }

    /// Seals `plain`.
    pub(crate) fn send(&mut self, plain: &[u8], wire: &mut Vec<u8>) {
        // Without a buffer limit it takes all.
        let _ = self.0.writer().write_all(plain);
        self.flush(wire);
    }

    /// Says that nothing follows.
    pub(crate) fn close(&mut self, wire: &mut Vec<u8>) {
        self.0.send_close_notify();
        self.flush(wire);
    }

    /// Appends what waits to be sent.
    pub(crate) fn flush(&mut self, wire: &mut Vec<u8>) {
        while self.0.wants_write() {
            // Writing to a vector does not fail.
            if self.0.write_tls(wire).unwrap_or_default() == 0 {
                break;
            }
        }
    }

    /// Whether the handshake is under way.
    pub(crate) fn is_handshaking(&self) -> bool {
        self.0.is_handshaking()
    }
}
