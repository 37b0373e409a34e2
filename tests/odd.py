"""Collections at the edge of what people have: endless words, other scripts, next to nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

LONG = ("Brückenkettenprüfungsverfahrens" * 4)[:98]
"""A word of 98 letters."""
ADDRESS = f"https://example.org/{'a' * 160}"
_SUM = " + ".join(rf"\alpha_{{{n}}} \int_0^{{{n}}} f_{{{n}}}(x)\,dx" for n in range(1, 25))
_CROWD = "; ".join(f"Given{chr(97 + n % 26)} Family{chr(97 + n // 26)}" for n in range(45))

_PAPERS: tuple[Mapping[str, str], ...] = (
    {"title": "A"},
    {"title": LONG, "note": f"{LONG} {LONG}", "authors": f"Ada {LONG}; {LONG} Beispiel"},
    {
        "title": f"Streaming {LONG} on small phones",
        "authors": f"Ada {LONG}; {LONG} Beispiel",
        "abstract": LONG * 3,
    },
    {"title": "大規模言語モデルは何を知らないのかを自ら知っているか", "authors": "山田太郎; 王伟"},
    {
        "title": "多语言检索中的稀疏与稠密表示" * 3,
        "authors": "王伟; 山田太郎",
        "note": "一百种语言" * 40,
        "abstract": "我们比较稀疏与稠密的表示" * 60,
    },
    {
        "title": "كيف تتعلم الشبكات العصبية الاستماع إلى لغات كثيرة",
        "authors": "محمد علي; ليلى حسن; Ada Example",
        "note": "ملاحظة قصيرة عن الشبكات العصبية",
    },
    {
        "title": "שפה אחת ועוד אחת: mixed with English, and back עברית",
        "authors": "ليلى حسن; محمد علي",
        "abstract": "תקציר בעברית with words of English between them " * 12,
    },
    {
        "title": rf"Wide formulas such as ${_SUM}$ in a title",
        "abstract": rf"It holds that \[ {_SUM} = 0 \] and inline ${_SUM}$ too, at {ADDRESS}.",
        "authors": "Ada Example",
    },
    {"title": "Signed by many", "authors": _CROWD, "venue": LONG, "published": "2023"},
    {"title": "Of all the places " * 30, "code": ADDRESS, "doi": f"10.1234/{'b' * 120}"},
    {"title": "An empty abstract", "abstract": "", "published": "1987-05", "arxiv": "2401.00001"},
)
_SETTINGS = """\
site_name: {name}
site_description: {about}
site_url: https://odd.example/
theme: {{name: material, font: false}}
plugins:
  - offprint: {{feed_id: "tag:odd.example,2025:x"}}
validation: {{omitted_files: info}}
"""


def odd(root: Path) -> Path:
    """Build a collection without a date, of one topic, at `root`; return its site."""
    write_odd(root)
    return _built(root)


def write_odd(root: Path) -> None:
    """Write that collection."""
    _write(root, LONG, f"Papers with {LONG}")
    _digest(root / "digests" / "one.md", f"A digest with {LONG}", _PAPERS)
    again = [{"title": f"{LONG}, again"}, {"title": "Ada again", "authors": "Ada Example"}]
    _digest(root / "digests" / "two.md", "第二回のまとめ", [*again, _PAPERS[3]])
    topic = {"name": f"{LONG} learning", "scope": f"All on {LONG}.", "keywords": ["formulas", LONG]}
    topics = json.dumps({"topics": [topic]}, ensure_ascii=False)
    (root / "topics.yml").write_text(topics, encoding="utf-8")


def bare(root: Path) -> Path:
    """Build a collection of one title, without topics, at `root`; return its site."""
    write_bare(root)
    return _built(root)


def write_bare(root: Path) -> None:
    """Write that collection."""
    _write(root, "B", "")
    (root / "digests" / "x.md").write_text("## Alone\n", encoding="utf-8")


def _write(root: Path, name: str, about: str) -> None:
    (root / "digests").mkdir(parents=True)
    settings = _SETTINGS.format(name=json.dumps(name), about=json.dumps(about))
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")


def _digest(path: Path, title: str, papers: Iterable[Mapping[str, str]]) -> None:
    head = {"title": title, "curator": LONG, "intro": f"{LONG} and more.", "source": ADDRESS}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    parts = ["---", *lines, "---", ""]
    for paper in papers:
        facts = [f"- {key}: {paper[key]}" for key in paper if key not in {"title", "note"}]
        parts += [f"## {paper['title'].strip()}", "", paper.get("note", ""), "", *facts, ""]
    path.write_text("\n".join(parts), encoding="utf-8")


def _built(root: Path) -> Path:
    command = [sys.executable, "-m", "generator", "build", "-C", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"
