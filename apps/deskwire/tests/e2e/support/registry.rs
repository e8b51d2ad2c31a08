//! The server's registry, read beside it.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

/// Gives the id `to` to the device that has `from`, as an operator would.
pub(crate) fn hand_over(data: &Path, from: u64, to: u64) {
    let options = SqliteConnectOptions::new().filename(data.join("registry.sqlite3"));
    let [from, to] = [from, to].map(|id| i64::try_from(id).unwrap());
    smol::block_on(async {
        let mut registry = options.connect().await.unwrap();
        let key: Vec<u8> = sqlx::query_scalar("DELETE FROM peers WHERE id = ? RETURNING key")
            .bind(from)
            .fetch_one(&mut registry)
            .await
            .unwrap();
        let done = sqlx::query("UPDATE peers SET key = ?, generation = generation + 1 WHERE id = ?")
            .bind(key)
            .bind(to)
            .execute(&mut registry)
            .await;
        assert_eq!(done.unwrap().rows_affected(), 1);
        registry.close().await.unwrap();
    });
}

/// Ids and keys of all devices that hold an id.
pub(crate) fn peers(data: &Path) -> Vec<(u64, Vec<u8>)> {
    let options = SqliteConnectOptions::new().filename(data.join("registry.sqlite3"));
    smol::block_on(async {
        let mut registry = options.connect().await.unwrap();
        let rows =
            sqlx::query("SELECT id, key FROM peers ORDER BY id").fetch_all(&mut registry).await.unwrap();
        rows.iter().map(|row| (row.get::<i64, _>(0).try_into().unwrap(), row.get(1))).collect()
    })
}
