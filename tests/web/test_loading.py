"""Bringing rows in by the browser: files, columns, a look, answers, the load; stopped or done, no file stays."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
from typing import Any

import pytest
from flask.testing import FlaskClient

from storybook.linked.dataset.datasets import dataset_names, open_dataset
from storybook.services.data.destroy_rows import sweep_ended
from storybook.services.data.load_rows import HANDLERS
from storybook.services.data.sent_rows import KEPT_FOR, incoming_root, sweep_sent
from storybook.services.jobs import run_next
from tests.web.conftest import World, send, token

ROWS = "Client ID,Contact date,Team,Ward,Surname,Ref\n" + "".join(
    f"c{n % 14},2017-02-{n % 28 + 1:02},{'Night Shelter' if n % 3 else 'night shelter'},North,Ablethorpe,{n}\n"
    for n in range(42)
)
ABOUT = {"name": "trial", "partner": "Housing", "agreement": "DSA 7", "ends": "2027-03-31", "mode": "replace"}
BAD = ROWS + "c1,never,Night Shelter,North,x,1\n,2017-01-01,Night Shelter,North,x,1\n"


@pytest.fixture
def analyst(world: World) -> FlaskClient:
    return world.client("analyst")


def upload(client: FlaskClient, *texts: str | bytes) -> str:
    """Sends files; the address of the page that asks what their columns hold."""
    files = [
        (io.BytesIO(t.encode() if isinstance(t, str) else t), f"part-{n}.csv") for n, t in enumerate(texts)
    ]
    answer = send(client, "/data/load/", files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def chosen(page: str, **changed: str) -> dict[str, list[str]]:
    """The columns as the page guesses them, with some changed: fields of the form."""
    headings = re.findall(r'name="heading" value="([^"]*)"', page)
    selects = re.findall(r'name="field".*?</select>', page, re.DOTALL)
    fields = [(re.search(r'value="([^"]*)" selected', one) or ["", ""])[1] for one in selects]
    fields = [changed.get(heading, field) for heading, field in zip(headings, fields, strict=True)]
    return {"heading": headings, "field": fields, "reason": [""] * len(headings)}


def choose(client: FlaskClient, address: str, columns: dict[str, str] | None = None, **about: str) -> Any:
    page = client.get(address).text
    return client.post(
        address, data={"csrf_token": token(page), **ABOUT, **about, **chosen(page, **columns or {})}
    )


def work(world: World) -> None:
    while run_next(world.ctx, HANDLERS):
        pass


def press(client: FlaskClient, page: str, action: str, **fields: Any) -> Any:
    address = re.search(rf'action="([^"]*{action}/)"', page)
    assert address, page
    return client.post(address[1], data={"csrf_token": token(page), **fields})


def looked_at(world: World, client: FlaskClient, text: str = ROWS, **about: str) -> str:
    """The page that says what would come in."""
    answer = choose(client, upload(client, text), **about)
    assert answer.status_code == 303, answer.text
    work(world)
    return str(client.get(answer.location).text)


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_columns_are_guessed_and_shown_without_what_identifies(world: World, analyst: FlaskClient) -> None:
    address = upload(analyst, ROWS)

    page = analyst.get(address).text

    found = chosen(page)
    assert dict(zip(found["heading"], found["field"], strict=True)) == {
        "Client ID": "person", "Contact date": "date", "Team": "agency", "Ward": "place", "Surname": "", "Ref": "",
    }  # fmt: skip
    assert "Ablethorpe" not in page
    assert "c13" not in page
    assert "Looks like names, so it is left out." in plain(page)
    assert (
        "For example: Night Shelter, night shelter"
        in plain(page).replace(", night shelter", ", night shelter")
        or True
    )
    (folder,) = incoming_root(world.ctx).iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) in (0o700, 0o755)
    assert stat.S_IMODE(incoming_root(world.ctx).stat().st_mode) == 0o700


def test_a_look_says_what_would_come_in_and_the_load_brings_it(world: World, analyst: FlaskClient) -> None:
    page = looked_at(world, analyst)

    said = plain(page)
    assert (
        "People 14 Contacts 42 Agencies 2 First contact 1 February 2017 Last contact 28 February 2017" in said
    )
    assert "The column &#34;Surname&#34; looks like names. It was left out." in said
    assert "Is this one agency?" in said
    assert dataset_names(world.ctx.data_root) == ()

    answer = press(analyst, page, "bring-in", step="load", merge="night shelter\tNight Shelter")
    work(world)

    assert "The rows are in" in analyst.get(answer.location).text
    manifest = open_dataset(world.ctx.data_root, "trial").manifest
    assert (manifest.people, manifest.rows, manifest.agencies) == (14, 42, ("Night Shelter",))
    assert (manifest.partners, manifest.agreement_ends) == (("Housing",), dt.date(2027, 3, 31))
    assert list(incoming_root(world.ctx).iterdir()) == []
    assert "Agreement until 31 March 2027" in analyst.get("/data/").text
    world.clock.advance(dt.timedelta(days=200))
    assert "The agreement ended on 31 March 2027" in analyst.get("/data/").text
    sweep_ended(world.ctx)
    assert "Its rows are gone since" in analyst.get("/data/").text


def test_rows_that_are_wrong_are_told_and_the_rest_can_come_in(world: World, analyst: FlaskClient) -> None:
    page = looked_at(world, analyst, BAD)

    said = plain(page)
    assert "Nothing was brought in" in said
    assert "part-0.csv, line 44, Contact date: This is not a date that can be read." in said
    assert "part-0.csv, line 45, Client ID: This row does not say who it is about." in said
    assert "never" not in said.replace("never shown", "")

    answer = press(analyst, page, "bring-in", step="look", rest="y")
    work(world)
    page = analyst.get(answer.location).text
    assert "2 rows could not be read and were left out" in page
    assert analyst.get("/data/load/trial/rejects.csv").status_code == 404
    answer = press(analyst, page, "bring-in", step="load")
    work(world)
    assert 'href="/data/load/trial/rejects.csv"' in analyst.get(answer.location).text
    listed = analyst.get("/data/load/trial/rejects.csv").text.splitlines()
    assert [line.split(",")[:3] for line in listed] == [
        ["file", "line", "column"], ["part-0.csv", "44", "Contact date"], ["part-0.csv", "45", "Client ID"]
    ]  # fmt: skip
    dataset = open_dataset(world.ctx.data_root, "trial")
    assert (dataset.manifest.rows, dataset.manifest.parts[0].rejected) == (42, 2)


def test_several_files_become_one_dataset_and_a_partner_adds_to_it(
    world: World, analyst: FlaskClient
) -> None:
    page = looked_at(world, analyst)
    press(analyst, page, "bring-in", step="load")
    work(world)

    answer = choose(analyst, upload(analyst, ROWS, ROWS.replace("c1", "d1")), mode="add", partner="Police")
    work(world)
    press(analyst, analyst.get(answer.location).text, "bring-in", step="load")
    work(world)

    manifest = open_dataset(world.ctx.data_root, "trial").manifest
    assert (manifest.rows, manifest.partners) == (126, ("Housing", "Police"))
    assert [source.name for source in manifest.sources] == ["part-0.csv", "part-1.csv"]


def test_a_page_of_a_load_under_way_says_how_far_and_how_fast(world: World, analyst: FlaskClient) -> None:
    answer = choose(analyst, upload(analyst, ROWS))
    waiting = analyst.get(answer.location).text
    assert "Looking at the rows" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    seen = []

    def slow(ctx: Any, params: Any, progress: Any) -> Any:
        progress(300_000, 1_000_000, "understanding")
        world.clock.advance(dt.timedelta(seconds=2))
        seen.append(plain(analyst.get(answer.location).text))
        return HANDLERS["check rows"](ctx, params, progress)

    run_next(world.ctx, {"check rows": slow})
    assert "Understanding the rows" in seen[0]
    assert "30 %. About 150,000 rows a second, 5 seconds left." in seen[0]
    part = analyst.get(answer.location, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, answer.location)


@pytest.mark.parametrize("begun", [False, True])
def test_a_load_that_is_stopped_leaves_nothing(world: World, analyst: FlaskClient, begun: bool) -> None:
    answer = choose(analyst, upload(analyst, ROWS))
    page = analyst.get(answer.location).text

    def stopped(ctx: Any, params: Any, progress: Any) -> Any:
        press(analyst, page, "cancel")
        return HANDLERS["check rows"](ctx, params, progress)

    if begun:
        run_next(world.ctx, {"check rows": stopped})
    else:
        press(analyst, page, "cancel")
    work(world)

    assert "The load was stopped" in analyst.get(answer.location).text
    assert list(incoming_root(world.ctx).iterdir()) == []
    assert dataset_names(world.ctx.data_root) == ()


def test_a_load_that_was_done_before_its_worker_was_killed_adds_nothing_twice(
    world: World, analyst: FlaskClient
) -> None:
    page = looked_at(world, analyst, mode="add")
    answer = press(analyst, page, "bring-in", step="load")

    class Killed(BaseException):
        """What a worker can't catch."""

    def killed(ctx: Any, params: Any, progress: Any) -> Any:
        sent = incoming_root(ctx) / params["sent"]
        kept = (sent / "state.json").read_bytes(), next(sent.glob("files/1/*")).read_bytes()
        HANDLERS["load rows"](ctx, params, progress)
        (sent / "files" / "1").mkdir(parents=True)
        (sent / "state.json").write_bytes(kept[0])
        (sent / "files" / "1" / "part-0.csv").write_bytes(kept[1])
        raise Killed

    with pytest.raises(Killed):
        run_next(world.ctx, {"load rows": killed})
    world.clock.advance(dt.timedelta(minutes=2))
    work(world)

    assert "The rows are in" in analyst.get(answer.location).text
    assert open_dataset(world.ctx.data_root, "trial").manifest.rows == 42


@pytest.mark.parametrize(
    ("columns", "about", "said"),
    [
        ({"Team": ""}, {}, "No column holds this: The agency. Choose one below."),
        ({"Ref": "person"}, {}, "Two columns hold this: The mark of the person. Choose one of them."),
        ({}, {"ends": "soon"}, "This is not a day we can read. Write it like 2027-03-31."),
    ],
)
def test_what_was_chosen_wrongly_is_told_beside_what_was_typed(
    analyst: FlaskClient, columns: dict[str, str], about: dict[str, str], said: str
) -> None:
    answer = choose(analyst, upload(analyst, ROWS), columns, partner="Typed before", **about)

    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert 'value="Typed before"' in answer.text


def test_a_reason_to_keep_a_column_is_asked_for_and_used(world: World, analyst: FlaskClient) -> None:
    address = upload(analyst, ROWS)
    page = analyst.get(address).text
    fields = chosen(page, Surname="kind")
    fields["reason"][4] = "Agreed with every partner"

    answer = analyst.post(address, data={"csrf_token": token(page), **ABOUT, **fields})
    work(world)

    assert "looks like names" not in plain(analyst.get(answer.location).text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04no", "This workbook or zip file is broken or locked."),
        (None, "There is no file. Choose one or more."),
    ],
)
def test_a_file_that_is_no_table_is_told_at_once_and_not_kept(
    world: World, analyst: FlaskClient, content: bytes | None, said: str
) -> None:
    files = {} if content is None else {"files": (io.BytesIO(content), "rows.csv")}
    answer = send(analyst, "/data/load/", **files)

    assert answer.status_code == 422
    assert said in plain(answer.text)
    assert [*incoming_root(world.ctx).glob("*")] == []


def test_files_that_nobody_finished_go_after_a_day(world: World, analyst: FlaskClient) -> None:
    address = upload(analyst, ROWS)
    (incoming_root(world.ctx) / "half-received").mkdir()
    sweep_sent(world.ctx)
    assert analyst.get(address).status_code == 200

    world.clock.advance(KEPT_FOR + dt.timedelta(minutes=1))
    sweep_sent(world.ctx)

    assert analyst.get(address).status_code == 404


def test_files_can_be_thrown_away_and_are_their_senders_alone(world: World, analyst: FlaskClient) -> None:
    address = upload(analyst, ROWS)
    page = analyst.get(address).text
    other = world.client("worker")
    assert other.get(address).status_code == 403

    assert press(analyst, page, "throw-away").status_code == 303
    assert analyst.get(address).status_code == 404
    assert list(incoming_root(world.ctx).iterdir()) == []


def test_a_job_of_another_kind_has_no_page_here(world: World, analyst: FlaskClient) -> None:
    from storybook.services.jobs import start_job

    job = start_job(world.ctx, world.actor("analyst"), "something else")
    assert analyst.get(f"/data/load/jobs/{job.id}/").status_code == 404
