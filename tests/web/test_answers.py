"""Headers on every answer, friendly pages for what goes wrong, and what a log may hold."""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from storybook.settings import CLONE
from storybook.story.messages import message
from storybook.story.problems import Problem, Problems
from storybook.web import errors
from storybook.web.security import PUBLIC_SECONDS, content_security_policy
from tests.web.conftest import World, send, token

PUBLIC = f"public, max-age=0, s-maxage={PUBLIC_SECONDS}, must-revalidate"
POLICY = content_security_policy()
PAGES = ("/", "/about/", "/sign-in/", "/stories/", "/nothing/", "/healthz", "/static/css/site.css")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_policy(world: World, address: str) -> None:
    with world.client().get(address) as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/about/", "/stories/", "/sign-in/"])
def test_only_what_anybody_gets_may_know_the_window_that_opened_it(world: World, address: str) -> None:
    opener = "Cross-Origin-Opener-Policy"
    assert world.client("worker").get(address).headers[opener] == "same-origin"
    public = world.client().get(address)
    assert (opener in public.headers) is (public.headers["Cache-Control"] != PUBLIC)


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert re.findall(r"https?:|\*", POLICY) == []
    assert POLICY.startswith("default-src 'none'; script-src 'self'; ")
    for directive in (
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
    ):
        assert directive in POLICY


def test_no_template_holds_an_inline_script_style_or_handler() -> None:
    found = []
    for path in (CLONE / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        if path.parent.name != "one_file":
            found += re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", text)
            found += [
                s
                for s in re.findall(r"<script[^>]*>", text)
                if "src=" not in s and "application/json" not in s
            ]
    assert found == []


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_public_pages_may_be_kept_for_five_minutes_by_those_signed_out(world: World, address: str) -> None:
    assert world.client().get(address).headers["Cache-Control"] == PUBLIC
    assert world.client("worker").get(address).headers["Cache-Control"] == "private, no-store"


def test_a_page_that_has_not_changed_is_not_sent_again(world: World) -> None:
    client = world.client()
    first = client.get("/about/")
    again = client.get("/about/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_public_pages_set_no_cookie(world: World) -> None:
    assert "Set-Cookie" not in world.client().get("/").headers


def test_our_own_files_are_kept_for_good_under_a_marked_address(world: World) -> None:
    client = world.client()
    page = client.get("/").text
    (marked,) = re.findall(r'href="(/static/css/site.css\?v=[0-9a-f]{12})"', page)
    with client.get(marked) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with client.get("/static/css/site.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
    with client.get("/static/css/nothing.css?v=1") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-cache")


def test_public_answers_travel_compressed_and_private_ones_do_not(world: World) -> None:
    accept = {"Accept-Encoding": "gzip"}
    with world.client().get("/static/css/site.css", headers=accept) as first:
        plain = (CLONE / "static" / "css" / "site.css").read_bytes()
        assert gzip.decompress(first.data) == plain
    with world.client().get("/static/css/site.css", headers=accept) as again:
        assert again.data == first.data
    assert "Content-Encoding" in world.client().get("/about/", headers=accept).headers
    assert "Content-Encoding" not in world.client("worker").get("/about/", headers=accept).headers


def test_cookies_are_for_this_site_and_no_script(make_world: Callable[..., World]) -> None:
    plain = make_world().client().get("/sign-in/").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain


def test_over_https_cookies_stay_there(make_world: Callable[..., World]) -> None:
    answer = make_world(https=True).client().get("/sign-in/", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_one_proxy_of_ours_is_believed_about_the_address(make_world: Callable[..., World]) -> None:
    headers = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "198.51.100.7",
        "X-Forwarded-Host": "stories.localhost",
    }
    assert "Strict-Transport-Security" in make_world(proxies=1).client().get("/", headers=headers).headers
    assert "Strict-Transport-Security" not in make_world().client().get("/", headers=headers).headers


def test_healthz_says_yes_and_no(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = world.client().get("/healthz")
    assert (answer.status_code, answer.json) == (
        200,
        {"ok": True, "checks": {"database": True, "schema": True, "home": True}},
    )
    monkeypatch.setattr("storybook.services.health.os.access", lambda *_: False)
    sick = world.client().get("/healthz")
    assert (sick.status_code, sick.json["ok"], sick.json["checks"]["home"]) == (503, False, False)


@pytest.mark.parametrize(
    ("address", "method", "status", "words"),
    [
        ("/nothing/", "GET", 404, "There is nothing here"),
        ("/editions/nobody/", "GET", 404, "There is nothing here"),
        ("/editions/ann/1/", "GET", 404, "There is nothing here"),
        ("/stories/ann/review/send/", "GET", 405, "That can&#39;t be done here"),
        ("/stories/nobody/", "GET", 403, "You can&#39;t open this page"),
        ("/stories/ann/review/send/", "POST", 400, "We can&#39;t use that"),
        ("/stories/ann/data/add/", "GET", 404, "There is nothing here"),
    ],
)
def test_what_goes_wrong_is_said_kindly(
    world: World, address: str, method: str, status: int, words: str
) -> None:
    answer = world.client("worker").open(address, method=method)
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{words}' in answer.text
    assert "Go to the stories" in answer.text


def test_a_fault_of_ours_tells_the_reader_little_and_the_log_nothing_of_the_story(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Ann Example, AB1 2CD"

    def broken(*_: Any) -> None:
        raise KeyError(secret)

    monkeypatch.setattr("storybook.web.stories.views.list_stories", broken)
    with caplog.at_level(logging.DEBUG):
        answer = world.client("worker").get("/stories/")
    assert answer.status_code == 500
    assert "It is our fault, not yours." in answer.text
    assert "KeyError" in caplog.text
    assert "storybook.web.stories.views" in caplog.text
    for told in (caplog.text, answer.text):
        assert secret not in told


def test_a_page_for_faults_that_is_broken_itself_still_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("x")

    client = world.client("worker")
    monkeypatch.setattr("storybook.web.stories.views.list_stories", broken)
    monkeypatch.setattr(errors, "render_template", broken)
    answer = client.get("/stories/")
    assert (answer.status_code, answer.text, answer.mimetype) == (500, "Something went wrong", "text/plain")


def test_problems_that_no_form_took_are_listed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise Problems(
            [Problem(message("the day is missing"), message("write it"), "contacts.csv", 3, "Date")]
        )

    monkeypatch.setattr("storybook.web.stories.views.list_stories", refuse)
    answer = world.client("worker").get("/stories/")
    assert answer.status_code == 422
    assert "contacts.csv, line 3, Date: The day is missing. Write it." in answer.text


def test_a_form_from_another_session_is_refused_with_the_reason(world: World) -> None:
    page = world.client("expert").get("/stories/ann/change/").text
    answer = world.client("worker").post(
        "/stories/ann/change/", data={"csrf_token": token(page), "title": "x"}
    )
    assert answer.status_code == 400
    assert "This page was open for too long" in answer.text


def test_htmx_may_send_the_token_in_a_header(world: World) -> None:
    client = world.client("worker")
    page = client.get("/stories/").text
    (carried,) = re.findall(r'"X-CSRFToken": "([^"]+)"', page)
    answer = client.post("/stories/ann/review/send/", headers={"X-CSRFToken": carried})
    assert answer.status_code == 303


def test_htmx_gets_the_main_part_of_the_same_address(world: World) -> None:
    client = world.client("worker")
    whole = client.get("/stories/ann/contact/add/")
    part = client.get("/stories/ann/contact/add/", headers={"HX-Request": "true"})
    full = client.get("/stories/ann/contact/add/", headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert "<!doctype html>" in whole.text
    assert "<!doctype html>" in full.text
    assert "<!doctype html>" not in part.text
    assert "<title>Add a contact – Storybook</title>" in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_htmx_is_told_where_to_go(world: World) -> None:
    answer = send(
        world.client("worker"),
        "/stories/ann/person/add/",
        headers={"HX-Request": "true"},
        page="/stories/ann/person/add/",
        name="Bo",
    )
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/stories/ann/#person-list")


def test_a_signed_out_htmx_request_is_told_to_sign_in(world: World) -> None:
    answer = world.client().get("/stories/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/?next=/stories/")
