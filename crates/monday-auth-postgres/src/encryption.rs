//! Which certificates a PostgreSQL server may show.
//!
//! Must not know: which server it is.

use std::sync::Arc;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio_postgres_rustls::MakeRustlsConnect;

/// TLS that checks certificate and host name: against the authorities of this PEM file, else those of the machine. Its
/// cryptography is its own, whatever the process has installed.
pub(crate) fn connector(authority: Option<&[u8]>) -> Option<MakeRustlsConnect> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let config = match authority {
        Some(pem) => config.with_root_certificates(authorities(pem)?),
        None => config.with_platform_verifier().ok()?,
    };
    Some(MakeRustlsConnect::new(config.with_no_client_auth()))
}

fn authorities(pem: &[u8]) -> Option<RootCertStore> {
    let mut trusted = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        trusted.add(certificate.ok()?).ok()?;
    }
    (!trusted.is_empty()).then_some(trusted)
}
