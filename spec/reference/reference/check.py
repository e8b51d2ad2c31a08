"""Compares what this implementation computes with the files, and shows that a changed file would be noticed."""

import contextlib
import copy
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .primitives import Refused

Way = tuple[Any, ...]


@dataclass
class Handler:
    """Computes the output of a case from its input and from what the sides drew at random.

    From which generator something was drawn is no part of the protocol, so it is taken from the output of the vector:
    the fields with the names in `drawn`, wherever they are. All other fields are only compared.
    """

    compute: Callable[[dict, Any], dict]
    drawn: tuple[str, ...] = ()


def leaves(value: Any, at: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every single value in a tree of JSON, with the way to it."""
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(child, (*at, key))
    else:
        yield at, value


def only_drawn(value: Any, names: tuple[str, ...]) -> Any:
    """The tree without all that must be computed."""
    if isinstance(value, list):
        return [only_drawn(child, names) for child in value]
    if not isinstance(value, dict):
        return None
    pruned = {name: child if name in names else only_drawn(child, names) for name, child in value.items()}
    return {name: child for name, child in pruned.items() if child is not None}


def computed(handler: Handler, case: dict) -> Any:
    """The output, or a text that says why there is none."""
    given, expected = copy.deepcopy((case["input"], case["output"]))
    try:
        return handler.compute(given, only_drawn(expected, handler.drawn))
    except Refused as refusal:
        return {"error": str(refusal)} if set(expected) == {"error"} else f"refused: {refusal}"
    except (ValueError, KeyError, IndexError, AssertionError, TypeError, OverflowError, AttributeError) as error:
        return f"cannot be computed: {type(error).__name__}: {error}"


def problem_of(expected: Any, ours: Any) -> str | None:
    """How an output differs; None if it does not."""
    if isinstance(ours, str):
        return ours
    # Other implementations only need to refuse; why is said in the words of each.
    if ours == expected or set(expected) == set(ours) == {"error"}:
        return None
    left, right = dict(leaves(ours)), dict(leaves(expected))
    ways = sorted(left.keys() | right.keys(), key=str)
    different = [".".join(map(str, at)) for at in ways if left.get(at) != right.get(at)]
    return f"differs in {', '.join(different[:12]) or 'form'}"


def files(folder: Path, handlers: dict[str, Handler]) -> dict[str, list[dict]]:
    found = {path.name: json.loads(path.read_text())["cases"] for path in sorted(folder.glob("*.json"))}
    for name in sorted(handlers.keys() ^ found.keys()):
        what = "is missing" if name in handlers else "is a file that this implementation does not know"
        raise SystemExit(f"reference: {name} {what}; every file of vectors needs a line in reference/__main__.py")
    return found


def check_folder(folder: Path, handlers: dict[str, Handler]) -> bool:
    good, all_values, start = True, 0, time.monotonic()
    for name, cases in files(folder, handlers).items():
        problems = []
        for case in cases:
            problem = problem_of(case["output"], computed(handlers[name], case))
            if problem:
                problems.append(f'case "{case["name"]}" {problem}')
        values = sum(1 for case in cases for _ in leaves(case["output"]))
        all_values += values
        if not problems and cases:
            print(f"{name:28} {len(cases):4} cases, {values:5} values agree")
        for problem in problems or ([] if cases else ["has no cases"]):
            print(f"{name:28} {problem}")
        good = good and not problems and bool(cases)
    print(f"{all_values} values in {time.monotonic() - start:.1f} s: {'all agree' if good else 'NOT all agree'}")
    return good


def changed(value: Any) -> Any:
    """A value that differs in its first character, or by one."""
    if isinstance(value, str) and value:
        return ("1" if value[0] == "0" else "0") + value[1:]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "00"


def put(tree: Any, at: Way, value: Any) -> None:
    for key in at[:-1]:
        tree = tree[key]
    tree[at[-1]] = value


def notices_nothing(folder: Path, handlers: dict[str, Handler]) -> bool:
    """Whether a copy of the folder passes although one byte of one file is another."""
    with tempfile.TemporaryDirectory() as copy_of:
        for path in folder.glob("*.json"):
            text = path.read_text()
            if path.name == "hs1.json":
                at = text.index('"th4": "') + len('"th4": "')
                text = text[:at] + changed(text[at]) + text[at + 1 :]
            (Path(copy_of) / path.name).write_text(text)
        with contextlib.redirect_stdout(io.StringIO()):
            return check_folder(Path(copy_of), handlers)


def selftest(folder: Path, handlers: dict[str, Handler]) -> bool:
    """Changes every value of the first case of each file, one at a time: each must be noticed. And one in a file."""
    good, changes, start = True, 0, time.monotonic()
    for name, cases in files(folder, handlers).items():
        handler, case = handlers[name], cases[0]
        ours = computed(handler, case)
        missed = []
        for at, value in leaves({"input": case["input"], "output": case["output"]}):
            # What our machines draw from; others take what was drawn.
            if at[0] == "input" and str(at[-1]).endswith("_seed"):
                continue
            other = copy.deepcopy(case)
            put(other, at, changed(value))
            # Only a change of what is computed from makes another result.
            again = at[0] == "input" or any(key in handler.drawn for key in at)
            changes += 1
            if problem_of(other["output"], computed(handler, other) if again else ours) is None:
                missed.append(".".join(map(str, at)))
        for at in missed:
            print(f"{name:28} a changed {at} is not noticed")
        good = good and not missed
    if notices_nothing(folder, handlers):
        print("a folder with a changed file passes")
        good = False
    print(f"{changes} changed values in {time.monotonic() - start:.1f} s: {'all noticed' if good else 'NOT all noticed'}")
    return good
