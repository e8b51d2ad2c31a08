//! The server's registry, read beside it.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

/// Numbers and keys of all devices that hold an id.
pub(crate) fn peers(data: &Path) -> Vec<(u64, Vec<u8>)> {
    let options = SqliteConnectOptions::new().filename(data.join("registry.sqlite3"));
    smol::block_on(async {
        let mut registry = options.connect().await.unwrap();
        let rows =
            sqlx::query("SELECT id, key FROM peers ORDER BY id").fetch_all(&mut registry).await.unwrap();
        rows.iter().map(|row| (row.get::<i64, _>(0).try_into().unwrap(), row.get(1))).collect()
    })
}
