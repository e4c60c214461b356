"""Pages that hold a picture and nothing else, under the content policy of the real ones."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from jinja2 import Environment, FileSystemLoader

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import Shown
from storybook.settings import CLONE
from storybook.swimlane.metrics import Metrics
from storybook.swimlane.page import picture_page

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
