//! The password step: CPace over ristretto255 (draft-irtf-cfrg-cpace) and the confirmations after it.
//!
//! sid is the transport's exporter, associated data are both identity keys. So a man in the middle, whose two
//! transports have different exporters or who shows another key, gets one guess and nothing to try offline.

use deskwire_identity::{PublicKey, Secret, bmac, expand, extract};
use deskwire_machine::Rng;
use pakery_cpace::{
    CpaceCiphersuite, CpaceInitiator, CpaceMode, CpaceOutput, CpaceResponder, InitiatorState,
};
use pakery_crypto::{Ristretto255Group, Sha512Hash};

/// What a secret is for, so that a code and a password that happen to be equal give unrelated keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    Code,
    Password,
}

impl Purpose {
    /// CPace's channel identifier.
    const fn channel_identifier(self) -> &'static [u8] {
        match self {
            Self::Code => b"deskwire login one-time code",
            Self::Password => b"deskwire login password",
        }
    }
}

struct Suite;

impl CpaceCiphersuite for Suite {
    type Group = Ristretto255Group;
    type Hash = Sha512Hash;

    const DSI: &'static [u8] = b"CPaceRistretto255";
    const HASH_BLOCK_SIZE: usize = 128;
    const FIELD_SIZE_BYTES: usize = 32;
}

/// What both ends know before they start: the transport they share and who they are.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) exporter: &'a [u8; 64],
    pub(crate) viewer: &'a PublicKey,
    pub(crate) host: &'a PublicKey,
}

/// The other side's share is no valid element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BadShare;

/// What both ends have after the shares: the proof each has to give.
#[derive(Debug)]
pub(crate) struct Confirmations {
    pub(crate) viewer: Secret<32>,
    pub(crate) host: Secret<32>,
}

/// The viewer between its share and the host's.
pub(crate) struct ViewerPake(InitiatorState<Suite>);

impl core::fmt::Debug for ViewerPake {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ViewerPake(..)")
    }
}

impl ViewerPake {
    /// Starts a try: the share to send, and what is needed for the answer.
    pub(crate) fn start(
        rng: &mut Rng,
        purpose: Purpose,
        secret: &[u8],
        context: Context<'_>,
    ) -> Result<([u8; 32], Self), BadShare> {
        let (share, state) = CpaceInitiator::<Suite>::start(
            secret,
            purpose.channel_identifier(),
            context.exporter,
            context.viewer.as_bytes(),
            rng,
        )
        .map_err(|_| BadShare)?;
        Ok((as_array(&share)?, Self(state)))
    }

    /// Takes the host's share.
    pub(crate) fn finish(self, share: &[u8; 32], context: Context<'_>) -> Result<Confirmations, BadShare> {
        self.0
            .finish(share, context.host.as_bytes(), CpaceMode::InitiatorResponder)
            .map(|output| confirmations(&output, context))
            .map_err(|_| BadShare)
    }
}

/// The host's answer to a viewer's share: the share to send and the proofs.
pub(crate) fn respond(
    rng: &mut Rng,
    purpose: Purpose,
    secret: &[u8],
    share: &[u8; 32],
    context: Context<'_>,
) -> Result<([u8; 32], Confirmations), BadShare> {
    let (own, output) = CpaceResponder::<Suite>::respond(
        share,
        secret,
        purpose.channel_identifier(),
        context.exporter,
        context.viewer.as_bytes(),
        context.host.as_bytes(),
        CpaceMode::InitiatorResponder,
        rng,
    )
    .map_err(|_| BadShare)?;
    Ok((as_array(&own)?, confirmations(&output, context)))
}

fn as_array(share: &[u8]) -> Result<[u8; 32], BadShare> {
    share.try_into().map_err(|_| BadShare)
}

/// The intermediate key already binds shares, sid and both identities.
fn confirmations(output: &CpaceOutput, context: Context<'_>) -> Confirmations {
    let chain = extract(context.exporter, output.isk.as_bytes());
    let proof = |label| bmac(&expand::<32>(&chain, label, &output.session_id), &output.session_id);
    Confirmations { viewer: proof("login viewer"), host: proof("login host") }
}

/// Whether `tag` is the expected proof, in a time that does not depend on it.
pub(crate) fn proves(expected: &Secret<32>, tag: &[u8; 32]) -> bool {
    *expected == Secret::new(*tag)
}

#[cfg(test)]
#[path = "pake_tests.rs"]
mod tests;
