"""Compares what this implementation computes with the files, and shows that a changed file would be noticed."""

import copy
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .primitives import Refused

Handler = Callable[[dict, dict], dict]
Path_ = tuple[Any, ...]


def leaves(value: Any, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every single value in a tree of JSON, with the way to it."""
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(child, (*at, key))
    else:
        yield at, value


def problem_of(handler: Handler, case: dict) -> str | None:
    """What is wrong with a case; None if nothing is."""
    expected = case["output"]
    try:
        # The handler gets copies: it may take from them what was drawn at random.
        computed = handler(copy.deepcopy(case["input"]), copy.deepcopy(expected))
    except Refused as refusal:
        return None if set(expected) == {"error"} else f"refused: {refusal}"
    except (ValueError, KeyError, IndexError, AssertionError, TypeError) as error:
        return f"cannot be computed: {type(error).__name__}: {error}"
    if computed == expected:
        return None
    ours, theirs = dict(leaves(computed)), dict(leaves(expected))
    different = [
        ".".join(map(str, at)) for at in sorted(ours.keys() | theirs.keys(), key=str) if ours.get(at) != theirs.get(at)
    ]
    return f"differs in {', '.join(different) or 'form'}"


def files(folder: Path, handlers: dict[str, Handler]) -> dict[str, list[dict]]:
    found = {path.name: json.loads(path.read_text())["cases"] for path in sorted(folder.glob("*.json"))}
    for name in sorted(handlers.keys() ^ found.keys()):
        what = "is missing" if name in handlers else "is a file that this implementation does not know"
        raise SystemExit(f"reference: {name} {what}; every file of vectors needs a line in reference/__main__.py")
    return found


def check_folder(folder: Path, handlers: dict[str, Handler]) -> bool:
    good, all_values, start = True, 0, time.monotonic()
    for name, cases in files(folder, handlers).items():
        problems = [(case["name"], problem) for case in cases if (problem := problem_of(handlers[name], case))]
        values = sum(1 for case in cases for _ in leaves(case["output"]))
        all_values += values
        if not problems and cases:
            print(f"{name:28} {len(cases):4} cases, {values:5} values agree")
        for case, problem in problems:
            print(f"{name:28} case \"{case}\" {problem}")
        good = good and not problems and bool(cases)
    print(f"{all_values} values in {time.monotonic() - start:.1f} s: {'all agree' if good else 'NOT all agree'}")
    return good


def changed(value: Any) -> Any:
    """A value that differs in its last character, or by one."""
    if isinstance(value, str) and value:
        return value[:-1] + ("1" if value[-1] == "0" else "0")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "00"


def put(tree: Any, at: Path_, value: Any) -> None:
    for key in at[:-1]:
        tree = tree[key]
    tree[at[-1]] = value


def selftest(folder: Path, handlers: dict[str, Handler]) -> bool:
    """Changes every value of the first case of each file, one at a time. Each change must be noticed."""
    good, changes, start = True, 0, time.monotonic()
    for name, cases in files(folder, handlers).items():
        missed = []
        for at, value in leaves({"input": cases[0]["input"], "output": cases[0]["output"]}):
            case = copy.deepcopy(cases[0])
            put(case, at, changed(value))
            changes += 1
            if problem_of(handlers[name], case) is None:
                missed.append(".".join(map(str, at)))
        for at in missed:
            print(f"{name:28} a changed {at} is not noticed")
        good = good and not missed
    print(f"{changes} changed values in {time.monotonic() - start:.1f} s: {'all noticed' if good else 'NOT all noticed'}")
    return good
