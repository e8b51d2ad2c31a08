//! What each request does to the tables, inside the writer's transaction.

use deskwire_identity::PublicKey;
use deskwire_rendezvous::server::{StoreRequest, StoreResult};
use deskwire_wire::ids::DeviceId;
use sqlx::{Row, SqliteConnection};

use crate::rows::{Peer, to_sql};

/// Carries out one request; `now` is unix time in seconds.
pub(crate) async fn apply(
    connection: &mut SqliteConnection,
    request: &StoreRequest,
    now: i64,
) -> sqlx::Result<StoreResult> {
    match *request {
        StoreRequest::Claim { id, key, epoch, .. } => claim(connection, id, key, epoch, now).await,
        StoreRequest::Renew { id, key, epoch, .. } => renew(connection, id, key, epoch, now).await,
        StoreRequest::Transfer { id, from, to, generation, epoch, .. } => {
            transfer(connection, id, (from, to), generation, epoch, now).await
        }
        // Requests may grow; one that is not known cannot be granted.
        _ => Ok(StoreResult::Unavailable),
    }
}

async fn claim(
    connection: &mut SqliteConnection,
    id: DeviceId,
    key: PublicKey,
    epoch: u64,
    now: i64,
) -> sqlx::Result<StoreResult> {
    if let Some(owned) = by_key(connection, &key).await? {
        let epoch = epoch.max(owned.epoch);
        touch(connection, owned.id, epoch, now).await?;
        return Ok(owned.owned());
    }
    let done = sqlx::query(
        "INSERT INTO peers (id, key, generation, epoch, created, changed, seen) VALUES (?1, ?2, 0, ?3, ?4, ?4, ?4) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(to_sql(id.as_digits()))
    .bind(&key.as_bytes()[..])
    .bind(to_sql(epoch))
    .bind(now)
    .execute(connection)
    .await?;
    Ok(if done.rows_affected() == 1 { StoreResult::Owned { id, generation: 0 } } else { StoreResult::Taken })
}

async fn renew(
    connection: &mut SqliteConnection,
    id: DeviceId,
    key: PublicKey,
    epoch: u64,
    now: i64,
) -> sqlx::Result<StoreResult> {
    let Some(peer) = by_id(connection, id).await? else { return Ok(StoreResult::Unknown) };
    if peer.key != *key.as_bytes() {
        return Ok(peer.not_owner());
    }
    if epoch < peer.epoch {
        return Ok(StoreResult::EpochTooLow { last: peer.epoch });
    }
    touch(connection, id, epoch, now).await?;
    Ok(peer.owned())
}

async fn transfer(
    connection: &mut SqliteConnection,
    id: DeviceId,
    (from, to): (PublicKey, PublicKey),
    generation: u32,
    epoch: u64,
    now: i64,
) -> sqlx::Result<StoreResult> {
    let Some(peer) = by_id(connection, id).await? else { return Ok(StoreResult::Unknown) };
    if peer.key == *to.as_bytes() {
        return Ok(peer.owned());
    }
    // A key that has an id keeps that one: two ids of one key would make claims ambiguous.
    let to_has_one = by_key(connection, &to).await?.is_some();
    if peer.key != *from.as_bytes() || generation <= peer.generation || to_has_one {
        return Ok(peer.not_owner());
    }
    sqlx::query(
        "UPDATE peers SET key = ?2, generation = ?3, epoch = ?4, changed = ?5, seen = ?5 WHERE id = ?1",
    )
    .bind(to_sql(id.as_digits()))
    .bind(&to.as_bytes()[..])
    .bind(i64::from(generation))
    .bind(to_sql(epoch))
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO revocations (id, minimum_generation, since) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE \
         SET minimum_generation = max(minimum_generation, excluded.minimum_generation), since = excluded.since",
    )
    .bind(to_sql(id.as_digits()))
    .bind(i64::from(generation))
    .bind(now)
    .execute(connection)
    .await?;
    Ok(StoreResult::Owned { id, generation })
}

async fn touch(connection: &mut SqliteConnection, id: DeviceId, epoch: u64, now: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE peers SET epoch = ?2, seen = ?3 WHERE id = ?1")
        .bind(to_sql(id.as_digits()))
        .bind(to_sql(epoch))
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

async fn by_id(connection: &mut SqliteConnection, id: DeviceId) -> sqlx::Result<Option<Peer>> {
    sqlx::query("SELECT id, key, generation, epoch FROM peers WHERE id = ?1")
        .bind(to_sql(id.as_digits()))
        .fetch_optional(connection)
        .await?
        .map(|row| peer(&row))
        .transpose()
}

async fn by_key(connection: &mut SqliteConnection, key: &PublicKey) -> sqlx::Result<Option<Peer>> {
    sqlx::query("SELECT id, key, generation, epoch FROM peers WHERE key = ?1")
        .bind(&key.as_bytes()[..])
        .fetch_optional(connection)
        .await?
        .map(|row| peer(&row))
        .transpose()
}

fn peer(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Peer> {
    Peer::read(row.try_get("id")?, row.try_get("key")?, row.try_get("generation")?, row.try_get("epoch")?)
        .map_err(|what| sqlx::Error::Decode(format!("a row of peers has no usable {what}").into()))
}
