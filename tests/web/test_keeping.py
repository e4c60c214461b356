"""The place in memory for what takes long to make."""

from __future__ import annotations

import pytest

from storybook.web.keeping import Keeping


def fail() -> str:
    raise AssertionError("it was made again")


def test_it_is_made_once_and_again_when_it_is_no_longer_good() -> None:
    keeping: Keeping[str, str] = Keeping(3, 100, len)
    assert keeping.get("a", lambda: "one") == "one"
    assert keeping.get("a", fail) == "one"
    assert keeping.get("a", lambda: "two", good=lambda _: False) == "two"
    assert keeping.get("a", fail) == "two"


def test_the_one_not_asked_for_longest_goes_first() -> None:
    keeping: Keeping[str, str] = Keeping(2, 100, len)
    for key in ("a", "b", "a", "c"):
        keeping.get(key, lambda key=key: key)
    assert keeping.get("a", fail) == "a"
    assert keeping.get("b", lambda: "anew") == "anew"
    assert len(keeping) == 2


def test_all_together_are_only_so_heavy() -> None:
    keeping: Keeping[str, str] = Keeping(9, 10, len)
    keeping.get("a", lambda: "12345")
    keeping.get("b", lambda: "123456")
    assert len(keeping) == 1
    assert keeping.get("c", lambda: "12345678901") == "12345678901"
    assert len(keeping) == 0


def test_what_was_begun_before_it_was_to_be_forgotten_is_not_kept() -> None:
    keeping: Keeping[str, str] = Keeping(9, 100, len)

    def forgotten_meanwhile() -> str:
        keeping.forget()
        return "words wanted nowhere"

    keeping.get("b", lambda: "b")
    assert keeping.get("a", forgotten_meanwhile) == "words wanted nowhere"
    assert len(keeping) == 0


def test_some_can_be_dropped_alone() -> None:
    keeping: Keeping[str, str] = Keeping(9, 100, len)
    for key in ("ab", "ac", "b"):
        keeping.get(key, lambda key=key: key)
    keeping.drop(lambda key: key.startswith("a"))
    assert len(keeping) == 1
    assert keeping.get("b", fail) == "b"


def test_what_could_not_be_made_is_not_kept() -> None:
    keeping: Keeping[str, str] = Keeping(9, 100, len)
    with pytest.raises(AssertionError):
        keeping.get("a", fail)
    assert len(keeping) == 0
