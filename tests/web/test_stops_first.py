"""Whoever presses Stop overtakes those who read: in the server's queue, and while it is worked on."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import waitress
from flask import Response, request

from benchmarks.withdrawal import addresses, told, withdraw_while_read
from storybook.services.stopping.cards import make_card
from storybook.services.stopping.withdraw import withdraw
from storybook.web.editions.in_flight import ENDS, InFlight
from storybook.web.stops_first import StopsFirst, is_stop
from tests.stopping import stop_server
from tests.web.conftest import SLUG, World

PAGE = f"/editions/{SLUG}/"


@dataclass
class Asked:
    command: str
    path: str


@dataclass(eq=False)
class Connection:
    """A connection whose first request is complete, as the server queues it."""

    requests: list[Asked] = field(default_factory=list)
    served: Event = field(default_factory=Event)

    def service(self) -> None:
        self.served.set()

    def cancel(self) -> None:
        """Nobody waits for it."""


def reads(path: str = PAGE, command: str = "GET") -> Connection:
    return Connection([Asked(command, path)])


def test_a_stop_is_served_though_nobody_who_reads_is() -> None:
    queue = StopsFirst(0)
    first, stop, second, empty = reads(), reads("/stop/", "POST"), reads(), Connection()
    for connection in (first, stop, second, empty):
        queue.add_task(connection)
    assert stop.served.wait(30)
    assert list(queue.queue) == [first, second, empty]
    queue.shutdown(timeout=1)
    assert list(queue.queue) == []


def test_whoever_only_looks_at_the_page_for_stopping_waits_their_turn() -> None:
    queue = StopsFirst(0)
    first, looks = reads(), reads("/stop/")
    queue.add_task(first)
    queue.add_task(looks)
    assert list(queue.queue) == [first, looks]


def test_every_address_that_ends_what_is_shared_is_a_stop(world: World) -> None:
    values = {"slug": SLUG, "person": "P1", "kind": "person"}
    with world.app.test_request_context():
        for rule in world.app.url_map.iter_rules():
            path = world.app.url_for(rule.endpoint, **{n: values.get(n, "1") for n in rule.arguments})
            posts = "POST" in (rule.methods or ())
            expected = posts and rule.endpoint in ENDS - {"review.consent", "people.take_out"}
            assert (rule.endpoint, is_stop("POST", path) and posts) == (rule.endpoint, expected)
            assert not is_stop("GET", path)


def waiting(flight: InFlight) -> bool:
    return bool(flight._changed._waiters)  # type: ignore[attr-defined]  # a Condition's own list


def test_a_reader_waits_while_a_withdrawal_is_worked_on_and_sees_its_end(world: World) -> None:
    world.to_published()
    flight: InFlight = world.app.extensions["storybook-in-flight"]
    seen: list[int] = []
    reader = Thread(target=lambda: seen.append(world.client().get(PAGE).status_code))
    flight.begin_stop()
    reader.start()
    while not waiting(flight):
        pass
    assert (seen, len(flight._under_way)) == ([], 0)
    flight.end_stop()
    reader.join(30)
    assert seen == [200]


def test_a_reader_waits_no_longer_than_courtesy_asks() -> None:
    flight = InFlight()
    flight.begin_stop()
    flight.give_way(0.01)
    assert flight._stops == 1


def test_a_stop_that_was_refused_holds_nobody_up(world: World) -> None:
    flight: InFlight = world.app.extensions["storybook-in-flight"]
    assert world.client().post("/stop/", data={"code": "no such code"}).status_code == 422
    assert world.client().post(f"/stories/{SLUG}/people/P1/withdraw/").status_code in {303, 400}
    assert flight._stops == 0


def test_what_was_being_made_when_a_withdrawal_ended_is_never_sent(world: World) -> None:
    world.to_published()
    flight: InFlight = world.app.extensions["storybook-in-flight"]

    def ends_meanwhile(response: Response) -> Response:
        """After the view, before it is handed over: somebody else has stopped sharing it."""
        if "/embed/" in request.path and not ended:
            ended.append(withdraw(world.ctx, world.actor("expert"), SLUG, "P1"))
            flight.overtake()
        return response

    ended: list[Any] = []
    world.app.after_request_funcs[None].append(ends_meanwhile)  # the last one added is the first one called
    address = f"{PAGE}embed/?of=me"
    answer = world.client().get(address)
    assert (answer.status_code, answer.location, answer.data) == (307, address, b"")
    assert answer.headers["Cache-Control"] == "private, no-store"
    answer.close()
    assert world.client().get(answer.location).status_code == 410
    assert len(flight._under_way) == 0


def test_what_another_process_ended_meanwhile_is_never_sent(world: World) -> None:
    world.to_published()

    def ends_meanwhile(response: Response) -> Response:
        if not ended:  # as the command line does, which nothing here waits for
            ended.append(withdraw(world.ctx, world.actor("expert"), SLUG, "P1"))
        return response

    ended: list[Any] = []
    world.app.after_request_funcs[None].append(ends_meanwhile)
    answer = world.client().get(PAGE)
    assert (answer.status_code, answer.data) == (307, b"")
    assert world.client().get(answer.location).status_code == 410


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """The site behind the real server and its queue; where it answers."""
    server: Any = waitress.create_server(
        world.app, host="127.0.0.1", port=0, threads=16, _dispatcher=StopsFirst(16)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.effective_port}"
    stop_server(server, thread)


@pytest.mark.exam
def test_under_load_nothing_of_the_story_is_answered_after_the_acknowledgement(
    world: World, served: str
) -> None:
    world.to_published()
    code = make_card(world.ctx, world.actor("worker"), SLUG, "P1")
    wanted = addresses(SLUG, 1, served)
    result = asyncio.run(withdraw_while_read(served, wanted, code, readers=40, seconds=4, after=2))
    assert result.status == 200, told(result)
    assert (result.late, result.failures) == ([], {}), told(result)
    read = {answer.address for answer in result.answers if answer.status == 200}
    assert read == set(wanted)
    after = [answer for answer in result.answers if answer.asked > result.acknowledged]
    assert {answer.status for answer in after} == {410}


#: A page in one file is larger than this.
WHOLE = 1_000_000


def slow_reader(served: str, address: str) -> socket.socket:
    """Asks for an address over a line that takes hardly anything, and reads only the answer's first letters."""
    host, port = served.split(":")
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    slow.settimeout(10)
    slow.connect((host, int(port)))
    slow.sendall(f"GET {address} HTTP/1.1\r\nHost: {served}\r\n\r\n".encode())
    assert slow.recv(100).startswith(b"HTTP/1.1 200")
    return slow


def still_comes(slow: socket.socket) -> int:
    """How many more bytes come on this line until it ends."""
    came = 0
    try:
        while more := slow.recv(65536):
            came += len(more)
    except ConnectionError:
        pass
    return came


def test_a_reader_on_a_slow_line_gets_no_more_of_a_story_that_ended(world: World, served: str) -> None:
    world.to_published()
    code = make_card(world.ctx, world.actor("worker"), SLUG, "P1")
    flight: InFlight = world.app.extensions["storybook-in-flight"]
    slow = slow_reader(served, f"{PAGE}1/download/html")
    while not flight._receiving:
        pass
    wrong = urlencode({"code": "no such code"}).encode()
    with pytest.raises(HTTPError):
        urlopen(f"http://{served}/stop/", wrong, timeout=30)
    assert len(flight._receiving) == 1  # whoever guesses cuts nobody off
    with urlopen(f"http://{served}/stop/", urlencode({"code": code}).encode(), timeout=30) as told_so:
        assert told_so.status == 200
    came = still_comes(slow)
    slow.close()
    assert came < WHOLE / 2  # what had arrived at the reader's own machine before


def test_a_reader_who_has_it_all_keeps_their_line(world: World, served: str) -> None:
    world.to_published()
    flight: InFlight = world.app.extensions["storybook-in-flight"]
    kept = HTTPConnection(served, timeout=30)
    kept.request("GET", PAGE)
    kept.getresponse().read()
    withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    flight.cut_slow(seconds=5)
    kept.request("GET", PAGE)
    assert kept.getresponse().status == 410
    kept.close()
