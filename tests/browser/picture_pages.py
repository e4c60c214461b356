"""Pages that hold a picture and nothing else, under the content policy of the real ones."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Locator, Page

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import Shown
from storybook.settings import CLONE
from storybook.swimlane.metrics import Metrics
from storybook.swimlane.page import picture_page

LIVE = "figure[data-swimlane][data-ready='true']"
SIZES = {"narrow": (390, 844), "medium": (1024, 768), "wide": (1920, 1080)}
WATCH = """
window.reports = [];
document.addEventListener('securitypolicyviolation', (e) => reports.push(`${e.violatedDirective} ${e.blockedURI}`));
window.shifts = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) shifts += each.value; })
  .observe({ type: 'layout-shift', buffered: true });
"""

POLICY = (
    "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
)
PAGE = """{% from "picture/figure.html" import figure %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A picture</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/vendor/fonts.css"><link rel="stylesheet" href="/vendor/plotly-storybook.css">
<link rel="stylesheet" href="/vendor/picture.css"><script src="/vendor/picture.js" defer></script></head>
<body><p><a href="#before">Before</a></p>{{ figure(picture, figures) }}</body></html>"""


def metrics() -> Metrics:
    """Those of the font that is served."""
    return Metrics.load(CLONE / "static" / "vendor" / "font-metrics.json")


@dataclass
class Pictures:
    """Pages by address; each is served as it was when it was put in."""

    address: str = ""
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, shown: Shown, *, fetched: bool = False) -> str:
        """The address of a page with ``shown``; its figures are in it, or fetched one by one."""
        page = picture_page(Draft(shown), metrics())
        name = f"/{len(self.answers)}"
        environment = Environment(loader=FileSystemLoader(CLONE / "templates"), autoescape=True)
        environment.globals["asset"] = lambda path: f"/{path}"
        figures = f"{name}/WIDTH.json" if fetched else ""
        for width, text in page.figure_json.items():
            self.answers[f"{name}/{width}.json"] = ("application/json", text)
        html = environment.from_string(PAGE).render(picture=page, figures=figures)
        self.answers[name] = ("text/html; charset=utf-8", html)
        return self.address + name


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, pictures: Pictures, *arguments: object) -> None:
        self.pictures = pictures
        super().__init__(*arguments, directory=str(CLONE / "static"))

    def do_GET(self) -> None:
        if self.path not in self.pictures.answers:
            super().do_GET()
            return
        kind, text = self.pictures.answers[self.path]
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served() -> Iterator[Pictures]:
    """A server on this machine for as long as it is needed."""
    pictures = Pictures()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, pictures))
    pictures.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pictures
    server.shutdown()
    server.server_close()
    thread.join(5)


def marks(page: Page) -> Locator:
    return page.locator("svg.swimlane:visible .contact")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def drawn_by_plotly(page: Page) -> list[tuple[float, float]]:
    """Middles of the contacts that Plotly has drawn, in pixels of the screen, in order."""
    script = """() => {
      const box = document.querySelector('.picture-live');
      const at = box.data.findIndex((trace) => trace.name === 'contacts');
      const uid = box._fullData[at].uid;
      return [...box.querySelectorAll(`.trace${uid} path.point`)].map((path) => {
        const b = path.getBoundingClientRect();
        return [b.x + b.width / 2, b.y + b.height / 2];
      });
    }"""
    return [(x, y) for x, y in page.evaluate(script)]


def rings(page: Page) -> list[tuple[float, float]]:
    """Middles of the contacts' focus rings, in pixels of the screen, in order."""
    script = """() => [...document.querySelectorAll('svg.swimlane')]
      .find((svg) => getComputedStyle(svg).display !== 'none').querySelectorAll('.contact:not(.is-out) .sw-ring')"""
    return [
        (x, y)
        for x, y in page.evaluate(
            f"() => [...({script})()].map((ring) => {{ const b = ring.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })"
        )
    ]


def together(one: list[tuple[float, float]], other: list[tuple[float, float]], within: float) -> bool:
    return len(one) == len(other) and all(
        abs(x - u) <= within and abs(y - v) <= within for (x, y), (u, v) in zip(one, other, strict=True)
    )
