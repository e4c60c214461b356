"""Accounts from the outside: a password is asked for, and kept so that nobody can read it."""

import pytest
import sqlalchemy as sa

from storybook.services.accounts import add_account, has_password, hash_password
from storybook.services.context import Actor, Context
from tests.integration.cli_fixtures import run


@pytest.fixture(autouse=True)
def environment(monkeypatch, home, database_url):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)


def test_a_password_is_asked_for_twice_and_has_to_be_long_enough(home, database_url):
    typed = "short\nshort\nlong enough now\nlong enough now\n"
    assert (
        run("account", "add", "Ash@Example.org", "--role", "expert", "--name", "Ash", typed=typed).code == 0
    )
    assert run("account", "list").lines == ["ash@example.org  expert"]
    ctx = Context.open(home, database_url=database_url)
    with ctx.read() as session:
        stored = session.scalar(sa.text("SELECT password FROM accounts"))
    ctx.close()
    assert stored.startswith("$argon2id$")
    assert "long enough" not in stored


def test_a_password_is_the_same_however_its_accents_are_typed(home, database_url):
    ctx = Context.open(home, database_url=database_url)
    account = add_account(
        ctx, Actor.operator(), "ash@example.org", password_hash=hash_password("caf\u00e9 and bread")
    )

    assert has_password(ctx, account, "cafe\u0301 and bread")
    assert not has_password(ctx, account, "cafe and bread")
    ctx.close()
