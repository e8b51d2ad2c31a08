"""Messages in Cap'n Proto, by the schemas of the specification and the reference implementation of Cap'n Proto."""

from pathlib import Path
from typing import Any

import capnp

from .primitives import Refused

SCHEMAS = Path(__file__).parents[2] / "schema"
capnp.remove_import_hook()
STRUCTS = {
    name: getattr(capnp.load(str(SCHEMAS / f"{file}.capnp")), name)
    for file, names in {
        "session": ["SessionMessage"],
        "rendezvous": ["RendezvousMessage", "RegisterStatement", "ConnectStatement"],
        "relay": ["RelayMessage"],
        "punch": ["PunchMessage"],
        "video": ["FrameUpdate"],
    }.items()
    for name in names
}
FLAT = {"FrameUpdate"}


def plain(value: Any) -> Any:
    """What was read as JSON: data in hex, of a union the one member that is set, null for a null pointer."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, capnp.lib.capnp._DynamicListReader):
        return [plain(item) for item in value]
    if isinstance(value, capnp.lib.capnp._DynamicEnum):
        return str(value)
    if isinstance(value, capnp.lib.capnp._DynamicStructReader):
        schema = value.schema
        names = list(schema.non_union_fields)
        if schema.union_fields:
            names.append(value.which())
        return {str(name): _member(value, str(name)) for name in names}
    return value


def _member(struct: Any, name: str) -> Any:
    field = struct.schema.fields[name].proto
    if field.which() == "slot" and field.slot.type.which() == "struct" and not struct._has(name):
        return None
    return plain(getattr(struct, name))


def fill(builder: Any, fields: dict) -> None:
    """Writes what `plain` gave, in the order of the schema."""
    for name in sorted(fields, key=lambda name: builder.schema.fields[name].proto.codeOrder):
        value, proto = fields[name], builder.schema.fields[name].proto
        if proto.which() == "group":
            fill(builder.init(name), value)
            continue
        kind = proto.slot.type.which()
        if kind == "struct":
            if value is not None:
                fill(builder.init(name), value)
        elif kind == "list":
            element = proto.slot.type.list.elementType.which()
            # An empty list, like an empty text, may be a null pointer or not; readers see no difference.
            items = builder.init(name, len(value))
            for index, item in enumerate(value):
                if element == "struct":
                    fill(items[index], item)
                else:
                    items[index] = bytes.fromhex(item) if element == "data" else item
        else:
            setattr(builder, name, bytes.fromhex(value) if kind == "data" else value)


def read(struct: str, data: bytes) -> dict:
    try:
        if struct in FLAT:
            with STRUCTS[struct].from_bytes(data) as reader:
                return plain(reader)
        return plain(STRUCTS[struct].from_bytes_packed(data))
    except (capnp.KjException, UnicodeDecodeError):
        raise Refused(f"this is no {struct}") from None


def message(given: dict, _: None) -> dict:
    struct = given["struct"]
    fields = read(struct, bytes.fromhex(given["bytes"]))
    builder = STRUCTS[struct].new_message()
    fill(builder, fields)
    # Cap'n Proto leaves open in which order things lie in a message, so other bytes may say the same.
    again = builder.to_bytes() if struct in FLAT else builder.to_bytes_packed()
    if read(struct, again) != fields:
        raise AssertionError("the message does not come back from its fields")
    return fields
