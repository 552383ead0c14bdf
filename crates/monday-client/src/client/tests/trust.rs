//! Whom clients trust beside the machine's own authorities, and what they show of it.
//!
//! Must not know: connections.

use crate::{AuthTransport, Client, ErrorKind};

#[tokio::test]
async fn a_file_without_a_certificate_is_no_trust() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = Client::builder().root_certificates(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem}");
        let error = AuthTransport::builder().root_certificates(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem}");
    }
}

#[test]
fn a_builder_shows_how_many_files_it_trusts_and_nothing_of_them() {
    let pem = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
    let client = Client::builder().root_certificates(pem).root_certificates(pem);
    let transport = AuthTransport::builder().root_certificates(pem).root_certificates(pem);
    // Bytes are shown as numbers.
    let numbers = format!("{:?}", b"canary").replace(['[', ']', ' '], "");
    for text in [format!("{client:?}{client:#?}"), format!("{transport:?}{transport:#?}")] {
        assert!(text.contains("pem_files: 2"), "{text}");
        let dense: String = text.split_whitespace().collect();
        assert!(!dense.contains("canary") && !dense.contains(&numbers), "{text}");
    }
}
