//! The registry's front.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use deskwire_rendezvous::server::{StoreRequest, StoreResult};
use deskwire_wire::ids::DeviceId;
use smol::channel::{Sender, bounded};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Row, SqliteConnection};

use crate::StoreError;
use crate::files::{lock, make_dir, touch};
use crate::rows::{from_sql, minimum};
use crate::writer::{Counts, Job, run};

const NAME: &str = "registry.sqlite3";
/// Requests that wait for the writer; more are answered `Unavailable` at once.
const MAX_WAITING: usize = 8_192;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// An open registry. It is this process's alone until it is dropped.
pub struct Store {
    jobs: Sender<Job>,
    counts: Arc<Counts>,
    writer: Mutex<Option<JoinHandle<()>>>,
    minimum_generations: BTreeMap<DeviceId, u32>,
    peers: u64,
    /// Held for its lock.
    _lock: File,
}

/// What a store did since it was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StoreStats {
    /// Requests carried out and durable.
    pub changes: u64,
    /// Transactions they took, failed ones included.
    pub transactions: u64,
    /// Transactions that failed.
    pub failures: u64,
    /// Requests refused because too many waited.
    pub refused: u64,
}

impl Store {
    /// Opens the registry in `dir`, and makes both if they are not there.
    ///
    /// # Errors
    /// Every [`StoreError`] that is not about the key.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        make_dir(dir)?;
        let held = lock(dir)?;
        let path = dir.join(NAME);
        touch(&path)?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // Only an operator's `sqlite3` can be in the way, and only for a moment.
            .busy_timeout(Duration::from_secs(5))
            // At DEBUG every statement would be a line; what is worth a line the writer says.
            .disable_statement_logging();
        let (connection, minimum_generations, peers) = smol::block_on(prepare(&options, &path))?;
        let (jobs, waiting) = bounded(MAX_WAITING);
        let counts = Arc::new(Counts::default());
        let writer = std::thread::Builder::new()
            .name("deskwire-store".into())
            .spawn({
                let counts = Arc::clone(&counts);
                move || smol::block_on(run(connection, waiting, counts))
            })
            .map_err(|error| StoreError::file(dir, error))?;
        Ok(Self { jobs, counts, writer: Mutex::new(Some(writer)), minimum_generations, peers, _lock: held })
    }

    /// The minimum certificate generation of every id that has one, as they were when the store was opened.
    pub const fn minimum_generations(&self) -> &BTreeMap<DeviceId, u32> {
        &self.minimum_generations
    }

    /// How many devices had an id when the store was opened.
    pub const fn peers(&self) -> u64 {
        self.peers
    }

    /// Has a request carried out; `done` gets the answer on the writer's thread, when it is durable.
    pub fn submit(&self, request: StoreRequest, done: impl FnOnce(StoreResult) + Send + 'static) {
        if let Err(refused) = self.jobs.try_send(Job { request, done: Box::new(done) }) {
            self.counts.refused.fetch_add(1, Ordering::Relaxed);
            (refused.into_inner().done)(StoreResult::Unavailable);
        }
    }

    /// Has a request carried out and waits for the answer.
    pub async fn apply(&self, request: StoreRequest) -> StoreResult {
        let (tell, told) = bounded(1);
        self.submit(request, move |result| {
            // Whoever asked may have stopped waiting.
            let _ = tell.try_send(result);
        });
        told.recv().await.unwrap_or(StoreResult::Unavailable)
    }

    /// What it did so far.
    pub fn stats(&self) -> StoreStats {
        let read = |count: &std::sync::atomic::AtomicU64| count.load(Ordering::Relaxed);
        StoreStats {
            changes: read(&self.counts.changes),
            transactions: read(&self.counts.transactions),
            failures: read(&self.counts.failures),
            refused: read(&self.counts.refused),
        }
    }

    /// Finishes what waits and closes the database. Requests from now on are `Unavailable`.
    pub fn close(&self) {
        // The writer ends when it has emptied the closed channel.
        self.jobs.close();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if writer.is_some_and(|writer| writer.join().is_err()) {
            tracing::error!("the store's thread panicked");
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

/// Connects, brings the schema up to date, and reads what a server has to know at its start.
async fn prepare(
    options: &SqliteConnectOptions,
    path: &Path,
) -> Result<(SqliteConnection, BTreeMap<DeviceId, u32>, u64), StoreError> {
    let failed = |error| StoreError::database(path, error);
    let mut connection = options.connect().await.map_err(failed)?;
    MIGRATIONS.run(&mut connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) | MigrateError::VersionTooNew(found, _) => {
            StoreError::Newer { path: path.to_owned(), found }
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => failed(error),
        other => StoreError::Damaged { path: path.to_owned(), source: Box::new(other) },
    })?;
    let rows = sqlx::query("SELECT id, minimum_generation FROM revocations")
        .fetch_all(&mut connection)
        .await
        .map_err(failed)?;
    let mut minimum_generations = BTreeMap::new();
    for row in rows {
        let generation = row.try_get("minimum_generation").map_err(failed)?;
        minimum_generations.extend(minimum(row.try_get("id").map_err(failed)?, generation));
    }
    let peers: i64 =
        sqlx::query_scalar("SELECT count(*) FROM peers").fetch_one(&mut connection).await.map_err(failed)?;
    Ok((connection, minimum_generations, from_sql(peers)))
}
