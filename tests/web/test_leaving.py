"""The ways by which an edition leaves this site: frames, oEmbed, downloads; who gets them, and what ends them."""

from __future__ import annotations

import datetime as dt
import json
from threading import Event, Thread

import pytest

from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.editions.files import ends_in
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.stopping.withdraw import withdraw
from storybook.web.access import ACCESS
from storybook.web.editions.in_flight import ENDS, SHOWS, InFlight
from tests.web.conftest import SLUG, World, send
from tests.web.test_answers import PUBLIC

EMBEDS = (f"/editions/{SLUG}/embed/", f"/editions/{SLUG}/1/embed/")
ENDINGS = ("html", "svg", "csv", "json", "timelinejs")
OEMBED = f"/oembed?url=http://localhost/editions/{SLUG}/"
EVERY = (f"/editions/{SLUG}/", *EMBEDS, OEMBED, *(f"/editions/{SLUG}/1/download/{e}" for e in ENDINGS))


def for_the_team_only(world: World) -> None:
    sha256 = world.to_review()
    how = {"person": "P1", "sha256": sha256, "channels": ["team"], "until": dt.date(2027, 11, 22)}
    give_consent(world.ctx, world.actor("expert"), SLUG, **how)
    sign_off(world.ctx, world.actor("reviewer"), SLUG, sha256=sha256)
    publish_edition(world.ctx, world.actor("worker"), SLUG)


@pytest.mark.parametrize("address", EMBEDS)
def test_anybody_may_frame_an_edition_and_nothing_runs_in_it(world: World, address: str) -> None:
    world.to_published()
    answer = world.client().get(address)
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert (policy["frame-ancestors"], policy["default-src"]) == ("*", "'none'")
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cache-Control"] == PUBLIC
    assert "<script" not in answer.text
    assert "Nobody in this story is a real person." in answer.text
    assert "Set-Cookie" not in answer.headers


def test_every_other_page_stays_out_of_frames(world: World) -> None:
    world.to_published()
    answer = world.client().get(f"/editions/{SLUG}/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_oembed_gives_the_frame_of_the_address_asked_for(world: World) -> None:
    world.to_published()
    answer = world.client().get(OEMBED + "&maxwidth=400&maxheight=99999")
    told = answer.json
    assert {k: told[k] for k in ("version", "type", "title", "width", "height", "cache_age")} == {
        "version": "1.0",
        "type": "rich",
        "title": "Ann’s way home",
        "width": 400,
        "height": 640,
        "cache_age": 300,
    }
    assert f'src="http://localhost/editions/{SLUG}/embed/"' in told["html"]
    one = world.client().get(f"/oembed?url=http://localhost/editions/{SLUG}/1/&format=json").json
    assert f'src="http://localhost/editions/{SLUG}/1/embed/"' in one["html"]
    assert "application/json+oembed" in world.client().get(f"/editions/{SLUG}/").text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 404),
        ("?url=http://elsewhere.example/editions/ann/", 404),
        ("?url=http://localhost/stories/ann/", 404),
        ("?url=http://localhost/editions/nobody/", 404),
        ("?url=javascript:alert(1)", 404),
        ("?url=http://localhost/editions/ann/&format=xml", 501),
    ],
)
def test_oembed_knows_editions_of_ours_and_nothing_else(world: World, asked: str, status: int) -> None:
    world.to_published()
    assert world.client().get("/oembed" + asked).status_code == status


@pytest.mark.counted
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_download_carries_its_last_day_and_nobody_keeps_it_on_the_way(world: World, ending: str) -> None:
    world.to_published()
    answer = world.client().get(f"/editions/{SLUG}/1/download/{ending}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ann-1.{ends_in(ending)}"'
    assert b"2027-11-22" in answer.data


def test_the_data_says_what_was_done_and_nothing_about_who(world: World) -> None:
    world.to_published()
    told = json.loads(world.client().get(f"/editions/{SLUG}/1/download/json").data)["manifest"]
    assert told["channels"] == [["team", "2027-11-22"], ["web", "2027-11-22"]]
    assert (told["policy"], told["findings"], told["risk"]) == ("relative", 0, "not measured")


def test_what_is_for_the_team_is_in_no_frame_and_no_file(world: World) -> None:
    for_the_team_only(world)
    for address in EVERY:
        assert world.client().get(address).status_code == 404, address
    worker = world.client("worker")
    page = worker.get(f"/editions/{SLUG}/")
    assert page.status_code == 200
    assert "Take it with you" not in page.text
    assert "oembed" not in page.text
    assert worker.get(f"/editions/{SLUG}/1/download/csv").status_code == 403
    assert worker.get(EMBEDS[0]).status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "expired"])
def test_when_it_ends_every_way_answers_gone_without_a_word_of_it(world: World, how: str) -> None:
    world.to_published(until=dt.date(2026, 12, 1))
    assert {world.client().get(address).status_code for address in EVERY} == {200}
    if how == "withdrawn":
        withdraw(world.ctx, world.actor("expert"), SLUG, "P1")
    else:
        world.clock.advance(dt.timedelta(days=10))
    for address in EVERY:
        answer = world.client().get(address)
        assert (address, answer.status_code) == (address, 410)
        assert "Ann" not in answer.text
        assert "cold" not in answer.text
        assert answer.headers["Cache-Control"] == PUBLIC
    assert "frame-ancestors *" in world.client().get(EMBEDS[0]).headers["Content-Security-Policy"]


def test_a_withdrawal_says_what_it_can_t_call_back_and_until_when(world: World) -> None:
    world.to_published()
    for ending in ("html", "html", "csv", "timelinejs"):
        world.client().get(f"/editions/{SLUG}/1/download/{ending}")
    consent = f"/stories/{SLUG}/people/P1/consent/"
    done = send(world.client("expert"), f"/stories/{SLUG}/people/P1/withdraw/", page=consent)
    assert "2 files were downloaded (.html)." in done.text
    assert "Such a file closes itself after 22 November 2027." in done.text
    assert "1 file was downloaded (.timelinejs.json). It" in done.text
    assert "1 file was downloaded (.csv). It asks to be deleted after 22 November 2027." in done.text


def test_an_unknown_kind_of_file_is_not_there(world: World) -> None:
    world.to_published()
    for ending in ("exe", "pdf", "HTML", "timelinejs.json"):
        assert world.client().get(f"/editions/{SLUG}/1/download/{ending}").status_code == 404


# --- answers under way


def test_a_withdrawal_waits_for_what_began_before_it_and_for_nothing_later() -> None:
    flight, done = InFlight(), Event()
    older = flight.begin()
    assert flight.hand_over(older)
    thread = Thread(target=lambda: flight.overtake() and done.set())
    thread.start()
    while not flight._changed._waiters:  # it waits, so it has looked
        pass
    later = flight.begin()
    assert flight.hand_over(later)
    assert not done.is_set()
    flight.end(older)
    thread.join(10)
    assert done.is_set()
    assert not flight.overtake(0.01)  # the later one is still under way
    flight.end(later)


def test_an_answer_under_way_ends_when_its_last_byte_is_handed_over(world: World) -> None:
    world.to_published()
    flight: InFlight = world.app.extensions["storybook-in-flight"]
    answer = world.client().get(f"/editions/{SLUG}/", buffered=False)
    assert len(flight._under_way) == 1
    answer.close()
    assert len(flight._under_way) == 0
    del answer
    assert world.client().get("/editions/nobody/").status_code == 404
    assert len(flight._under_way) == 0


def test_every_address_that_shows_or_ends_an_edition_is_counted() -> None:
    public = {name for name in ACCESS if name.startswith("editions.")} - {"editions.about"}
    assert public == SHOWS
    # pages that ask first; the end of a measurement
    others = {"stopping.for_someone", "stopping.lost_card", "stopping.mine", "review.risk_stop"}
    assert {name for name in ACCESS if "withdraw" in name or "stop" in name} - others <= ENDS
