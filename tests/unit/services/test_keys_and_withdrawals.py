"""Keys on disk, and the file of what must never come back."""

import datetime as dt
import stat
from uuid import UUID

import pytest
from cryptography.fernet import InvalidToken

from storybook.store.apart import Apart
from storybook.store.keys import Keys
from storybook.store.withdrawals import Ended, keep, kept
from storybook.story.problems import Problems


def a_list(folder, copy="elsewhere"):
    """A list with a seal, and a copy unless there is no place for one."""
    place = folder / copy / "w.jsonl" if copy else None
    return Apart(folder / "w.jsonl", folder / "keys" / "w.seal", place)


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
    apart = a_list(tmp_path)
    lines = [Ended(AT, (UUID(int=1),), (UUID(int=2), UUID(int=3))), Ended(AT, (), ())]
    assert list(kept(apart)) == []
    for line in lines:
        keep(apart, line)
    assert list(kept(apart)) == lines
    assert [stat.S_IMODE(p.stat().st_mode) for p in (apart.file, apart.seal, apart.copy)] == [0o600] * 3


def test_a_line_cut_off_by_a_crash_spoils_no_other(tmp_path):
    apart = a_list(tmp_path)
    lines = [Ended(AT, (UUID(int=n),), ()) for n in (1, 2)]
    keep(apart, lines[0])
    apart.file.write_bytes(apart.file.read_bytes() + b'{"at": "2026-03')
    keep(apart, lines[1])
    assert list(kept(apart)) == lines
    apart.make_whole()
    assert list(kept(apart)) == lines


def deleted(file):
    file.unlink()


def emptied(file):
    file.write_bytes(b"")


def cut_short(file):
    file.write_bytes(file.read_bytes()[:-1])


def zeroed(file):
    file.write_bytes(bytes(file.stat().st_size))


def rewritten(file):
    file.write_bytes(file.read_bytes().replace(b"1", b"2"))


LOST = (deleted, emptied, cut_short, zeroed, rewritten)


@pytest.mark.parametrize("lose", LOST)
def test_a_list_that_is_not_whole_is_never_taken_for_one(tmp_path, lose):
    apart = a_list(tmp_path, copy="")
    keep(apart, Ended(AT, (UUID(int=1),), ()))
    lose(apart.file)
    with pytest.raises(Problems, match="so nothing may be shown"):
        apart.make_whole()
    assert not apart.is_whole()


@pytest.mark.parametrize("lose", LOST)
def test_the_copy_outside_the_home_makes_it_whole_again(tmp_path, lose):
    apart, ended = a_list(tmp_path), Ended(AT, (UUID(int=1),), ())
    keep(apart, ended)
    lose(apart.file)
    apart.make_whole()
    assert (list(kept(apart)), apart.is_whole()) == ([ended], True)


def test_an_older_home_put_back_whole_learns_from_the_copy_what_ended_since(tmp_path):
    apart, lines = a_list(tmp_path), [Ended(AT, (UUID(int=n),), ()) for n in (1, 2, 3)]
    keep(apart, lines[0])
    older = {path: path.read_bytes() for path in (apart.file, apart.seal)}
    keep(apart, lines[1])
    for path, content in older.items():
        path.write_bytes(content)
    assert list(kept(apart)) == lines[:1]
    apart.make_whole()
    assert list(kept(apart)) == lines[:2]
    apart.copy.unlink()
    apart.make_whole()
    keep(apart, lines[2])
    assert apart.copy.read_bytes() == apart.file.read_bytes()


def test_a_line_added_to_a_list_that_lost_some_does_not_hide_the_loss(tmp_path):
    apart = a_list(tmp_path, copy="")
    keep(apart, Ended(AT, (UUID(int=1),), ()))
    apart.file.unlink()
    keep(apart, Ended(AT, (UUID(int=2),), ()))
    assert not apart.is_whole()
    apart.begin_anew()
    apart.make_whole()
    assert (apart.is_whole(), len(list(kept(apart)))) == (True, 1)


def test_a_copy_that_can_t_be_written_stops_no_withdrawal(tmp_path, caplog):
    (tmp_path / "elsewhere").write_text("a file where a folder should be")
    apart = a_list(tmp_path)
    keep(apart, Ended(AT, (UUID(int=1),), ()))
    assert (len(list(kept(apart))), apart.is_whole()) == (1, True)
    assert [r.getMessage() for r in caplog.records] == [
        "the second list of what was taken back can't be written: see STORYBOOK_APART"
    ]
