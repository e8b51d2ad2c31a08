//! The one thread that writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use deskwire_rendezvous::server::{StoreRequest, StoreResult};
use smol::channel::{Receiver, RecvError, TryRecvError};
use sqlx::{Connection, SqliteConnection};

use crate::changes::apply;

/// Changes that share one transaction at most.
const MAX_BATCH: usize = 500;

/// A request and whom to tell.
pub(crate) struct Job {
    pub(crate) request: StoreRequest,
    pub(crate) done: Box<dyn FnOnce(StoreResult) + Send>,
}

/// What the writer counts.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) changes: AtomicU64,
    pub(crate) transactions: AtomicU64,
    pub(crate) failures: AtomicU64,
    pub(crate) refused: AtomicU64,
}

/// Writes until all senders are gone, then closes the database.
pub(crate) async fn run(mut connection: SqliteConnection, jobs: Receiver<Job>, counts: Arc<Counts>) {
    while let Ok(batch) = next_batch(&jobs).await {
        counts.transactions.fetch_add(1, Ordering::Relaxed);
        match write(&mut connection, &batch).await {
            Ok(results) => {
                counts.changes.fetch_add(batch.len() as u64, Ordering::Relaxed);
                for (job, result) in batch.into_iter().zip(results) {
                    (job.done)(result);
                }
            }
            Err(error) => {
                counts.failures.fetch_add(1, Ordering::Relaxed);
                tracing::error!(%error, changes = batch.len(), "nothing could be written; registrations are refused");
                for job in batch {
                    (job.done)(StoreResult::Unavailable);
                }
            }
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the registry was not closed in order; the next start repairs it");
    }
}

/// Waits for one job and takes the ones that came meanwhile: while a transaction is flushed the next one fills.
async fn next_batch(jobs: &Receiver<Job>) -> Result<Vec<Job>, RecvError> {
    let mut batch = vec![jobs.recv().await?];
    while batch.len() < MAX_BATCH {
        match jobs.try_recv() {
            Ok(job) => batch.push(job),
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    Ok(batch)
}

/// One transaction. What it gives is durable.
async fn write(connection: &mut SqliteConnection, batch: &[Job]) -> sqlx::Result<Vec<StoreResult>> {
    let now = unix_time();
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mut results = Vec::with_capacity(batch.len());
    for job in batch {
        results.push(apply(&mut transaction, &job.request, now).await?);
    }
    transaction.commit().await?;
    Ok(results)
}

fn unix_time() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
