//! Whom TLS believes: the authorities of the machine, and those of files.
//!
//! Must not know: what is connected.

use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use crate::{Error, ErrorKind};

/// Files of authorities, as they were given.
#[derive(Default)]
pub(super) struct Trust {
    pem_files: Vec<Vec<u8>>,
}

impl Trust {
    pub(super) fn add(&mut self, pem: Vec<u8>) {
        self.pem_files.push(pem);
    }

    /// TLS 1.2 and 1.3 by the provider of the process, or by aws-lc where it has none. The machine's own rules
    /// judge certificates.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let unusable = |_| Error::new(ErrorKind::Configuration);
        let provider = CryptoProvider::get_default().cloned();
        let provider = provider.unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
        let verifier = verifier(self.roots()?, Arc::clone(&provider)).map_err(unusable)?;
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        // rustls calls every verifier that is not its own dangerous.
        let config = config.map_err(unusable)?.dangerous();
        Ok(config.with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
    }

    fn roots(&self) -> Result<Vec<CertificateDer<'static>>, Error> {
        let mut all = Vec::new();
        for pem in &self.pem_files {
            let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
            let roots = roots.unwrap_or_default();
            if roots.is_empty() {
                return Err(Error::new(ErrorKind::Configuration));
            }
            all.extend(roots);
        }
        Ok(all)
    }
}

type Roots = Vec<CertificateDer<'static>>;

#[cfg(not(target_os = "android"))]
fn verifier(roots: Roots, provider: Arc<CryptoProvider>) -> Result<Verifier, rustls::Error> {
    Verifier::new_with_extra_roots(roots, provider)
}

/// Android's verifier takes no authorities beside its own.
#[cfg(target_os = "android")]
fn verifier(roots: Roots, provider: Arc<CryptoProvider>) -> Result<Verifier, rustls::Error> {
    if roots.is_empty() {
        return Verifier::new(provider);
    }
    Err(rustls::Error::General("authorities of files are not for Android".to_owned()))
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file of certificates may hold a private key too.
        f.debug_struct("Trust").field("pem_files", &self.pem_files.len()).finish()
    }
}
