"""Keys on disk, and the file of what must never come back."""

import datetime as dt
import stat
from uuid import UUID

import pytest
from cryptography.fernet import InvalidToken

from storybook.store.keys import Keys
from storybook.store.withdrawals import Ended, keep, kept

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    keys = Keys(tmp_path / "keys")
    token = keys.cipher("names").encrypt(b"Ash")
    assert Keys(tmp_path / "keys").cipher("names").decrypt(token) == b"Ash"
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert [stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "keys").iterdir()] == [0o600]


def test_each_name_has_a_key_of_its_own(tmp_path):
    keys = Keys(tmp_path / "keys")
    assert keys.text("one") != keys.text("two")
    with pytest.raises(InvalidToken):
        keys.cipher("three").decrypt(keys.cipher("four").encrypt(b"x"))


def test_a_key_that_another_process_made_meanwhile_is_not_replaced(tmp_path, monkeypatch):
    keys = Keys(tmp_path / "keys")
    first = keys.text("one")
    monkeypatch.setattr("pathlib.Path.exists", lambda self: False)
    assert keys.text("one") == first
    monkeypatch.undo()
    assert [p.name for p in (tmp_path / "keys").iterdir()] == ["one.key"]


def test_what_was_kept_is_read_back_in_order(tmp_path):
    path = tmp_path / "withdrawals.jsonl"
    lines = [Ended(AT, (UUID(int=1),), (UUID(int=2), UUID(int=3))), Ended(AT, (), ())]
    assert list(kept(path)) == []
    for line in lines:
        keep(path, line)
    assert list(kept(path)) == lines
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_cut_off_by_a_crash_spoils_no_other(tmp_path):
    path = tmp_path / "withdrawals.jsonl"
    lines = [Ended(AT, (UUID(int=n),), ()) for n in (1, 2)]
    keep(path, lines[0])
    path.write_bytes(path.read_bytes() + b'{"at": "2026-03')
    keep(path, lines[1])
    assert list(kept(path)) == lines
