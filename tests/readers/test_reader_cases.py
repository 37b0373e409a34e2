"""Golden cases: one file of a digest in a folder, and what its reader makes of it.

A new case is a folder with the input; `--update-golden` writes its expected.json.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import readers
from generator.models import Source

CASES = Path(__file__).parent.parent / "cases" / "readers"
EXPECTED = "expected.json"


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it, without what is unknown or empty."""
    if is_dataclass(value):
        pairs = ((one.name, plain(getattr(value, one.name))) for one in fields(value))
        return {name: found for name, found in pairs if found not in (None, "", [], {})}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def inputs(case: Path) -> list[Path]:
    return sorted(path for path in case.iterdir() if path.name != EXPECTED)


def reading(case: Path) -> str:
    """Return what the readers make of the case, as text for comparing."""
    (file,) = inputs(case)
    source = Source(f"digests/{file.name}", file.read_bytes())
    found = readers.read(source, readers.Defaults(), readers.installed())
    report = {**plain(found), "entries": found.entries, "read": found.read}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, update_golden: bool) -> None:
    """The file is read as expected.json says, problems included."""
    found = reading(case)
    if update_golden:
        (case / EXPECTED).write_text(found, encoding="utf-8")
    assert found == (case / EXPECTED).read_text(encoding="utf-8")


def test_every_case_is_used() -> None:
    """Each folder holds one input and its expectation, and nothing lies about unused."""
    unused = [
        path.relative_to(CASES).as_posix()
        for path in sorted(CASES.iterdir())
        if not path.is_dir() or len(inputs(path)) != 1 or not (path / EXPECTED).is_file()
    ]
    assert unused == []


def test_every_installed_reader_has_cases() -> None:
    """Each is shown to work, and each is shown something that it cannot use."""
    cases = [json.loads((case / EXPECTED).read_text("utf-8")) for case in CASES.iterdir()]
    for name in readers.installed():
        own = [case for case in cases if case.get("format") == name]
        assert any(case["read"] for case in own)
        assert any(p["severity"] == "error" for case in own for p in case.get("problems", []))
