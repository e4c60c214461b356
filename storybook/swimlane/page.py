"""Everything that a page needs to show a picture, ready to be put in by ``templates/picture/figure.html``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..anonymise.draft import Draft
from ..anonymise.edition import Edition
from ..anonymise.shown import ShownPerson
from ..story.messages import message, say
from . import plotly_figure, svg, words
from .geometry import Layout, Width
from .layout import layout
from .metrics import Metrics
from .table import Table, tables
from .words import Say


class Html(str):
    """Markup that is safe to stand in a page: templates put it in as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class PicturePage:
    """Everything a template needs.

    ``drawings`` are the SVGs, of which CSS shows the one for the figure's width. ``figures`` is JSON for the page's
    script, ``{width: figure}``; ``figure_json`` holds each alone, for pages that let the script fetch the one it needs.
    """

    key: str
    title: str
    caption: str
    language: str
    draft: bool
    fictional: bool
    #: There is nothing that a picture could show: the story is told in words, or not begun.
    empty: bool
    drawings: tuple[tuple[str, Html], ...]
    figures: Html
    figure_json: Mapping[str, Html]
    tables: tuple[Table, ...]
    people: tuple[ShownPerson, ...]
    words: dict[str, str]


def picture_page(source: Draft | Edition, metrics: Metrics, say: Say = say) -> PicturePage:
    """The picture of a draft or an edition in all three widths. ``metrics`` are the served font's."""
    layouts: dict[Width, Layout[Any]] = {width: layout(source, width, metrics, say) for width in Width}
    figures = {
        str(width): script_json(plotly_figure.figure(made, still=False, checked=isinstance(source, Edition)))
        for width, made in layouts.items()
    }
    shown, key = source.shown, f"picture-{source.shown.slug}"
    return PicturePage(
        key=key,
        title=shown.title,
        caption=shown.caption,
        language=shown.language,
        draft=layouts[Width.WIDE].draft,
        fictional=shown.fictional,
        empty=words.nothing_to_draw(shown),
        drawings=tuple(
            (str(w), Html(svg.render(made, say, prefix=f"{key}-"))) for w, made in layouts.items()
        ),
        figures=Html("{" + ",".join(f'"{width}":{text}' for width, text in figures.items()) + "}"),
        figure_json=MappingProxyType(figures),
        tables=tables(layouts[Width.WIDE], say),
        people=shown.people if len(shown.people) > 1 else (),
        words=_words(say),
    )


def _words(say: Say) -> dict[str, str]:
    """What stands on the picture's own buttons."""
    return {
        "table": say(message("See the same as tables")),
        "closer": say(message("Look closer")),
        "wider": say(message("Look from further away")),
        "whole": say(message("See the whole story")),
        "close": say(message("Close")),
        "show": say(message("Show")),
        "everybody": say(message("Everybody")),
        "detail": say(message("About this contact")),
    }


def script_json(data: Any) -> Html:
    """JSON that can't end the ``<script>`` it stands in, nor be read as a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Html(text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}))
