//! Certificates for this machine, made for each run.
//!
//! Must not know: protocols above TLS.

use std::sync::{Arc, LazyLock};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs};

/// An authority, and a certificate of its for 127.0.0.1.
struct Identity {
    authority_pem: String,
    issuer: Issuer<'static, KeyPair>,
    here: Certificate,
}

/// A certificate with its key.
struct Certificate {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

static OURS: LazyLock<Identity> = LazyLock::new(Identity::new);
static STRANGERS: LazyLock<Identity> = LazyLock::new(Identity::new);

impl Identity {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        let here = Certificate::new(&issuer, "127.0.0.1");
        Self { authority_pem: authority.pem(), issuer, here }
    }
}

impl Certificate {
    fn new(issuer: &Issuer<'static, KeyPair>, host: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, issuer).unwrap();
        Self { certificate: certificate.der().clone(), key: key.serialize_der() }
    }

    fn config(&self) -> ServerConfig {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth();
        config.with_single_cert(vec![self.certificate.clone()], key).unwrap()
    }
}

/// The authority behind every scripted server, as PEM.
pub(crate) fn authority() -> &'static str {
    &OURS.authority_pem
}

/// One that has signed nothing here.
pub(crate) fn strangers_authority() -> &'static str {
    &STRANGERS.authority_pem
}

/// Speaks one protocol only.
pub(super) fn acceptor(protocol: &[u8]) -> TlsAcceptor {
    let mut config = OURS.here.config();
    config.alpn_protocols = vec![protocol.to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

/// Says that it is this host.
pub(crate) fn acceptor_as(host: &str) -> TlsAcceptor {
    TlsAcceptor::from(Arc::new(Certificate::new(&OURS.issuer, host).config()))
}
