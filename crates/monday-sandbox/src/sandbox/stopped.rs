//! The end of a sandbox, with and without waiting.
//!
//! Must not know: how it began.

use super::Sandbox;

impl Sandbox {
    /// Stops, and waits until nothing is left: no connection is taken, requests that are being answered are
    /// answered (for five seconds), webhooks on their way are dropped, and the ports are free.
    pub async fn stop(mut self) {
        tokio::join!(self.server.stop(), self.asset_server.stop());
        tokio::join!(self.site.couriers.stopped(), self.site.tasks.stopped());
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The servers end with their fields.
        self.site.couriers.stop();
        self.site.tasks.stop();
    }
}
