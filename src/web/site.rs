//! What every handler shares: the application, the answers in memory, and the bound on computing.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::error::PageError;
use super::memo::{Epoch, Memo};
use crate::app::App;

/// Shared state; cloning shares it.
#[derive(Clone, Debug)]
pub struct Site {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    app: Arc<App>,
    memo: Memo,
    computing: Semaphore,
}

impl Site {
    /// A site over `app`, computing on as many threads as the machine has.
    pub fn new(app: Arc<App>) -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self { inner: Arc::new(Inner { app, memo: Memo::default(), computing: Semaphore::new(threads) }) }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// Answers in memory.
    pub fn memo(&self) -> &Memo {
        &self.inner.memo
    }

    /// The state of the data now: one cheap question to the database.
    pub fn epoch(&self) -> Result<Epoch, PageError> {
        Ok((self.app().store().version()?, self.app().clock().today()))
    }

    /// Runs `work` off the async threads; at most as many at once as the machine has cores.
    pub async fn compute<T, E>(&self, work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PageError> + Send + 'static,
    {
        let _permit = self.inner.computing.acquire().await.map_err(|error| E::from(PageError::Fault(error.into())))?;
        let site = self.clone();
        match tokio::task::spawn_blocking(move || work(&site)).await {
            Ok(result) => result,
            Err(error) => Err(E::from(PageError::Fault(error.into()))),
        }
    }
}
