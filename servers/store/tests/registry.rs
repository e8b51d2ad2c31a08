//! What the registry answers, and when it does not open.

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_rendezvous::server::{StoreRequest, StoreResult, StoreTicket};
use deskwire_store::{Store, StoreError};
use deskwire_wire::ids::DeviceId;

const TICKET: StoreTicket = StoreTicket(0);

fn key(n: u8) -> PublicKey {
    IdentityKey::from_bytes(&[n; 32]).public()
}

fn id(n: u64) -> DeviceId {
    DeviceId::from_number(n)
}

fn ask(store: &Store, request: StoreRequest) -> StoreResult {
    smol::block_on(store.apply(request))
}

fn claim(store: &Store, n: u64, k: u8) -> StoreResult {
    ask(store, StoreRequest::Claim { ticket: TICKET, id: id(n), key: key(k), epoch: 1 })
}

fn renew(store: &Store, n: u64, k: u8, epoch: u64) -> StoreResult {
    ask(store, StoreRequest::Renew { ticket: TICKET, id: id(n), key: key(k), epoch })
}

fn owned(n: u64, generation: u32) -> StoreResult {
    StoreResult::Owned { id: id(n), generation }
}

#[test]
fn t22_one_key_has_one_id_and_one_id_one_key() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(claim(&store, 1, 1), owned(1, 0));
    assert_eq!(claim(&store, 1, 2), StoreResult::Taken);
    assert_eq!(claim(&store, 2, 1), owned(1, 0), "the key has an id already");
    assert_eq!(claim(&store, 2, 2), owned(2, 0));
}

#[test]
fn renewals_keep_the_epoch_and_tell_the_owner() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    claim(&store, 1, 1);
    assert_eq!(renew(&store, 9, 1, 1), StoreResult::Unknown);
    assert_eq!(renew(&store, 1, 2, 9), StoreResult::NotOwner { owner: key(1), generation: 0 });
    assert_eq!(renew(&store, 1, 1, u64::MAX), owned(1, 0));
    assert_eq!(renew(&store, 1, 1, 5), StoreResult::EpochTooLow { last: u64::MAX });
    assert_eq!(renew(&store, 1, 1, u64::MAX), owned(1, 0), "the same epoch again is a repeat");
}

#[test]
fn t21_a_transfer_moves_the_id_once_and_voids_older_certificates() {
    let dir = tempfile::tempdir().unwrap();
    let transfer = |from, to, generation| StoreRequest::Transfer {
        ticket: TICKET,
        id: id(1),
        from: key(from),
        to: key(to),
        generation,
        epoch: 7,
    };
    {
        let store = Store::open(dir.path()).unwrap();
        claim(&store, 1, 1);
        claim(&store, 3, 3);
        let refused = StoreResult::NotOwner { owner: key(1), generation: 0 };
        assert_eq!(ask(&store, transfer(2, 4, 1)), refused, "not the owner");
        assert_eq!(ask(&store, transfer(1, 2, 0)), refused, "not a newer generation");
        assert_eq!(ask(&store, transfer(1, 3, 1)), refused, "the new key has another id");
        assert_eq!(ask(&store, transfer(1, 2, 4)), owned(1, 4));
        assert_eq!(ask(&store, transfer(1, 2, 4)), owned(1, 4), "a repeat");
        assert_eq!(renew(&store, 1, 1, 9), StoreResult::NotOwner { owner: key(2), generation: 4 });
        assert!(store.minimum_generations().is_empty(), "as it was at the start");
    }
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.minimum_generations().get(&id(1)), Some(&4));
    assert_eq!((renew(&store, 1, 2, 7), store.peers()), (owned(1, 4), 2));
}

#[test]
fn many_claims_at_once_share_transactions_and_all_are_answered() {
    const CLAIMS: u64 = 3_000;
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    for n in 0..CLAIMS {
        let tell = tell.clone();
        let key =
            IdentityKey::from_bytes(&[n.to_le_bytes(), [7; 8], [8; 8], [9; 8]].concat().try_into().unwrap());
        let request = StoreRequest::Claim { ticket: StoreTicket(n), id: id(n), key: key.public(), epoch: 1 };
        store.submit(request, move |result| tell.send((n, result)).unwrap());
    }
    drop(tell);
    let answers: Vec<_> = told.iter().collect();
    // One writer answers in the order of asking.
    assert!(answers.iter().copied().eq((0..CLAIMS).map(|n| (n, owned(n, 0)))));
    let stats = store.stats();
    assert_eq!((stats.changes, stats.failures, stats.refused), (CLAIMS, 0, 0));
    assert!(stats.transactions < CLAIMS / 4, "{} transactions", stats.transactions);
}

#[test]
fn a_closed_store_answers_unavailable() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store.close();
    assert_eq!(claim(&store, 1, 1), StoreResult::Unavailable);
}

#[test]
fn a_second_server_is_refused_until_the_first_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let first = Store::open(dir.path()).unwrap();
    let error = Store::open(dir.path()).unwrap_err();
    assert!(matches!(error, StoreError::InUse(_)) && error.to_string().contains("--data"), "{error}");
    drop(first);
    assert!(Store::open(dir.path()).is_ok());
}

#[test]
fn a_file_in_place_of_the_directory_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, "x").unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error:?}");
    assert!(
        error.to_string().contains(&*path.to_string_lossy()) && error.to_string().contains("--data"),
        "{error}"
    );
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("registry.sqlite3"), vec![b'x'; 10_000]).unwrap();
    let error = Store::open(dir.path()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
}

#[test]
fn a_newer_schema_is_told_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(Store::open(dir.path()).unwrap());
    smol::block_on(async {
        use sqlx::{ConnectOptions, Connection};
        let path = dir.path().join("registry.sqlite3");
        let mut connection =
            sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (9999, 'from the future', 1, x'00', 0)",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
    });
    let error = Store::open(dir.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 9_999, .. }), "{error:?}");
}
