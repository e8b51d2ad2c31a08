"""Checks the files of test vectors: `python -m reference [--selftest] [folder]`."""

import sys
from pathlib import Path

from . import addresses, connection, hs1, login, messages, objects, probes, relay, rendezvous
from .check import Handler, check_folder, selftest
from .known import check_known

HANDLERS = {
    "connection.json": Handler(connection.connection, hs1.DRAWN),
    "device_id.json": Handler(addresses.device_id),
    "ephemeral_certificate.json": Handler(objects.ephemeral_certificate),
    "framing.json": Handler(probes.framing),
    "hs1.json": Handler(hs1.hs1, hs1.DRAWN),
    "hs1_refused.json": Handler(hs1.refused),
    "id_certificate.json": Handler(objects.id_certificate),
    "initial_secrets.json": Handler(hs1.initial_secrets),
    "login.json": Handler(login.login, login.DRAWN),
    "messages_punch.json": Handler(messages.message),
    "messages_relay.json": Handler(messages.message),
    "messages_rendezvous.json": Handler(messages.message),
    "messages_session.json": Handler(messages.message),
    "messages_video.json": Handler(messages.message),
    "probes.json": Handler(probes.probe),
    "refused.json": Handler(objects.refused),
    "relay.json": Handler(relay.relay, relay.DRAWN),
    "relay_report.json": Handler(objects.relay_report),
    "relay_token.json": Handler(objects.relay_token),
    "rendezvous.json": Handler(rendezvous.rendezvous, rendezvous.DRAWN),
    "rotation.json": Handler(objects.rotation),
    "safety_number.json": Handler(addresses.safety_number),
    "server_key.json": Handler(addresses.server_key),
    "server_link.json": Handler(addresses.server_link),
}


def main(arguments: list[str]) -> int:
    folders = [a for a in arguments if not a.startswith("--")]
    folder = Path(folders[0]) if folders else Path(__file__).parents[2] / "vectors"
    if set(arguments) - set(folders) - {"--selftest"} or len(folders) > 1:
        print("usage: python -m reference [--selftest] [folder of vectors]", file=sys.stderr)
        return 2
    run = selftest if "--selftest" in arguments else check_folder
    good = check_known()
    return 0 if run(folder, HANDLERS) and good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
