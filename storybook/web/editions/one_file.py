"""An edition as one file that needs nothing else: it opens from a disk with the network cut.

Its content policy names each script and style by hash and lets nothing be fetched. It carries its last day, after
which it shows the tombstone. It takes an ``Edition`` and nothing else, so a draft can't leave this way.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...anonymise.edition import Edition
from ...swimlane.metrics import Metrics
from ...swimlane.page import picture_page
from ..assets import hash_source, safe_in_style
from ..security import EMPTY_STYLE
from ..templating import govuk_loader
from ..words import counts_of, day, narrative, say_any, sentence, words
from .page import EditionPage

STYLES = (
    "vendor/fonts.css",
    "vendor/govuk-frontend.min.css",
    "css/site.css",
    "vendor/plotly-storybook.css",
    "vendor/picture.css",
)
SCRIPTS = ("vendor/one-file.js", "vendor/plotly-storybook.min.js", "vendor/picture.js")

_FONT = re.compile(r"url\(\"?'?(?P<path>[^)\"'?]+\.woff2)[^)]*\)")
_OTHER_FILE = re.compile(r"url\(\"?'?(?!data:|#)[^)]*\)")


@dataclass(frozen=True, slots=True)
class OneFile:
    """Makes one-file pages from our templates and built assets."""

    templates: Path
    static: Path

    def __call__(self, edition: Edition, /) -> bytes:
        """The whole page (``publish.EditionPage``)."""
        return self.html(edition).encode()

    def html(self, edition: Edition) -> str:
        """The whole page as text."""
        metrics = Metrics.load(self.static / "vendor" / "font-metrics.json")
        styles = [safe_in_style(self._style(name)) for name in STYLES]
        scripts = [_safe_in_script((self.static / name).read_text("utf-8")) for name in SCRIPTS]
        last = edition.expires
        return (
            self._environment()
            .get_template("one_file/page.html")
            .render(
                page=EditionPage.made_of(edition, picture_page(edition, metrics)),
                styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
                scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own files
                policy=_policy(styles, scripts),
                last_day=last.isoformat(),
                last_day_words=day(last),
            )
        )

    def _environment(self) -> Environment:
        loader = ChoiceLoader([FileSystemLoader(self.templates), govuk_loader()])
        environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.globals["_"] = words
        environment.filters.update(say=say_any, narrative=narrative, day=day)
        environment.filters.update(counts_of=counts_of, sentence=sentence)
        return environment

    def _style(self, name: str) -> str:
        """One style sheet with its fonts inside and without any other file it would fetch."""
        file = self.static / name
        text = file.read_text("utf-8")
        text = _FONT.sub(lambda found: f"url({_as_data(file.parent / found['path'])})", text)
        return _OTHER_FILE.sub("none", text)


def _as_data(font: Path) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(font.read_bytes()).decode('ascii')}"


def _safe_in_script(text: str) -> str:
    """A script that no HTML parser ends early: those letters stand only in strings and patterns."""
    return re.sub(r"<(?=/script|!--|script)", r"\\x3c", text, flags=re.IGNORECASE)


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(hash_source, scripts))}",
            f"style-src {' '.join(map(hash_source, styles))} {EMPTY_STYLE}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
