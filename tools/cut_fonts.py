"""Cut Source Serif 4 into the four font files of the theme.

Usage: python tools/cut_fonts.py PACKAGE [OUT]

PACKAGE is the unpacked npm package `@fontsource-variable/source-serif-4`; OUT is
templates/theme/assets/fonts/ unless named. Needs fontTools and brotli, which the
site itself does not need. The same package and versions give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = "0-FF 131 152-153 2BB-2BC 2C6 2DA 2DC 304 308 329 2000-206F 20AC 2122 2191 2193 2212 2215"
EXTENDED = (
    "100-130 132-151 154-2BA 2BD-2C5 2C7-2D9 2DB 2DD-2FF 304 308 329 1E00-1E9F 1EF2-1EFF "
    "20A0-20AB 20AD-20C0 2113 2C60-2C7F"
)
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "tnum", "pnum", "frac"]
FONTS = Path(__file__).resolve().parent.parent / "templates" / "theme" / "assets" / "fonts"


@dataclass(frozen=True, slots=True)
class Cut:
    """One file of the theme: which source, and how much of it stays."""

    name: str
    source: str
    """Middle of the source's file name."""
    weight: float | tuple[float, float]
    """One weight, or the ends of the axis that stays."""
    size: float
    """Optical size in points."""
    letters: str
    """Ranges of code points in hexadecimal."""


CUTS = (
    Cut("text", "latin-opsz-normal", (400, 600), 16, LATIN),
    Cut("display", "latin-opsz-normal", 500, 44, LATIN),
    Cut("italic", "latin-opsz-italic", 400, 18, LATIN),
    Cut("text-ext", "latin-ext-opsz-normal", (400, 600), 16, EXTENDED),
)


def code_points(ranges: str) -> list[int]:
    """Return the code points of ranges like `0-FF 131`."""
    found: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def cut(source: Path, plan: Cut) -> TTFont:
    """Return the font at `source` with its axes pinned and its glyphs reduced."""
    # The date inside the file stays that of the source, so that two runs agree.
    font = TTFont(source, recalcTimestamp=False)
    font = reread(instancer.instantiateVariableFont(font, {"wght": plan.weight, "opsz": plan.size}))
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=code_points(plan.letters))
    cutter.subset(font)
    font.flavor = "woff2"
    return font


def reread(font: TTFont) -> TTFont:
    """Return `font` as a reader of its file sees it."""
    # The instancer leaves out variations that became empty; the subsetter looks for them
    # in the font at hand, but not in one that was read from a file.
    stream = BytesIO()
    font.save(stream)
    return TTFont(BytesIO(stream.getvalue()), recalcTimestamp=False)


def main(arguments: list[str]) -> None:
    """Write the four files and the licence; print the size of each in bytes."""
    if len(arguments) not in {1, 2}:
        raise SystemExit(__doc__)
    package = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else FONTS
    out.mkdir(parents=True, exist_ok=True)
    for plan in CUTS:
        path = out / f"source-serif-4-{plan.name}.woff2"
        cut(package / "files" / f"source-serif-4-{plan.source}.woff2", plan).save(path)
        print(f"{path.name}: {path.stat().st_size} bytes")
    shutil.copyfile(package / "LICENSE", out / "OFL.txt")


if __name__ == "__main__":
    main(sys.argv[1:])
