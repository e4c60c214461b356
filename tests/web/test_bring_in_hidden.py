"""Hidden rows and columns of a workbook: said on the page, and the worker's to choose."""

from __future__ import annotations

import io

import openpyxl

from tests.web.conftest import World, send, token
from tests.web.test_bring_in import ADDRESS, columns, kept


def workbook(hidden_column: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["Date", "Agency", "Event", "Own"],
        ["12/03/17", "GP", "Seen", "a"],
        ["13/03/17", "GP", "Unseen", "b"],
    ):
        sheet.append(line)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions[hidden_column].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def look(world: World, page: str, **more: str) -> str:
    client = world.clients["worker"]
    found = columns(page)
    data = {
        "csrf_token": token(page),
        **kept(page),
        "step": "look",
        "heading": [heading for heading, _ in found],
        "field": [field for _, field in found],
        **more,
    }
    return client.post(ADDRESS, data=data).text


def first(world: World, hidden_column: str) -> str:
    world.clients["worker"] = world.client("worker")
    data = io.BytesIO(workbook(hidden_column))
    return send(world.clients["worker"], ADDRESS, file=(data, "log.xlsx")).text


def test_what_is_hidden_is_said_and_comes_in_with_a_tick_and_goes_again_without(world: World) -> None:
    page = first(world, "D")
    assert "Hidden in the sheet: 1 row and 1 column" in page
    assert [heading for heading, _ in columns(page)] == ["Date", "Agency", "Event"]
    assert "Unseen" not in page
    ticked = look(world, page, hidden="y")
    assert [heading for heading, _ in columns(ticked)] == ["Date", "Agency", "Event", "Own"]
    assert "Unseen" in ticked
    assert 'name="hidden-was"' in ticked
    again = look(world, ticked, **{"hidden-was": "y"})
    assert [heading for heading, _ in columns(again)] == ["Date", "Agency", "Event"]
    assert "Unseen" not in again


def test_a_needed_column_that_is_hidden_can_be_brought_in_on_the_page(world: World) -> None:
    page = first(world, "A")
    assert "Hidden in the sheet, and left out: 1 row and 1 column. Choose it below." in page
    assert "What we took each column for" in page
    assert "Unseen" in look(world, page, hidden="y")
