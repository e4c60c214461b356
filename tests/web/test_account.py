"""Signing in and out, the brake on guessing, and the demo's one click."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from storybook.services.accounts import hash_password
from storybook.story.clock import FixedClock
from storybook.web.account.throttle import FAILURES_AN_ACCOUNT, REMEMBERED, WINDOW, Throttle
from tests.web.conftest import NOON, PASSWORD, World, add_demo_accounts, send, token

WORKER = {"email": "worker@test.example", "password": PASSWORD}


def test_the_right_password_opens_the_desk(world: World) -> None:
    client = world.client()
    answer = send(client, "/sign-in/", **WORKER)
    assert (answer.status_code, answer.location) == (302, "/stories/")
    assert "Ann’s way home" in client.get("/stories/").text


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(world: World) -> None:
    wrong = send(world.client(), "/sign-in/", email="worker@test.example", password="nope nope nope")
    unknown = send(world.client(), "/sign-in/", email="stranger@test.example", password="nope nope nope")
    said = "That email address and password don&#39;t go together. Check both and try again."
    for answer in (wrong, unknown):
        assert said in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert wrong.text.count(said) == unknown.text.count(said)


def test_a_page_that_needs_an_account_sends_to_sign_in_and_back(world: World) -> None:
    client = world.client()
    answer = client.get("/stories/ann/?x=1")
    assert answer.status_code == 303
    assert answer.location == "/sign-in/?next=/stories/ann/?x%3D1"
    signed_in = send(client, "/sign-in/", next="/stories/ann/", **WORKER)
    assert signed_in.location == "/stories/ann/"


@pytest.mark.counted
@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "http:///evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//localhost@evil.example",
        "http://localhost.evil.example",
        "/%0d%0aLocation:https://evil.example",
        " //evil.example",
    ],
)
def test_signing_in_never_leads_to_another_host(world: World, evil: str) -> None:
    client = world.client()
    answer = send(client, "/sign-in/", next=evil, **WORKER)
    if answer.status_code == 200:  # refused; the page that says so leads home
        assert "That page is not on this site." in answer.text
        assert 'name="next" value=""' in answer.text
        answer = send(client, "/sign-in/", **WORKER)
    landed = urljoin("http://localhost/sign-in/", answer.location)
    assert landed.startswith("http://localhost/")
    assert "\n" not in answer.location


def test_signing_out_takes_a_post_with_the_page_s_token(world: World) -> None:
    client = world.client("worker")
    assert client.post("/sign-out/").status_code == 400
    assert client.get("/sign-out/").status_code == 405
    page = client.get("/stories/").text
    assert client.post("/sign-out/", data={"csrf_token": token(page)}).location == "/"
    assert client.get("/stories/").status_code == 303


def sign_out(world: World, client: FlaskClient) -> None:
    client.post("/sign-out/", data={"csrf_token": token(client.get("/stories/").text)})


def change_password(world: World, _client: FlaskClient) -> None:
    with world.app.app_context():
        accounts = world.app.extensions["storybook-accounts"]
        accounts.find_user(email=WORKER["email"]).password = hash_password("another long one")
        accounts.db.session.commit()


def close_account(world: World, _client: FlaskClient) -> None:
    with world.app.app_context():
        accounts = world.app.extensions["storybook-accounts"]
        accounts.find_user(email=WORKER["email"]).active = False
        accounts.db.session.commit()


@pytest.mark.parametrize("end", [sign_out, change_password, close_account])
def test_a_copied_cookie_opens_nothing_once_the_session_ended(
    world: World, end: Callable[[World, FlaskClient], None]
) -> None:
    client, copied, else_s = world.client(), world.app.test_client(), world.client("expert")
    send(client, "/sign-in/", **WORKER)
    copied.set_cookie("storybook", client.get_cookie("storybook").value)
    assert copied.get("/stories/").status_code == 200
    end(world, client)
    assert [one.get("/stories/").status_code for one in (copied, client, else_s)] == [303, 303, 200]


def test_whoever_signed_out_signs_in_again(world: World) -> None:
    client = world.client()
    for _ in range(2):
        send(client, "/sign-in/", **WORKER)
        assert client.get("/stories/").status_code == 200
        sign_out(world, client)


def test_after_a_few_wrong_passwords_an_account_has_to_wait(world: World) -> None:
    client = world.client()
    for _ in range(FAILURES_AN_ACCOUNT):
        assert (
            send(client, "/sign-in/", email="worker@test.example", password="guess guess").status_code == 200
        )
    blocked = send(client, "/sign-in/", **WORKER)
    assert blocked.status_code == 429
    assert "Wait 15 minutes, then try again." in blocked.text
    other = send(world.client(), "/sign-in/", email="expert@test.example", password=PASSWORD)
    assert other.status_code == 302
    world.clock.advance(WINDOW)
    assert send(world.client(), "/sign-in/", **WORKER).status_code == 302


def test_the_brake_forgets_the_longest_untouched_first() -> None:
    brake = Throttle(FixedClock(NOON))
    for number in range(REMEMBERED + 1):
        brake.failed(f"account {number}")
    assert not brake.must_wait("account 0", 1)
    assert brake.must_wait(f"account {REMEMBERED}", 1)


def test_a_success_clears_the_account_s_failures() -> None:
    brake = Throttle(FixedClock(NOON))
    brake.failed("account a")
    brake.succeeded("account a")
    brake.succeeded("account never seen")
    assert not brake.must_wait("account a", 1)


class TestTheDemo:
    @pytest.fixture
    def demo(self, make_world: Callable[..., World]) -> World:
        made = make_world(demo=True)
        add_demo_accounts(made.ctx)
        return made

    @pytest.mark.counted
    @pytest.mark.parametrize("role", ["worker", "expert", "reviewer", "analyst"])
    def test_one_click_signs_in_on_this_machine(self, demo: World, role: str) -> None:
        client = demo.client()
        answer = send(client, f"/sign-in/demo/{role}", page="/sign-in/")
        assert (answer.status_code, answer.location) == (303, "/stories/")
        assert (
            f"Demo {'case worker' if role == 'worker' else 'expert by experience' if role == 'expert' else role}"
            in client.get("/about/").text
        )

    def test_its_accounts_have_no_password_to_change(self, demo: World) -> None:
        client = demo.client()
        send(client, "/sign-in/demo/worker", page="/sign-in/")
        assert 'href="/account/password/"' not in client.get("/stories/").text
        assert "This account has no password" in client.get("/account/password/").text

    def test_there_is_no_such_role(self, demo: World) -> None:
        assert send(demo.client(), "/sign-in/demo/admin", page="/sign-in/").status_code == 404

    @pytest.mark.parametrize(
        ("headers", "address"),
        [
            ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1"),
            ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1"),
            ({"Via": "1.1 proxy"}, "127.0.0.1"),
            ({"Host": "192.168.1.20"}, "127.0.0.1"),
            ({"Host": "stories.localhost"}, "127.0.0.1"),
            ({}, "192.168.1.20"),
            ({}, "::ffff:10.0.0.1"),
            ({}, ""),
        ],
    )
    def test_nobody_else_is_offered_it(self, demo: World, headers: dict[str, str], address: str) -> None:
        client = demo.client()
        client.environ_base["REMOTE_ADDR"] = address
        page = client.get("/sign-in/", headers=headers).text
        assert "Look around the demo" not in page
        data = {"csrf_token": token(page)}
        assert client.post("/sign-in/demo/worker", data=data, headers=headers).status_code == 404

    @pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000", "[::1]"])
    def test_every_name_of_this_machine_will_do(self, demo: World, host: str) -> None:
        assert "Look around the demo" in demo.client().get("/sign-in/", headers={"Host": host}).text

    def test_without_the_demo_there_is_no_one_click(self, world: World) -> None:
        add_demo_accounts(world.ctx)
        page = world.client().get("/sign-in/").text
        assert "Look around the demo" not in page


def test_a_session_ends_with_the_account(world: World) -> None:
    client = world.client("worker")
    with client.session_transaction() as session:
        session["_user_id"] = "not somebody's"
    assert client.get("/stories/").status_code == 303


PASSWORD_PAGE = "/account/password/"
ANOTHER = "drei Möwen am Deich"


def test_a_password_is_changed_by_whoever_knows_it_and_ends_the_other_sessions(world: World) -> None:
    here, elsewhere, else_s = world.client("worker"), world.client("worker"), world.client("expert")
    assert 'href="/account/password/"' in here.get("/stories/").text
    answer = send(here, PASSWORD_PAGE, now=PASSWORD, new=ANOTHER)
    assert (answer.status_code, answer.location) == (303, PASSWORD_PAGE)
    assert "Your password is changed." in here.get(PASSWORD_PAGE).text
    assert [one.get("/stories/").status_code for one in (elsewhere, here, else_s)] == [303, 200, 200]
    email = WORKER["email"]
    assert send(world.client(), "/sign-in/", email=email, password=PASSWORD).status_code == 200
    assert send(world.client(), "/sign-in/", email=email, password=ANOTHER).location == "/stories/"


@pytest.mark.parametrize(
    ("now", "new", "said"),
    [
        ("not this one", ANOTHER, ["That is not the password you have now. Type it again."]),
        (PASSWORD, "too short", ["That is too short. Use 10 letters or more:"]),
        (PASSWORD, "", ["This is empty. Use 10 letters or more:"]),
        (PASSWORD, "x" * 1001, ["That is too long. Use 10 letters or more:"]),
        (PASSWORD, PASSWORD, ["That is the one you have now. Use another one."]),
        (PASSWORD, "Worker@test.example", ["That is your email address."]),
        ("x" * 1001, "", ["That is not the password you have now.", "This is empty."]),
    ],
)
def test_a_password_that_would_not_do_is_told_beside_its_field(
    world: World, now: str, new: str, said: list[str]
) -> None:
    answer = send(world.client("worker"), PASSWORD_PAGE, now=now, new=new)
    assert (answer.status_code, [words in answer.text for words in said]) == (422, [True] * len(said))
    assert "<title>Error: " in answer.text
    assert ANOTHER not in answer.text
    assert send(world.client(), "/sign-in/", **WORKER).location == "/stories/"


def test_whoever_guesses_at_an_open_screen_has_to_wait(world: World) -> None:
    client = world.client("worker")
    said = [
        send(client, PASSWORD_PAGE, now="a guess", new=ANOTHER).status_code
        for _ in range(FAILURES_AN_ACCOUNT)
    ]
    assert said == [422] * FAILURES_AN_ACCOUNT
    assert send(client, PASSWORD_PAGE, now=PASSWORD, new=ANOTHER).status_code == 429
    world.clock.advance(WINDOW)
    assert send(client, PASSWORD_PAGE, now=PASSWORD, new=ANOTHER).status_code == 303
