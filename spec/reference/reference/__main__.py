"""Checks the files of test vectors: `python -m reference [--selftest] [folder]`."""

import sys
from pathlib import Path

from . import addresses, hs1, login, objects
from .check import check_folder, selftest

HANDLERS = {
    "device_id.json": addresses.device_id,
    "server_key.json": addresses.server_key,
    "server_link.json": addresses.server_link,
    "safety_number.json": addresses.safety_number,
    "id_certificate.json": objects.id_certificate,
    "ephemeral_certificate.json": objects.ephemeral_certificate,
    "relay_token.json": objects.relay_token,
    "rotation.json": objects.rotation,
    "hs1.json": hs1.hs1,
    "initial_secrets.json": hs1.initial_secrets,
    "login.json": login.login,
}


def main(arguments: list[str]) -> int:
    folders = [a for a in arguments if not a.startswith("--")]
    folder = Path(folders[0]) if folders else Path(__file__).parents[2] / "vectors"
    if set(arguments) - set(folders) - {"--selftest"} or len(folders) > 1:
        print("usage: python -m reference [--selftest] [folder of vectors]", file=sys.stderr)
        return 2
    run = selftest if "--selftest" in arguments else check_folder
    return 0 if run(folder, HANDLERS) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
