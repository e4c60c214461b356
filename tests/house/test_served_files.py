"""What is served to a browser: all there, all ours to give, none of it fetching from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted(STATIC.rglob("*.css"))


def assets(template: Path) -> set[str]:
    calls = Environment(autoescape=True).parse(template.read_text("utf-8")).find_all(nodes.Call)
    named = (call.args[0] for call in calls if getattr(call.node, "name", "") == "asset")
    return {name.value for name in named if isinstance(name, nodes.Const)}


def test_templates_name_only_files_that_are_served() -> None:
    named = {(path.name, name) for path in TEMPLATES for name in assets(path)}
    assert named != set()
    assert sorted((path, name) for path, name in named if not (STATIC / name).is_file()) == []


# The one file to take away holds everything in itself, under a policy that names the hash of each part.
PAGES = [path for path in TEMPLATES if path.parent.name != "one_file"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", text) == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", text) == []


def test_the_sheet_in_an_edition_has_every_component_that_its_page_is_made_of() -> None:
    sources = [path.read_text("utf-8") for path in _made_of("editions/edition.html")]
    named = set(re.findall(r"govuk-[a-z0-9_!-]+", " ".join(sources)))
    whole, inside = (_classes(VENDOR / name) for name in ("govuk-frontend.min.css", "edition.css"))
    assert {"govuk-heading-xl", "govuk-service-navigation__link", "govuk-skip-link"} <= named & inside
    assert sorted((named & whole) - inside) == []


def _made_of(name: str) -> set[Path]:
    """The template, whatever it includes, extends or takes macros from, and so on; a page may be of either layout."""
    folders = (ROOT / "templates", Path(str(files("govuk_frontend_jinja") / "templates")))
    found, waiting = set(), [name, "base.html", "fragment.html"]
    while waiting:
        wanted = waiting.pop().removeprefix("govuk_frontend_jinja/")
        (path,) = (folder / wanted for folder in folders if (folder / wanted).is_file())
        if path not in found:
            found.add(path)
            tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
            waiting += filter(None, meta.find_referenced_templates(tree))
    return found


def _classes(sheet: Path) -> set[str]:
    return {
        name.replace("\\", "") for name in re.findall(r"\.(govuk-(?:[\w-]|\\!)+)", sheet.read_text("utf-8"))
    }


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheet_fetches_nothing_that_is_not_beside_it(path: Path) -> None:
    css = path.read_text("utf-8")
    assert "@import" not in css
    urls = [url.strip("\"'") for url in re.findall(r"url\(([^)]*)\)", css)]
    named = [url for url in urls if not url.startswith(("data:", "#"))]
    assert [url for url in named if not (path.parent / url.partition("?")[0]).is_file()] == []


def test_no_style_sheet_names_the_typeface_of_gov_uk() -> None:
    assert [path.name for path in STYLES if "GDS Transport" in path.read_text("utf-8")] == []


def test_fonts_widths_are_of_the_two_weights_that_are_served() -> None:
    metrics = json.loads((VENDOR / "font-metrics.json").read_text("utf-8"))
    assert (metrics["unitsPerEm"], metrics["ascent"] > 0 > metrics["descent"]) == (1000, True)
    letters = [str(ord(letter)) for letter in "aZ0é–’ŵ£"]
    assert [
        letter for letter in letters if letter not in metrics["regular"] or letter not in metrics["bold"]
    ] == []
    assert (
        metrics["regular"][str(ord("i"))] < metrics["regular"][str(ord("m"))] < metrics["bold"][str(ord("m"))]
    )
    assert len(list((VENDOR / "fonts").glob("*.woff2"))) == 4


def test_the_pictures_script_is_small_and_needs_no_eval() -> None:
    script = (VENDOR / "plotly-storybook.min.js").read_bytes()
    assert len(gzip.compress(script, 9)) < 340_000
    assert re.findall(rb"\bnew Function\(|\beval\(", script) == []


def test_licences_of_everything_handed_on_are_there() -> None:
    text = (VENDOR / "licences.txt").read_text("utf-8")
    for name in (
        "plotly.js 4.",
        "htmx.org 4.",
        "govuk-frontend 6.",
        "@fontsource/atkinson-hyperlegible-next 5.",
    ):
        assert name in text
    assert "SIL OPEN FONT LICENSE" in text
