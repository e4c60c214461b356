"""The picture's style rules, made from the tables in ``looks.py`` and ``sizes.py`` so that no renderer can differ.

``python -m storybook.swimlane.style`` prints them for ``frontend/src/picture-looks.css``; a test keeps that file equal.
"""

from __future__ import annotations

from collections.abc import Iterator

from .geometry import Width
from .looks import FAMILIES, INKS, PAINTS, TOKENS, WATERMARK, Paint
from .marks import FADES
from .roles import Role
from .sizes import SIZES

FONT = '"Atkinson Hyperlegible Next","Atkinson Hyperlegible",Verdana,"DejaVu Sans",sans-serif'


def page_css() -> str:
    """For pages: colours in light, dark (by the reader's setting, or ``data-theme``) and print."""
    dark = f":root:not([data-theme=light]){{{_tokens(1)}}}"
    return "\n".join([
        f":root{{{_tokens(0)}}}",
        f"@media (prefers-color-scheme:dark){{{dark}}}",
        f":root[data-theme=dark]{{{_tokens(1)}}}",
        f"@media print{{:root,:root[data-theme]{{{_tokens(2)}}}}}",
        *rules(),
    ])  # fmt: skip


def file_css() -> str:
    """For a file of its own: light colours, and print ones on paper."""
    return "\n".join([f"svg{{{_tokens(0)}}}", f"@media print{{svg{{{_tokens(2)}}}}}", *rules()])


def rules() -> Iterator[str]:
    """Rules that are the same everywhere."""
    # As wide as it was measured: letters side by side, at any zoom.
    yield ".swimlane text,.picture-live text{font-kerning:none;text-rendering:geometricPrecision}"
    yield f".swimlane text{{font-family:{FONT};fill:var(--sw-ink)}}"
    yield ".sw-paper{fill:var(--sw-paper)}.sw-ring{fill:transparent;stroke:none}"
    for look, paint in PAINTS.items():
        yield f".k-{look}{{{_paint(paint)}}}"
    yield from _texts()
    yield from _marks()


def _tokens(theme: int) -> str:
    return ";".join(f"--sw-{name}:{colours[theme]}" for name, colours in TOKENS.items())


def _paint(paint: Paint) -> str:
    parts = [f"fill:{_colour(paint.fill)}", f"stroke:{_colour(paint.stroke)}"]
    if paint.stroke != "none":
        parts.append(f"stroke-width:{paint.width:g}")
    if paint.dash:
        parts.append("stroke-dasharray:" + ",".join(f"{d:g}" for d in paint.dash))
    if paint.fill_opacity != 1:
        parts.append(f"fill-opacity:{paint.fill_opacity:g}")
    return ";".join(parts)


def _colour(name: str) -> str:
    return name if name == "none" else f"var(--sw-{name})"


def _texts() -> Iterator[str]:
    for width in Width:
        sizes = SIZES[width]
        for role in Role:
            weight = ";font-weight:700" if sizes.bold(role) else ""
            yield f".swimlane--{width} .t-{role}{{font-size:{sizes.font[role]:g}px{weight}}}"
    for inked, token in INKS.items():
        yield f".swimlane .t-{inked}{{fill:var(--sw-{token})}}"
    yield ".t-end{text-anchor:end}"
    halo = (
        "paint-order:stroke;stroke:var(--sw-paper);stroke-width:3px;stroke-linejoin:round;stroke-opacity:.75"
    )
    yield f".t-label,.t-lane,.t-demand,.t-episode,.t-voice,.t-gap,.t-axis,.t-sector{{{halo}}}"
    yield f".swimlane .t-watermark{{fill-opacity:{WATERMARK};pointer-events:none}}"


def _marks() -> Iterator[str]:
    for family in FAMILIES:
        yield f".f-{family}{{--sw-own:var(--sw-{family});--sw-soft:var(--sw-{family}-soft)}}"
    yield ".sw-mark{fill:var(--sw-own);stroke:var(--sw-paper);stroke-width:1.5;paint-order:stroke}"
    yield ".minor>.sw-mark{stroke-width:.75}"
    yield ".hollow>.sw-mark{fill:var(--sw-paper);stroke:var(--sw-own);stroke-width:2;paint-order:normal}"
    yield ".sw-dot{fill:var(--sw-paper)}.hollow>.sw-dot{fill:var(--sw-own)}"
    yield ".sw-bar{fill:var(--sw-soft);stroke:var(--sw-own);stroke-width:1}"
    for number, opacity in enumerate(FADES):
        yield f".sw-fade-{number}{{fill:var(--sw-soft);fill-opacity:{opacity};stroke:none}}"
    yield ".sw-whisker{fill:none;stroke:var(--sw-own);stroke-width:1.5;stroke-dasharray:2,3}"
    yield ".sw-who{fill:none;stroke:var(--sw-own);stroke-width:2;stroke-linecap:round}"
    yield ".sw-sign{fill:none;stroke:var(--sw-ink);stroke-width:1.5;stroke-linecap:round}"


if __name__ == "__main__":  # pragma: no cover - a command for us; the test compares its output
    print(page_css())  # noqa: T201  # its job
