"""How soon an edition's picture can be seen, against the same lanes as a bare SVG file; and what goes over the wire.

    python benchmarks/first_picture.py http://127.0.0.1:5000/editions/the-couple/ [--times 7] [--slow 4]

The server must be running. The bare file is made from the page's own drawing for a screen of 1920 x 1080, styles
inside, and served from this machine by a plain file server.

First picture: when the screen shows the frame that holds the whole drawing, in a fresh browser context with an empty
cache; the median of all times, files and page in turn, and the least of each, which a busy machine disturbs less. To
know that frame, one word is added to the drawing once all of it is there, and the browser says when it put the word on
the screen (Element Timing). It is the same for page and file: no layout is forced, as asking for a place would, and
painting counts for both, also where something else of the page was seen before. The server has shown the page before:
it keeps what it made for readers who are not signed in. Live: when Plotly has taken over. Sizes are of gzip, level 6,
whatever the server sends.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storybook.swimlane.style import file_css
from tests.chromium import ARGUMENTS, find_chromium

READY = "figure[data-swimlane][data-ready='true']"
SEEN = """
  new PerformanceObserver((list) => { window.seen = list.getEntries()[0].renderTime; })
    .observe({ type: 'element', buffered: true });
  const wait = () => {
    const svg = document.querySelector('.swimlane--wide');
    const ended = svg && (svg.nextElementSibling ?? svg.parentElement?.nextElementSibling);
    if (!ended && !(svg && document.readyState !== 'loading')) {
      requestAnimationFrame(wait);
      return;
    }
    const words = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    words.setAttribute('elementtiming', 'whole');
    words.setAttribute('x', '40');
    words.setAttribute('y', '40');
    words.textContent = 'Seen';
    svg.append(words);
  };
  requestAnimationFrame(wait);
"""
TARGET_RATIO, TARGET_KB = 1.5, 450


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def _files(folder: str) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextmanager
def _fresh(browser: Browser, slow: float) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    if slow > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    yield page
    context.close()


def first_picture(browser: Browser, address: str, slow: float) -> float:
    """Milliseconds until the picture can be seen."""
    with _fresh(browser, slow) as page:
        page.add_init_script(SEEN)
        page.goto(address, wait_until="commit")
        # Not wait_for_function: under a strict content policy its string would not run.
        while (seen := page.evaluate("window.seen")) is None:
            page.wait_for_timeout(20)
        return float(seen)


def ready(browser: Browser, address: str, slow: float) -> float:
    """Milliseconds until Plotly is live."""
    with _fresh(browser, slow) as page:
        page.goto(address)
        page.locator(READY).wait_for()
        return float(page.evaluate("performance.now()"))


def bare_file(browser: Browser, address: str, folder: str) -> None:
    """The page's wide drawing as ``bare.svg``."""
    with _fresh(browser, 1) as page:
        page.goto(address)
        drawing = page.locator("svg.swimlane--wide").evaluate(
            "(svg) => new XMLSerializer().serializeToString(svg)"
        )
    start = drawing.index(">") + 1
    svg = f"{drawing[:start]}<style>{file_css()}</style>{drawing[start:]}"
    (Path(folder) / "bare.svg").write_text(svg, encoding="utf-8")


def over_the_wire(browser: Browser, address: str) -> dict[str, float]:
    """Kilobytes of each answer until Plotly is live, gzipped where gzip helps."""
    sizes: dict[str, float] = {}
    with _fresh(browser, 1) as page:
        page.on(
            "response",
            lambda answer: sizes.__setitem__(answer.url, len(gzip.compress(answer.body(), 6)) / 1000),
        )
        page.goto(address)
        page.locator(READY).wait_for()
    return {name.rsplit("/", 1)[-1].split("?")[0] or "page": size for name, size in sizes.items()}


def measure(address: str, times: int, slow: float) -> dict[str, object]:
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        _files(folder) as files,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        bare_file(browser, address, folder)
        sides = (f"{files}/bare.svg", address)
        for each in sides:
            first_picture(browser, each, slow)
        rounds = [[first_picture(browser, each, slow) for each in sides] for _ in range(times)]
        seen = [sorted(side) for side in zip(*rounds, strict=True)]
        bare, page = (statistics.median(side) for side in seen)
        least_bare, least_page = (side[0] for side in seen)
        live = statistics.median(ready(browser, address, slow) for _ in range(times))
        sizes = over_the_wire(browser, address)
        browser.close()
    return {
        "bare file, first picture (ms)": round(bare),
        "page, first picture (ms)": round(page),
        "ratio": round(page / bare, 2),
        "least of each (ms)": [round(least_bare), round(least_page)],
        "ratio of the least": round(least_page / least_bare, 2),
        "target ratio": TARGET_RATIO,
        "page, Plotly live (ms)": round(live),
        "over the wire (KB gzipped)": round(sum(sizes.values())),
        "target KB": TARGET_KB,
        "each": {name: round(size, 1) for name, size in sorted(sizes.items(), key=lambda each: -each[1])},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--slow", type=float, default=1, help="processor this many times slower")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.address, asked.times, asked.slow), indent=2))


if __name__ == "__main__":
    main()
