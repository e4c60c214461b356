"""Answers kept in memory: the same for the next reader, and never one that is not theirs or no longer shared."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import Headers

from storybook.services.context import Context
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import PartKind, change_part
from storybook.settings import CLONE
from storybook.store.tables import EditionRow
from storybook.web.editions import kept as module
from storybook.web.editions.kept import KeptAnswers
from storybook.web.security import content_security_policy
from tests.web.conftest import SLUG, World, send

PAGE = f"/editions/{SLUG}/"
FIGURE = f"{PAGE}1/figure/wide.json"
SHOWN = (PAGE, f"{PAGE}1/", FIGURE, f"{PAGE}embed/", f"{PAGE}1/embed/")


def kept(world: World) -> KeptAnswers:
    return world.app.extensions[module.KEY]


@pytest.fixture
def shared(world: World) -> World:
    world.to_published()
    return world


@pytest.fixture
def makes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each answer that was made and not taken from memory."""
    done: list[str] = []
    original = module.open_edition

    def counted(*asked: object, **how: object) -> object:
        done.append("made")
        return original(*asked, **how)

    monkeypatch.setattr(module, "open_edition", counted)
    return done


def test_the_second_reader_gets_the_same_without_its_being_made_again(
    shared: World, makes: list[str]
) -> None:
    for address in SHOWN:
        first, second = (shared.client().get(address) for _ in range(2))
        assert (first.status_code, second.status_code) == (200, 200)
        assert first.data == second.data
        assert _same(first.headers) == _same(second.headers)
    assert len(makes) == len(kept(shared)) == len(SHOWN)


OTHERS: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    ("http://192.0.2.7/", {}, {}),
    ("https://localhost/", {}, {}),
    ("http://localhost:8080/", {}, {}),
    ("http://localhost/", {"Sec-CH-UA-Mobile": "?1"}, {}),
    ("http://localhost/", {"HX-Request": "true"}, {}),
    ("http://localhost/", {"HX-Request": "true", "HX-Request-Type": "full"}, {}),
    ("http://localhost/", {"Authorization": "Basic YTpi"}, {}),
    ("http://localhost/?a=b", {}, {}),
    ("http://localhost/", {}, {"storybook": "of a session that is over"}),
    ("http://localhost/", {}, {"remember_token": "1|x"}),
)


def test_who_asks_anything_else_gets_an_answer_of_their_own(shared: World, makes: list[str]) -> None:
    usual = shared.client().get(PAGE)
    for number, (base, headers, cookies) in enumerate(OTHERS, start=2):
        client = shared.client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        host, _, query = base.partition("?")
        assert client.get(PAGE, base_url=host, headers=headers, query_string=query).status_code == 200
        assert len(makes) == number
        assert shared.client().get(PAGE).data == usual.data
        assert len(makes) == number


def test_another_address_is_never_named_to_anybody_but_who_asked_for_it(shared: World) -> None:
    other = shared.client().get(PAGE, base_url="http://192.0.2.7/").text
    assert "192.0.2.7" in other
    for _ in range(2):
        page = shared.client().get(PAGE).text
        assert "192.0.2.7" not in page
        assert "http%3A%2F%2Flocalhost%2Feditions" in page or "http://localhost/editions" in page


def test_nothing_is_kept_of_or_for_somebody_signed_in(shared: World, makes: list[str]) -> None:
    theirs = shared.client("worker")
    assert "Sign out" in theirs.get(PAGE).text
    assert len(kept(shared)) == 0
    assert "Sign out" not in shared.client().get(PAGE).text
    assert "Sign out" in theirs.get(PAGE).text
    assert 'name="csrf_token"' in theirs.get(PAGE).text
    assert 'name="csrf_token"' not in shared.client().get(PAGE).text
    assert len(makes) == 4


def test_a_withdrawal_is_asked_for_before_anything_kept_is_shown(shared: World) -> None:
    etags = {address: shared.client().get(address).headers["ETag"] for address in SHOWN}
    withdraw(shared.ctx, shared.actor("expert"), SLUG, "P1")
    for address, etag in etags.items():
        for method in ("GET", "HEAD"):
            gone = shared.client().open(address, method=method, headers={"If-None-Match": etag})
            assert gone.status_code == 410
            assert b"shelter" not in gone.data
    assert len(kept(shared)) == 0


def test_what_is_stopped_here_is_forgotten_before_anybody_asks(shared: World) -> None:
    shared.client().get(PAGE)
    pictures = shared.app.extensions["storybook-pictures"]
    assert (len(kept(shared)), len(pictures._kept)) == (1, 1)
    page = f"/stories/{SLUG}/people/P1/consent/"
    done = send(shared.client("expert"), f"/stories/{SLUG}/people/P1/withdraw/", page=page)
    assert done.status_code in (200, 303)
    assert (len(kept(shared)), len(pictures._kept)) == (0, 0)


def test_what_another_process_ends_is_forgotten_at_the_next_asking_for_any_story(shared: World) -> None:
    shared.client().get(PAGE)
    other = Context.open(shared.ctx.home, clock=shared.clock, prepare=False)
    withdraw(other, shared.actor("expert"), SLUG, "P1")
    other.close()
    assert shared.client().get("/editions/somebody-else/").status_code == 404
    assert len(kept(shared)) == 0


def test_a_failed_guess_at_a_card_makes_nobody_wait(shared: World, makes: list[str]) -> None:
    shared.client().get(PAGE)
    assert shared.client().post("/stop/", data={"code": "ABCD-EFGH-JKMN"}).status_code == 422
    shared.client().get(PAGE)
    assert len(makes) == 1


def test_words_taken_out_are_not_left_in_memory(shared: World) -> None:
    shared.client().get(PAGE)
    send(shared.client("expert"), f"/stories/{SLUG}/take-out/", words="Night Shelter", step="do")
    assert len(kept(shared)) == len(shared.app.extensions["storybook-pictures"]._kept) == 0
    assert shared.client().get(PAGE).status_code == 410


def test_words_taken_out_while_the_page_was_made_are_not_kept(
    shared: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = module.open_edition

    def slow(*asked: object, **how: object) -> object:
        view = original(*asked, **how)
        take_out_everywhere(shared.ctx, shared.actor("expert"), SLUG, "Night Shelter")
        module.forget_all()
        return view

    monkeypatch.setattr(module, "open_edition", slow)
    shared.client().get(PAGE)
    assert len(kept(shared)) == 0
    assert shared.client().get(PAGE).status_code == 410


def test_it_closes_at_midnight_in_london(world: World) -> None:
    world.to_published(until=dt.date(2026, 11, 24))
    world.clock.advance(dt.timedelta(days=2, hours=11, minutes=59))
    assert [world.client().get(address).status_code for address in SHOWN] == [200] * 5
    world.clock.advance(dt.timedelta(minutes=2))
    assert [world.client().get(address).status_code for address in SHOWN] == [410] * 5
    assert len(kept(world)) == 0


def test_nothing_is_kept_over_midnight(shared: World, makes: list[str]) -> None:
    shared.client().get(PAGE)
    shared.clock.advance(dt.timedelta(hours=13))
    shared.client().get(PAGE)
    assert (len(makes), len(kept(shared))) == (2, 1)


def test_a_newer_edition_is_shown_at_once(shared: World) -> None:
    client = shared.client()
    assert [client.get(address).status_code for address in (PAGE, f"{PAGE}embed/")] == [200, 200]
    contact = shared.story.contacts[0]
    actor = shared.actor("worker")
    change_part(shared.ctx, actor, SLUG, PartKind.CONTACT, contact.id, 1, summary="Stayed at the hostel")
    shared.to_published()
    for address in (PAGE, f"{PAGE}embed/"):
        page = client.get(address).text
        assert "Stayed at the hostel" in page
        assert "Slept at the shelter" not in page
    assert client.get(f"{PAGE}1/").status_code == 410
    assert client.get(f"{PAGE}2/").status_code == 200


@pytest.mark.parametrize("change", [{"team": "2027-11-22"}, {"team": "2027-11-22", "web": "2026-11-20"}])
def test_an_edition_open_to_fewer_is_gone_for_the_others(shared: World, change: dict[str, str]) -> None:
    shared.client().get(PAGE)
    _set(shared, channels=change)
    assert [shared.client().get(address).status_code for address in SHOWN] == [410] * 5


@pytest.mark.parametrize(
    "change",
    [
        {"channels": {"web": "2027-11-22"}},
        {"channels": {"team": "2027-11-22", "web": "2027-01-22"}},
        {"expires": dt.date(2027, 1, 22)},
        {"published_at": dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)},
    ],
)
def test_whatever_changes_how_an_edition_stands_has_its_page_made_anew(
    shared: World, makes: list[str], change: dict[str, object]
) -> None:
    before = shared.client().get(PAGE).text
    _set(shared, **change)
    after = shared.client().get(PAGE).text
    assert len(makes) == 2
    if "channels" in change:
        assert "Take it with you" in before
        assert "Take it with you" not in after


def test_a_changed_row_is_not_served_from_what_was_kept(shared: World) -> None:
    assert shared.client().get(PAGE).status_code == 200
    _set(shared, body=EditionRow.body + " ")
    assert shared.client().get(PAGE).status_code == 500


def test_the_policy_lets_in_the_style_that_stands_in_the_page_and_no_other(shared: World) -> None:
    first, again, own = (shared.client(who).get(PAGE) for who in (None, None, "worker"))
    (style,) = re.findall("<style>(.*?)</style>", first.text, re.DOTALL)
    sheet = (CLONE / "static/vendor/edition.css").read_text("utf-8")
    assert style == sheet.replace("url(fonts/", "url(/static/vendor/fonts/").replace(
        "url(../", "url(/static/"
    )
    named = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    for answer in (first, again, own):
        assert f"<style>{style}</style>" in answer.text
        assert answer.headers["Content-Security-Policy"] == content_security_policy([f"'sha256-{named}'"])
    embedded = shared.client().get(f"{PAGE}embed/")
    assert "<style" not in embedded.text
    assert named not in embedded.headers["Content-Security-Policy"]


def test_a_page_names_its_files_as_they_are_now(
    shared: World, makes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    static = tmp_path / "static"
    for name in ("vendor/edition.css", "vendor/picture.js"):
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_bytes((CLONE / "static" / name).read_bytes())
    monkeypatch.setattr(shared.app, "static_folder", str(static))
    assert "p { color: red }" not in shared.client().get(PAGE).text
    (static / "vendor/edition.css").write_text("p { color: red }")
    os.utime(static / "vendor/edition.css", ns=(1, 1))
    for _ in range(2):
        changed = shared.client().get(PAGE)
        assert "<style>p { color: red }</style>" in changed.text
        named = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
        assert named in changed.headers["Content-Security-Policy"]
    assert len(makes) == 2


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "identity": bytes,
}


def test_each_reader_gets_the_form_they_can_read(shared: World) -> None:
    plain = shared.client().get(PAGE).data
    for accepts, undo in [*FORMS.items(), *FORMS.items()]:
        answer = shared.client().get(PAGE, headers={"Accept-Encoding": accepts})
        assert {"Cookie", "HX-Request", "Accept-Encoding", "Sec-CH-UA-Mobile"} <= set(answer.vary)
        assert answer.headers.get("Content-Encoding", "identity") == accepts
        assert undo(answer.data) == plain
        known = {"Accept-Encoding": accepts, "If-None-Match": answer.headers["ETag"]}
        same = shared.client().get(PAGE, headers=known)
        assert (same.status_code, same.data) == (304, b"")
        head = shared.client().head(PAGE, headers={"Accept-Encoding": accepts})
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["ETag"] == answer.headers["ETag"]


def test_what_one_form_s_reader_has_is_not_the_same_as_another_form(shared: World) -> None:
    etag = shared.client().get(PAGE, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    other = shared.client().get(PAGE, headers={"Accept-Encoding": "br", "If-None-Match": etag})
    assert (other.status_code, other.headers["Content-Encoding"]) == (200, "br")


def test_forms_of_one_page_never_stand_for_another(shared: World) -> None:
    accept = {"Accept-Encoding": "gzip"}
    for _ in range(2):
        pages = [gzip.decompress(shared.client().get(address, headers=accept).data) for address in SHOWN]
        assert pages == [shared.client().get(address).data for address in SHOWN]
        mine = shared.client().get(PAGE, headers={**accept, "Sec-CH-UA-Mobile": "?1"}).data
        assert gzip.decompress(mine) != pages[0]


def test_the_drawing_for_the_screen_comes_first_and_all_come(shared: World) -> None:
    def order(**headers: str) -> list[str]:
        page = shared.client().get(PAGE, headers={k.replace("_", "-"): v for k, v in headers.items()}).text
        drawn = re.findall(r'<svg[^>]* data-width="(\w+)"|<span id="picture-ann-(\w+)-drawn"', page)
        return [a or b for a, b in drawn]

    wide = ["wide", "wide", "medium", "medium", "narrow", "narrow"]
    assert order() == order(Sec_CH_UA_Mobile="?0") == wide
    assert order(Sec_CH_UA_Mobile="?1") == wide[::-1]


def test_only_so_many_answers_are_kept(shared: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    module.init_kept_answers(shared.app)
    for number in range(4):
        shared.client().get(FIGURE, base_url=f"http://192.0.2.{number}/")
    assert len(kept(shared)) == 2


def _same(headers: Headers) -> dict[str, str]:
    """The headers but for the moment of the answer."""
    return {name: value for name, value in headers.items() if name != "Date"}


def _set(world: World, **values: object) -> None:
    with world.ctx.store.write() as db:
        db.execute(sa.update(EditionRow).values(**values))
