"""The emblems of the demo party's portraits: what stands in each medallion.

An emblem names the frame's `kind`, the colour and hatching of the field, the `shape` (filled, outlined and shaded as
one), the `lines` engraved on it, and what lies `behind` and `before` it. The middle is at 256, 256.
"""

import math

INK, LEAF = "#2a241d", "#fbf8f1"
MADDER, FEN, DUSK, OCHRE = "#9b2d20", "#3f6b45", "#3d4f86", "#a8650c"
GLOW = "#9fb0ea"


def path(d, **attributes):
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<path d="{d}"{extra}/>'


def mirror(svg):
    """Gives a half and its image across the middle."""
    return f'<g>{svg}</g><g transform="translate(512 0) scale(-1 1)">{svg}</g>'


def waves(top, rows, colour, step=22, width=5):
    """Draws water: rows of shallow curls, each row half a curl on."""
    d = ""
    for row in range(rows):
        y, x = top + row * step, -40 + (row % 2) * 32
        d += f"M{x} {y}" + "".join("q16 -11 32 0q16 9 32 0" for _ in range(10))
    return path(d, fill="none", stroke=colour, stroke_width=width, stroke_linecap="round")


def reed(x, base, height, lean, colour, head=True):
    tip, top = x + lean, base - height
    svg = path(f"M{x} {base}Q{x + lean * 0.2:.0f} {base - height * 0.6:.0f} {tip} {top}", fill="none", stroke=colour, stroke_width=7, stroke_linecap="round")
    if head:
        turn = math.degrees(math.atan2(lean * 0.8, height * 0.5))
        svg += f'<ellipse cx="{tip}" cy="{top}" rx="9" ry="30" fill="{colour}" transform="rotate({turn:.0f} {tip} {top})"/>'
        svg += path(f"M{tip} {top - 28}l{lean * 0.12:.0f} -22", stroke=colour, stroke_width=4, stroke_linecap="round")
    return svg


def blade(x, base, height, lean, colour):
    """Draws one long leaf of sedge."""
    return path(f"M{x - 8} {base}Q{x - 4 + lean * 0.2:.0f} {base - height * 0.6:.0f} {x + lean} {base - height}Q{x + 10 + lean * 0.3:.0f} {base - height * 0.5:.0f} {x + 9} {base}Z", fill=colour)


def flame(x, bottom, size):
    """Gives the path of a flame that leans a little."""
    s = size
    return (
        f"M{x - 0.06 * s:.1f} {bottom - s:.1f}C{x + 0.10 * s:.1f} {bottom - 0.76 * s:.1f} {x + 0.36 * s:.1f} {bottom - 0.62 * s:.1f} {x + 0.33 * s:.1f} {bottom - 0.3 * s:.1f}"
        f"C{x + 0.31 * s:.1f} {bottom - 0.1 * s:.1f} {x + 0.16 * s:.1f} {bottom:.1f} {x:.1f} {bottom:.1f}C{x - 0.2 * s:.1f} {bottom:.1f} {x - 0.34 * s:.1f} {bottom - 0.13 * s:.1f} {x - 0.33 * s:.1f} {bottom - 0.34 * s:.1f}"
        f"C{x - 0.32 * s:.1f} {bottom - 0.5 * s:.1f} {x - 0.2 * s:.1f} {bottom - 0.54 * s:.1f} {x - 0.19 * s:.1f} {bottom - 0.7 * s:.1f}"
        f"C{x - 0.12 * s:.1f} {bottom - 0.66 * s:.1f} {x - 0.08 * s:.1f} {bottom - 0.6 * s:.1f} {x - 0.07 * s:.1f} {bottom - 0.54 * s:.1f}"
        f"C{x + 0.02 * s:.1f} {bottom - 0.66 * s:.1f} {x + 0.02 * s:.1f} {bottom - 0.84 * s:.1f} {x - 0.06 * s:.1f} {bottom - s:.1f}Z"
    )


def heron():
    body = (
        "M112 170L196 140C206 127 234 127 243 145C262 145 282 142 300 134C288 152 268 162 246 164C254 190 240 212 230 230"
        "C222 248 232 258 254 260C306 266 348 298 388 360C370 352 356 348 342 347C350 356 356 364 360 376C334 362 310 356 288 352"
        "C248 346 212 322 205 282C199 250 198 234 212 208C222 190 222 178 212 168Z"
    )
    legs = "M258 346L262 356L254 398L258 452L268 452L265 398L274 352ZM284 350L300 384L266 396L264 404L312 388L298 350Z"
    return dict(
        kind="character", field=FEN, light="#5d8a62", hatch="bend", rays=None,
        behind=f'<circle cx="318" cy="176" r="92" fill="#e3ecdc"/><circle cx="318" cy="176" r="80" fill="none" stroke="{FEN}" stroke-width="3"/>'
        + blade(92, 470, 190, 26, "#25432b") + reed(128, 470, 210, -14, "#1d3422") + blade(150, 470, 120, -24, "#25432b")
        + blade(420, 470, 170, -30, "#25432b") + reed(396, 470, 178, 22, "#1d3422") + reed(430, 470, 130, 12, "#1d3422"),
        shape=path(body) + path(legs),
        lines=path("M222 148h1", stroke_width=10) + path("M262 276C292 284 322 306 344 334M250 294C280 300 300 316 316 336M240 312C258 318 272 326 284 338", stroke_width=4)
        + path("M218 214C208 240 208 262 216 286", stroke_width=4) + path("M228 138C250 138 268 142 288 138", stroke_width=4),
        before=waves(446, 4, "#cfe0cb", 18, 4),
    )


def drum():
    shell = "M142 246C142 276 370 276 370 246V362C370 398 142 398 142 362Z"
    head = "M136 240C136 196 376 196 376 240C376 284 136 284 136 240Z"
    stick = "M118 92C130 84 146 92 146 106C146 112 144 116 140 120L300 300L286 312L128 130C116 130 106 116 118 92Z"
    zig = "M148 268L180 380L214 280L256 388L298 280L332 380L364 268"
    return dict(
        kind="character", field=MADDER, light="#b95a4c", hatch="pale", rays=(256, 206, 120),
        behind=f'<g fill="{LEAF}" stroke="{INK}" stroke-width="9" paint-order="stroke" stroke-linejoin="round">{mirror(path(stick))}</g>',
        shape=path(shell) + path(head),
        lines=path("M142 262C160 292 352 292 370 262M142 350C160 380 352 380 370 350", stroke_width=6) + path(zig, stroke_width=4.5)
        + path("M150 238C152 208 360 208 362 238C360 268 152 268 150 238Z", stroke_width=3.5),
        before=path(flame(256, 256, 42).replace("Z", "Z"), fill=MADDER, transform="translate(0 -2)")
        + "".join(f'<rect x="{x - 6}" y="{y}" width="12" height="20" rx="3" fill="{INK}"/>' for x, y in ((180, 352), (256, 364), (332, 352))),
    )


def stones():
    axe = (
        "M245 140L256 124L267 140V186C292 186 316 168 326 138C360 174 360 258 326 294C316 264 292 246 267 246V398H272V424H240V398H245V246"
        "C220 246 196 264 186 294C152 258 152 174 186 138C196 168 220 186 245 186Z"
    )
    small = "translate(256 248) scale(.87) translate(-256 -256)"
    ring, runes = "", ""
    marks = ["M0 -13V13M0 -13L10 -3", "M-8 -12V12M8 -12V12M-8 0L8 0", "M0 -13V13M0 -4L10 -12M0 6L10 -2", "M-8 12L0 -12L8 12", "M-8 -12L8 12M8 -12L-8 12",
             "M-6 -13V13M-6 -13L8 -4L-6 4", "M0 -13V13M-9 -6L0 -13L9 -6", "M-8 12V-12L8 12V-12", ""]
    for i in range(9):
        a = 2 * math.pi * i / 9
        x, y = 256 + 163 * math.sin(a), 256 - 163 * math.cos(a)
        tilt = (-9, 14, -20, 6, 25, -12, 9, -5, 17)[i]
        ring += path("M-30 6C-32 -16 -14 -29 6 -27C26 -25 34 -8 30 10C26 26 8 28 -8 26C-22 25 -29 18 -30 6Z", transform=f"translate({x:.1f} {y:.1f}) rotate({tilt})")
        if marks[i]:
            runes += path(marks[i], transform=f"translate({x:.1f} {y:.1f}) rotate({tilt / 2:.0f})", stroke_width=4.5)
    return dict(
        kind="character", field=OCHRE, light="#c48a35", hatch="sinister",
        behind=f'<circle cx="256" cy="250" r="113" fill="#6f430a" stroke="{INK}" stroke-width="5"/>',
        shape=path(axe, transform=small) + ring,
        lines=runes + f'<g transform="{small}">' + path("M184 164C168 194 168 238 184 268M328 164C344 194 344 238 328 268", stroke_width=4) + path("M200 186C212 200 230 206 245 207M200 246C212 232 230 226 245 225M312 186C300 200 282 206 267 207M312 246C300 232 282 226 267 225", stroke_width=3.5)
        + path("M245 270L267 280M245 286L267 296M245 302L267 312M245 370H267M245 384H267", stroke_width=4) + '</g>',
    )


def hammer():
    shield = "M128 118H384V254C384 336 322 384 256 420C190 384 128 336 128 254Z"
    tool = "M176 172C206 164 228 164 240 170H272C284 164 306 164 336 172V236C306 244 284 244 272 238V378L256 392L240 378V238C228 244 206 244 176 236Z"
    links = ""
    for i in range(20):
        a = 2 * math.pi * i / 20
        x, y = 256 + 188 * math.sin(a), 256 - 188 * math.cos(a)
        links += f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{24 if i % 2 else 19}" ry="{11 if i % 2 else 5}" fill="none" stroke="#c7cfe8" stroke-width="6" transform="rotate({math.degrees(a):.1f} {x:.1f} {y:.1f})"/>'
    coin = lambda x, y: f'<circle cx="{x}" cy="{y}" r="21" fill="{DUSK}" stroke="{INK}" stroke-width="5"/>' + path(f"M{x - 7} {y - 7}h14v14h-14Z", fill=LEAF, stroke=INK, stroke_width=4)
    return dict(
        kind="character", field=DUSK, light="#5f70a6", hatch="fess",
        behind=links + path(shield, fill="#c7cfe8", stroke=INK, stroke_width=9, stroke_linejoin="round")
        + path("M144 134H368V254C368 326 314 368 256 401C198 368 144 326 144 254Z", fill="none", stroke=DUSK, stroke_width=4),
        shape=path(tool),
        lines=path("M188 184V226M200 182V228M312 182V228M324 184V226", stroke_width=4) + path("M240 262L272 274M240 282L272 294M240 302L272 314M240 322L272 334M240 342L272 354", stroke_width=4),
        before=coin(194, 288) + coin(318, 288) + path(flame(256, 158, 50), fill=OCHRE, stroke=INK, stroke_width=5, paint_order="stroke"),
    )


def lyre():
    horn = (
        "M256 404C196 404 160 372 162 326C164 288 196 268 198 226C200 190 176 166 132 158C150 146 176 138 198 146"
        "C230 158 242 188 238 226C234 266 204 290 204 324C204 350 224 364 256 364Z"
    )
    bar = "M170 206C196 192 316 192 342 206V224C316 210 196 210 170 224Z"
    strings = "".join(f"M{x} 208V{y}" for x, y in ((226, 366), (241, 370), (256, 372), (271, 370), (286, 366)))
    return dict(
        kind="character", field="#6d2338", light="#8f4257", hatch="pale", rays=(256, 250, 150),
        behind="",
        shape=mirror(path(horn)) + path(bar) + path("M222 362H290V404H222Z") + path("M236 400H276L296 436H216Z"),
        lines=path(strings, stroke=INK, stroke_width=3.5) + path("M148 158C168 162 186 170 198 186M364 158C344 162 326 170 314 186", stroke_width=3.5)
        + path("M184 312C178 340 190 362 214 378M328 312C334 340 322 362 298 378", stroke_width=3.5) + path("M232 386H280", stroke_width=4),
        before=path(flame(256, 190, 92), fill="#e2a15a", stroke=INK, stroke_width=8, paint_order="stroke", stroke_linejoin="round") + path(flame(257, 184, 46), fill=LEAF),
    )


def badger():
    head = (
        "M256 116C300 112 330 122 350 138C366 118 398 124 398 152C398 174 384 188 370 190C380 224 366 262 334 294"
        "C310 318 296 338 284 350C274 360 238 360 228 350C216 338 202 318 178 294C146 262 132 224 142 190C128 188 114 174 114 152C114 124 146 118 162 138C182 122 212 112 256 116Z"
    )
    stripe = "M226 122C196 124 172 136 160 158C152 190 166 232 196 262C212 278 226 306 230 332C240 300 232 262 224 236C214 206 212 158 226 122Z"
    book = "M256 398C226 376 160 372 104 386V446C160 432 226 436 256 458C286 436 352 432 408 446V386C352 372 286 376 256 398Z"
    lens = lambda x: f'<circle cx="{x}" cy="222" r="35" fill="{LEAF}" fill-opacity=".16" stroke="#e2c27a" stroke-width="8"/>'
    return dict(
        kind="character", field="#2f3d69", light="#53649a", hatch="fess", rays=(256, 236, 168),
        behind="",
        shape=path(head) + path(book),
        lines=path("M256 398V456", stroke_width=5) + path("M124 400C166 390 212 394 240 410M124 416C166 406 212 410 240 426M388 400C346 390 300 394 272 410M388 416C346 406 300 410 272 426", stroke_width=3.5),
        before=mirror(path(stripe, fill=INK) + path("M136 152C136 140 148 136 156 142C146 150 142 160 144 172C138 168 136 160 136 152Z", fill=INK)
                      + path("M176 300C188 304 198 310 206 318M190 316C198 318 206 324 212 330", stroke=INK, stroke_width=3, fill="none", stroke_linecap="round"))
        + "".join(f'<circle cx="{x}" cy="222" r="10" fill="{LEAF}"/><circle cx="{x}" cy="222" r="6" fill="{INK}"/>' for x in (204, 308))
        + path("M232 330C236 316 276 316 280 330C280 342 266 350 256 350C246 350 232 342 232 330Z", fill=INK) + path("M244 328C248 324 256 324 260 327", stroke=LEAF, stroke_width=3, fill="none", stroke_linecap="round")
        + lens(204) + lens(308) + path("M238 216Q256 204 274 216", stroke="#e2c27a", stroke_width=8, fill="none") + path("M170 216L140 206M342 216L372 206", stroke="#e2c27a", stroke_width=7, stroke_linecap="round"),
    )


def lantern():
    frame = "M206 196L222 168H290L306 196ZM200 196H312V212H200ZM200 318H312V334H200ZM212 334H300L308 350H204Z"
    posts = "M206 212H218V318H206ZM294 212H306V318H294Z"
    boat = "M142 362C176 380 336 380 370 362C364 396 342 412 318 414H194C170 412 148 396 142 362Z"
    return dict(
        kind="npc", field="#40566b", light="#5c7489", hatch="fess", rays=(256, 264, 96),
        behind=path("M256 92V144", stroke=INK, stroke_width=9) + path("M256 168C236 168 236 140 256 140C276 140 276 168 256 168", fill="none", stroke=INK, stroke_width=8)
        + path("M218 212H294V318H218Z", fill="#c9d4f4") + path("M346 84L360 440", stroke=INK, stroke_width=17, stroke_linecap="round") + path("M346 84L360 440", stroke="#d8c7a0", stroke_width=8, stroke_linecap="round")
        + path("M348 104C322 72 276 72 256 96", fill="none", stroke=INK, stroke_width=9, stroke_linecap="round"),
        shape=path(frame) + path(posts) + path(boat),
        lines=path("M150 378C190 396 322 396 362 378", stroke_width=4) + path("M204 398L202 412M256 400V412M308 398L310 412", stroke_width=4) + path("M224 182H288", stroke_width=4),
        before=path(flame(256, 312, 88), fill="#6d86d6", stroke=INK, stroke_width=6, paint_order="stroke") + path(flame(257, 308, 42), fill=LEAF) + waves(412, 5, "#c9d4de", 18, 5),
    )


def bell():
    shape = "M256 130C308 130 330 170 334 222C338 276 350 304 376 328V352H136V328C162 304 174 276 178 222C182 170 204 130 256 130Z"
    crown = "M238 132V112C238 96 274 96 274 112V132Z"
    return dict(
        kind="npc", field="#7a4a12", light="#99692c", hatch="bend", rays=(256, 250, 150),
        behind=path("M250 30C262 52 248 74 256 108", fill="none", stroke=INK, stroke_width=15) + path("M250 30C262 52 248 74 256 108", fill="none", stroke="#e8d6ac", stroke_width=7)
        + path("M256 360C244 400 268 430 254 490", fill="none", stroke=INK, stroke_width=15) + path("M256 360C244 400 268 430 254 490", fill="none", stroke="#e8d6ac", stroke_width=7)
        + f'<circle cx="256" cy="364" r="24" fill="{LEAF}" stroke="{INK}" stroke-width="8"/>',
        shape=path(crown) + path(shape),
        lines=path("M180 226C206 238 306 238 332 226M182 206C206 218 306 218 330 206", stroke_width=4.5) + path("M146 332H366", stroke_width=5) + path("M256 250C236 250 228 270 238 284C246 296 246 302 244 312H268C266 302 266 296 274 284C284 270 276 250 256 250Z", stroke_width=4.5)
        + path("M206 160C198 176 196 188 195 196", stroke_width=4),
        before=waves(392, 5, "#efe0bd", 20, 5),
    )


def wisp():
    rings = "".join(f'<circle cx="256" cy="262" r="{r}" fill="none" stroke="#5a6cae" stroke-width="{w}" stroke-dasharray="{a} {b}" transform="rotate({t} 256 262)"/>'
                    for r, w, a, b, t in ((128, 3, 40, 14, 0), (148, 3, 30, 18, 20), (170, 2.5, 24, 24, 45), (192, 2, 16, 30, 70)))
    return dict(
        kind="monster", field="#1b2440", light="#2c3a66", hatch="fess",
        behind=rings, body="#dfe7ff",
        shape=path(flame(256, 402, 290)),
        lines="",
        before=path(flame(254, 396, 206), fill=GLOW) + path(flame(255, 398, 128), fill="#dfe7ff")
        + path("M214 340Q226 354 240 342M272 342Q286 354 298 340", fill="none", stroke=INK, stroke_width=6, stroke_linecap="round")
        + path("M218 350L214 358M228 353V361M284 353V361M294 350L298 358", stroke=INK, stroke_width=3, stroke_linecap="round") + f'<ellipse cx="257" cy="372" rx="7" ry="9" fill="{INK}"/>'
        + "".join(blade(x, 480, h, lean, "#090d1a") for x, h, lean in ((96, 150, 30), (186, 96, -18), (204, 60, 20), (416, 140, -34), (322, 90, 18), (300, 56, -14))) + reed(148, 480, 178, -18, "#090d1a") + reed(366, 480, 150, 22, "#090d1a")
        + waves(430, 3, "#5a6cae", 20, 4),
    )


def helm():
    face = "M164 190C164 132 206 110 256 108C306 110 348 132 348 190V296C348 338 316 380 256 416C196 380 164 338 164 296Z"
    crown = "M160 152L146 84L190 118L214 66L256 108L298 66L322 118L366 84L352 152C320 136 192 136 160 152Z"
    coins = "".join(path(f"M{x - 15} {y - 15}h30v30h-30Z", fill="#8d8878", stroke=INK, stroke_width=5, transform=f"rotate({(x * 7 + y) % 11 - 5} {x} {y})")
                    + path(f"M{x - 5} {y - 5}h10v10h-10Z", fill=INK) for y, xs in ((400, (110, 146, 366, 402)), (432, (96, 130, 164, 198, 314, 348, 382, 416)), (464, (148, 182, 216, 250, 284, 318, 352))) for x in xs)
    slit = "M184 214C204 206 226 208 244 220V232C226 226 204 226 184 234Z"
    holes = "".join(f'<circle cx="{x}" cy="{y}" r="6" fill="{INK}"/>' for y in (286, 308, 330) for x in (204, 226))
    return dict(
        kind="monster", field="#33261f", light="#4d3a2e", hatch="sinister", rays=(256, 240, 170),
        behind=coins, body="#cfc8b6",
        shape=path(face) + path(crown),
        lines=path("M256 150V408", stroke_width=7) + path("M168 196C200 184 312 184 344 196M168 254C200 246 312 246 344 254", stroke_width=5),
        before=mirror(path(slit, fill=INK) + f'<ellipse cx="220" cy="220" rx="9" ry="7" fill="{GLOW}"/><circle cx="220" cy="220" r="3.500" fill="{LEAF}"/>' + holes)
        + "".join(f'<circle cx="{x}" cy="{y}" r="7" fill="{GLOW}" stroke="{INK}" stroke-width="4"/>' for x, y in ((214, 116), (298, 116), (256, 122))),
    )


def aboleth():
    head = "M256 92C318 96 356 150 356 222C356 292 322 336 296 362C282 376 230 376 216 362C190 336 156 292 156 222C156 150 194 96 256 92Z"
    arm = (
        "M176 306C140 330 96 318 92 278C88 246 118 226 142 240C160 252 156 278 138 280C132 280 126 276 126 270C116 286 134 300 152 292C176 280 172 238 142 224"
        "C104 206 62 238 68 286C74 338 130 362 186 336Z"
    )
    low = (
        "M206 350C196 386 160 404 132 388C110 374 114 342 138 340C152 340 160 354 152 364C148 368 142 368 138 364C138 378 158 384 170 370C184 350 166 324 138 326"
        "C104 328 90 374 120 400C156 430 214 412 232 366Z"
    )
    fin = "M196 132C178 104 172 92 174 70C190 82 206 88 224 104ZM168 178C146 164 136 152 132 132C152 138 168 142 184 150ZM158 222C136 216 122 208 112 192C134 190 150 192 166 196Z"
    beard = (
        "M220 344C216 372 206 392 214 416C220 432 238 428 236 416C228 412 230 396 236 380C238 398 244 412 242 434C242 452 266 456 270 438C264 432 268 408 276 384"
        "C282 398 276 412 284 424C294 434 306 422 300 410C294 392 296 368 292 344Z"
    )
    eye = lambda y, w, h: (
        path(f"M{256 - w} {y}Q256 {y - h} {256 + w} {y}Q256 {y + h} {256 - w} {y}Z", fill="#e9e2d3", stroke=INK, stroke_width=6)
        + f'<ellipse cx="256" cy="{y}" rx="{h * 0.52:.0f}" ry="{h * 0.5:.0f}" fill="{MADDER}"/><ellipse cx="256" cy="{y}" rx="{h * 0.16:.0f}" ry="{h * 0.48:.0f}" fill="{INK}"/>'
    )
    return dict(
        kind="monster", field="#16302c", light="#24504a", hatch="fess", rays=None,
        behind="".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="#4f8b80" stroke-width="4"/>' for x, y, r in ((116, 130, 13), (142, 96, 7), (398, 142, 10), (376, 104, 15), (420, 196, 6), (92, 178, 7))),
        body="#7fb0a2",
        shape=mirror(path(arm) + path(low) + path(fin)) + path(beard) + path(head),
        lines=path("M176 180C170 220 176 262 194 296M190 160C182 214 190 268 212 312M336 180C342 220 336 262 318 296M322 160C330 214 322 268 300 312", stroke_width=4)
        + path("M214 338C232 326 280 326 298 338", stroke_width=5),
        before=eye(150, 44, 30) + eye(214, 54, 38) + eye(284, 42, 30),
    )


EMBLEMS = {
    "sorrel-quickfen": heron(),
    "pim-tallowick": drum(),
    "oru-nine-stones": stones(),
    "gudrun-stonewake": hammer(),
    "vesper-lacklight": lyre(),
    "ottoline-marrowick": badger(),
    "old-hask": lantern(),
    "merrin-vole": bell(),
    "hask-light": wisp(),
    "ser-odrun": helm(),
    "the-bell-below": aboleth(),
}
