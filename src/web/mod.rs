//! Pages.
use std::sync::Arc;
/// stub
pub fn serve_blocking(_app: Arc<crate::app::App>, _listener: std::net::TcpListener) -> anyhow::Result<()> {
    Ok(())
}
