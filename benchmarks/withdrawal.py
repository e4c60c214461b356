"""A person stops sharing while many read: when the acknowledgement comes, and what is answered after it.

    python benchmarks/withdrawal.py [--readers 200] [--story the-couple] [--seconds 8] [--threads 32] [--home FOLDER]

It fills a home of its own with the demo (or copies one that holds it, which is quicker), makes a card, starts
``storybook serve`` on it, and lets so many readers ask for every address of the story that shows it (page, numbered
page, frames, figures, oEmbed, every download), one after the other on a kept connection. After the given seconds, and
once every address has shown the story, somebody without an account types the card's code. Told are: how long the
acknowledgement took; how many answers with the story (status 200) came in after it, by its last byte; how many of those
were asked for after it; and how long answers took before and after. The target is none after it. The readers run in
this process, so they take their share of the processors.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from storybook.services.context import Actor, Context  # noqa: E402 - likewise
from storybook.services.seed_demo import seed_demo  # noqa: E402 - likewise
from storybook.services.stopping.cards import make_card  # noqa: E402 - found through the path above

PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    """One answer: when it was asked for and when its last byte was here (seconds), from where, its status."""

    asked: float
    came: float
    address: str
    status: int


@dataclass
class Result:
    answers: list[Answer] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    pressed: float = 0.0
    acknowledged: float = 0.0
    status: int = 0

    @property
    def seconds(self) -> float:
        """From pressing the button to the last byte of the acknowledgement."""
        return self.acknowledged - self.pressed

    @property
    def late(self) -> list[Answer]:
        """Answers with the story that came in after the acknowledgement."""
        return [a for a in self.answers if a.status == 200 and a.came > self.acknowledged]

    @property
    def asked_late(self) -> list[Answer]:
        """Answers with the story to what was asked after the acknowledgement."""
        return [a for a in self.late if a.asked > self.acknowledged]


def addresses(slug: str, number: int, host: str) -> list[str]:
    """Every address that shows an edition that is open to the web."""
    page = f"/editions/{slug}/"
    one = f"{page}{number}/"
    figures = [f"{one}figure/{width}.json" for width in ("narrow", "medium", "wide")]
    downloads = [f"{one}download/{ending}" for ending in ("html", "svg", "csv", "json", "timelinejs")]
    oembeds = [f"/oembed?url={quote(f'http://{host}{address}', safe='')}" for address in (page, one)]
    return [page, one, f"{page}embed/", f"{one}embed/", *figures, *downloads, *oembeds]


async def ask(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    host: str,
    address: str,
    form: dict[str, str] | None = None,
) -> int:
    """Sends a request on a kept connection and reads all of the answer; its status."""
    body = urlencode(form).encode() if form is not None else b""
    head = f"{'GET' if form is None else 'POST'} {address} HTTP/1.1\r\nHost: {host}\r\n"
    if form is not None:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    writer.write(head.encode() + b"\r\n" + body)
    await writer.drain()
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(lines[0].split()[1])


async def read_on(host: str, wanted: list[str], result: Result, stop: asyncio.Event) -> None:
    """One reader, who asks for one address after the other until told to stop."""
    at = 0
    while not stop.is_set():
        writer = None
        try:
            reader, writer = await asyncio.open_connection(*host.split(":"))
            while not stop.is_set():
                address, asked = wanted[at % len(wanted)], time.monotonic()
                status = await asyncio.wait_for(ask(reader, writer, host, address), PATIENCE)
                result.answers.append(Answer(asked, time.monotonic(), address, status))
                at += 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            result.failures[type(error).__name__] += 1
            await asyncio.sleep(0.2)
        finally:
            if writer is not None:
                writer.close()


async def withdraw_while_read(
    host: str, wanted: list[str], code: str, *, readers: int, seconds: float, after: float = 3.0
) -> Result:
    """Lets ``readers`` read for ``seconds``, types the code of a card, and lets them go on for a while."""
    result, stop = Result(), asyncio.Event()
    turned = [wanted[n % len(wanted) :] + wanted[: n % len(wanted)] for n in range(readers)]
    tasks = [asyncio.create_task(read_on(host, mine, result, stop)) for mine in turned]
    await asyncio.sleep(seconds)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and {a.address for a in result.answers if a.status == 200} != set(wanted):
        await asyncio.sleep(0.1)
    reader, writer = await asyncio.open_connection(*host.split(":"))
    result.pressed = time.monotonic()
    result.status = await asyncio.wait_for(ask(reader, writer, host, "/stop/", {"code": code}), PATIENCE)
    result.acknowledged = time.monotonic()
    writer.close()
    await asyncio.sleep(after)
    stop.set()
    await asyncio.wait(tasks, timeout=PATIENCE)
    return result


def told(result: Result) -> list[str]:
    """The result in lines."""
    before = [a for a in result.answers if a.came <= result.pressed]
    after = [a for a in result.answers if a.asked > result.acknowledged]
    statuses = {
        name: dict(Counter(a.status for a in some)) for name, some in (("before", before), ("after", after))
    }
    shown = Counter(a.address.split("?")[0] for a in result.late)
    return [
        f"acknowledged with {result.status} after {result.seconds:.2f} s",
        f"answers with the story after it: {len(result.late)} {dict(shown) or ''}",
        f"of these asked for after it: {len(result.asked_late)}",
        f"answers before pressing: {len(before)} {statuses['before']}, {_times(before)}",
        f"answers asked for after it: {len(after)} {statuses['after']}, {_times(after)}",
        f"connections that failed: {dict(result.failures) or 'none'}",
    ]


def _times(answers: list[Answer]) -> str:
    times = sorted(a.came - a.asked for a in answers) or [0.0]
    return f"median {statistics.median(times):.2f} s, slowest {times[-1]:.2f} s"


def _prepared(home: Path, slug: str, like: Path | None) -> str:
    """A home with the demo; the code of a card of the story's first person."""
    if like is not None:
        shutil.copytree(like, home)
    ctx = Context.open(home, assets=ROOT / "static")
    if like is None:
        seed_demo(ctx, ROOT / "stories")
    code = make_card(ctx, Actor.operator(), slug, "P1")
    ctx.close()
    return code


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _serve(home: Path, port: int, threads: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "STORYBOOK_HOME": str(home), "STORYBOOK_THREADS": str(threads)}
    command = [str(Path(sys.executable).with_name("storybook")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    raise SystemExit("the server did not start")


def _measured(given: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="storybook-withdrawal-") as folder:
        home = Path(folder) / "home"
        code, port = _prepared(home, given.story, given.home), _free_port()
        process, host = _serve(home, port, given.threads), f"127.0.0.1:{port}"
        try:
            wanted = addresses(given.story, 1, host)
            run = withdraw_while_read(host, wanted, code, readers=given.readers, seconds=given.seconds)
            return asyncio.run(run)
        finally:
            process.terminate()
            process.wait(10)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--story", default="the-couple")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    result = _measured(given)
    print(f"{given.readers} readers, {given.threads} threads, load {os.getloadavg()[0]:.1f}")
    print("\n".join(told(result)))
    return 1 if result.late or result.status != 200 else 0


if __name__ == "__main__":
    raise SystemExit(main())
