//! What every handler shares: the application, the answers in memory, and the bound on computing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::error::PageError;
use super::memo::{Epoch, Memo};
use crate::app::App;

/// The database is asked for its state at most once in this time; an import shows that much later at worst.
const EPOCH_HOLDS: Duration = Duration::from_millis(50);

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
    epoch: Mutex<Option<(Instant, Epoch)>>,
}

impl Site {
    /// A site over `app`, computing on as many threads as the machine has.
    pub fn new(app: Arc<App>) -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let computing = Semaphore::new(threads);
        Self { inner: Arc::new(Inner { app, memo: Memo::default(), computing, epoch: Mutex::default() }) }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// Answers in memory.
    pub fn memo(&self) -> &Memo {
        &self.inner.memo
    }

    /// The state of the data, asked a moment ago at the longest.
    pub fn epoch(&self) -> Result<Epoch, PageError> {
        let mut known = self.inner.epoch.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, epoch)) = *known
            && asked.elapsed() < EPOCH_HOLDS
        {
            return Ok(epoch);
        }
        let epoch = (self.app().store().version()?, self.app().clock().today());
        *known = Some((Instant::now(), epoch));
        Ok(epoch)
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
