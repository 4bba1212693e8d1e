#!/usr/bin/env python3
"""Draws the demo party's portraits, and puts them into the party's files.

Each portrait is an engraved medallion: one emblem cut in paper on a hatched field. The shape of the frame tells the
kind (round: a player's character; four-lobed: a person the DM plays; eight-sided and dark: a monster), the colour and
the hatching tell the character. All of it is drawn here; nothing was traced or copied.

Needs `rsvg-convert` (librsvg2-bin) and, from PyPI, `pillow` and `blake3`. Run it anywhere:

    python3 demo/portraits/draw.py            draw all, and attach them to ../party/*.json
    python3 demo/portraits/draw.py NAME ...   only these
"""

import base64
import io
import json
import math
import pathlib
import subprocess
import sys

import blake3
from PIL import Image

sys.dont_write_bytecode = True
from emblems import EMBLEMS  # after the line that keeps its bytecode out of the tree

HERE = pathlib.Path(__file__).resolve().parent
PARTY = HERE.parent / "party"
SIZE = 512
LIMIT = 60_000
COLOURS = 64

# The palette of the interface's light theme.
PAPER, LEAF, INK = "#f6f1e7", "#fbf8f1", "#2a241d"
RULE_STRONG = "#b9ab91"
NIGHT = "#1e2025"


def polygon(n, radius, turn=0.0):
    """Gives the path of a regular polygon about the middle."""
    points = []
    for i in range(n):
        a = turn + 2 * math.pi * i / n
        points.append(f"{256 + radius * math.sin(a):.1f} {256 - radius * math.cos(a):.1f}")
    return "M" + "L".join(points) + "Z"


def circle(radius):
    return f"M{256 - radius} 256a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0Z"


def quatrefoil(radius):
    """Gives four lobes about a square, as in a tracery window."""
    lobe = radius * 0.56
    reach = radius - lobe
    d = ""
    for i in range(4):
        a = math.pi / 2 * i
        x, y = 256 + reach * math.sin(a), 256 - reach * math.cos(a)
        d += f"M{x - lobe:.1f} {y:.1f}a{lobe:.1f} {lobe:.1f} 0 1 0 {2 * lobe:.1f} 0a{lobe:.1f} {lobe:.1f} 0 1 0 {-2 * lobe:.1f} 0Z"
    side = reach
    # Down first, like the lobes: turned the other way it would cut itself out of them.
    return d + f"M{256 - side:.1f} {256 - side:.1f}v{2 * side:.1f}h{2 * side:.1f}v{-2 * side:.1f}Z"


def rays(count, inner, outer, share=0.5, cx=256, cy=256):
    """Gives tapering strokes from a point, broad at the rim, as a graver cuts a glory."""
    d = ""
    for i in range(count):
        a, half = 2 * math.pi * i / count, math.pi * share / count
        near = inner * (1 if i % 2 else 1.22)
        d += (
            f"M{cx + near * math.sin(a):.1f} {cy - near * math.cos(a):.1f}"
            f"L{cx + outer * math.sin(a - half):.1f} {cy - outer * math.cos(a - half):.1f}"
            f"L{cx + outer * math.sin(a + half):.1f} {cy - outer * math.cos(a + half):.1f}Z"
        )
    return d


def ticks(count, inner, outer, width, colour):
    out = ""
    for i in range(count):
        a = 2 * math.pi * i / count
        s, c = math.sin(a), math.cos(a)
        out += f"M{256 + inner * s:.1f} {256 - inner * c:.1f}L{256 + outer * s:.1f} {256 - outer * c:.1f}"
    return f'<path d="{out}" stroke="{colour}" stroke-width="{width}" fill="none"/>'


def spandrels(colour):
    """Draws a small trefoil with a curling stalk in each corner."""
    leaf = (
        '<g id="sp"><path d="M34 34C58 38 74 52 80 80C60 74 42 58 34 34Z"/>'
        '<path d="M92 34C84 42 72 46 60 42C68 32 80 30 92 34Z"/>'
        '<path d="M34 92C42 84 46 72 42 60C32 68 30 80 34 92Z"/></g>'
    )
    uses = "".join(
        f'<use href="#sp" transform="translate({x} {y}) scale({sx} {sy})"/>'
        for x, y, sx, sy in ((512, 0, -1, 1), (0, 512, 1, -1), (512, 512, -1, -1))
    )
    return f'<g fill="{colour}">{leaf}{uses}</g>'


def hatch(name, kind, colour, width, step=9):
    """Defines a pattern of engraved lines; the direction is the herald's sign for the tincture."""
    turn = {"pale": 0, "fess": 90, "bend": -45, "sinister": 45}[kind]
    return (
        f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><path d="M{step / 2} 0V{step}" stroke="{colour}" '
        f'stroke-width="{width}"/></pattern>'
    )


def medallion(emblem):
    """Gives the SVG of one portrait."""
    kind, field, light = emblem["kind"], emblem["field"], emblem["light"]
    if kind == "monster":
        outline, rim = polygon(8, 246, math.pi / 8), polygon(8, 216, math.pi / 8)
        ground, frame, corner = NIGHT, RULE_STRONG, "#4c4e55"
    elif kind == "npc":
        outline, rim = quatrefoil(246), quatrefoil(226)
        ground, frame, corner = LEAF, INK, RULE_STRONG
    else:
        outline, rim = circle(240), circle(206)
        ground, frame, corner = LEAF, INK, RULE_STRONG
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="{SIZE}" height="{SIZE}"><defs>',
        hatch("field", emblem["hatch"], light, 2.2, 10),
        hatch("shade", "sinister", INK, 2.2, 7),
        f'<clipPath id="in"><path d="{rim}"/></clipPath>',
    ]
    # Shade falls to the lower right: what the shape covers less the shape moved up and left.
    svg.append(f'<mask id="lee"><g fill="#fff">{emblem["shape"]}</g>')
    svg.append(f'<g fill="#000" transform="translate(-13 -9)">{emblem["shape"]}</g></mask></defs>')
    svg.append(f'<rect width="512" height="512" fill="{ground}"/>')
    svg.append(f'<path d="M14 14h484v484h-484Z" fill="none" stroke="{corner}" stroke-width="2"/>')
    svg.append(spandrels(corner))
    svg.append(f'<path d="{outline}" fill="{frame}"/>')
    if kind == "character":
        svg.append(f'<path d="{circle(234)}" fill="{PAPER}"/>')
        svg.append(ticks(120, 213, 227, 3, INK))
        svg.append(f'<path d="{circle(212)}" fill="{INK}"/>')
    elif kind == "npc":
        svg.append(f'<path d="{quatrefoil(241)}" fill="{PAPER}"/><path d="{quatrefoil(231)}" fill="{INK}"/>')
    else:
        svg.append(f'<path d="{polygon(8, 241, math.pi / 8)}" fill="{NIGHT}"/>')
        svg.append(f'<path d="{polygon(8, 222, math.pi / 8)}" fill="{RULE_STRONG}"/>')
        for i in range(8):
            a = math.pi / 8 + math.pi / 4 * i
            x, y = 256 + 231.5 * math.sin(a), 256 - 231.5 * math.cos(a)
            svg.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{RULE_STRONG}"/>')
    svg.append(f'<path d="{rim}" fill="{field}"/><g clip-path="url(#in)">')
    svg.append(f'<path d="{rim}" fill="url(#field)" opacity=".55"/>')
    if emblem.get("rays"):
        cx, cy, inner = emblem["rays"]
        svg.append(f'<path d="{rays(48, inner, 330, 0.62, cx, cy)}" fill="{light}"/>')
    svg.append(emblem.get("behind", ""))
    svg.append(f'<g fill="{emblem.get("body", LEAF)}" stroke="{INK}" stroke-width="9" stroke-linejoin="round" paint-order="stroke">{emblem["shape"]}</g>')
    svg.append('<rect width="512" height="512" fill="url(#shade)" mask="url(#lee)"/>')
    svg.append(f'<g fill="none" stroke="{INK}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">{emblem.get("lines", "")}</g>')
    svg.append(emblem.get("before", ""))
    svg.append("</g></svg>")
    return "".join(svg)


def png(svg):
    """Renders at twice the size, halves it and keeps few colours: crisp edges in few bytes."""
    zoom = ["rsvg-convert", "--zoom", "2", "--format", "png"]
    big = subprocess.run(zoom, input=svg.encode(), stdout=subprocess.PIPE, check=True).stdout
    image = Image.open(io.BytesIO(big)).convert("RGB").resize((SIZE, SIZE), Image.LANCZOS)
    # The method matters: a median cut would spend all its colours on the hatching and grey the flames.
    image = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def attach(name, data):
    """Puts a picture beside the character in its file, and its hash where the sheet names it."""
    path = PARTY / f"{name}.json"
    file = json.loads(path.read_text(encoding="utf-8"))
    digest = blake3.blake3(data).hexdigest()
    for character in file["characters"]:
        character["record"]["avatar"] = digest
        character["identity"].setdefault("appearance", {})["portrait"] = digest
    file["assets"] = {digest: base64.b64encode(data).decode("ascii")}
    path.write_text(json.dumps(file, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main():
    names = sys.argv[1:] or sorted(EMBLEMS)
    for name in names:
        data = png(medallion(EMBLEMS[name]))
        if len(data) >= LIMIT:
            sys.exit(f"{name}: {len(data)} bytes are more than {LIMIT}; use fewer colours")
        (HERE / f"{name}.png").write_bytes(data)
        if (PARTY / f"{name}.json").exists():
            attach(name, data)
        print(f"{name:20} {len(data):6} bytes")


if __name__ == "__main__":
    main()
