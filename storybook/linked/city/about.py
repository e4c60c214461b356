"""How old the people of the synthetic city are, and of which gender: made up apart from all else.

Drawn from a chance of their own, so that who goes where and when stays as it was.
"""

from __future__ import annotations

from random import Random
from typing import Final

from .people import FIRST, CityPerson

#: How many in a hundred; those of no gender have it not recorded, as some agencies' people do.
_GENDERS: Final = (("man", 0.62), ("woman", 0.34), ("non-binary", 0.01), ("", 0.03))
_YOUNGEST, _OLDEST, _USUAL = 16, 88, 37
_DAYS_OF_A_YEAR: Final = 365


class Abouts:
    """Age band and gender of each person of the city made from ``seed``."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._known: dict[str, tuple[int, str]] = {}

    def on(self, person: CityPerson, day: int) -> tuple[str, str]:
        """(age band, gender) ``day`` days after the city's first day."""
        if person.mark not in self._known:
            self._known[person.mark] = self._made(person)
        born, gender = self._known[person.mark]
        return _band(FIRST.year - (born - day // _DAYS_OF_A_YEAR)), gender

    def _made(self, person: CityPerson) -> tuple[int, str]:
        """The year of birth and the gender."""
        chance = Random(f"{self._seed} {person.mark}")  # noqa: S311 - made-up people have to be repeatable
        age = int(chance.triangular(_YOUNGEST, _OLDEST, _USUAL))
        drawn = chance.random()
        for gender, share in _GENDERS:
            drawn -= share
            if drawn < 0:
                return FIRST.year - age, gender
        return FIRST.year - age, ""


def _band(age: int) -> str:
    """As ``age_bands`` has them."""
    if age < 18:
        return "under 18"
    return (
        "18 to 29" if age < 30 else "90 or over" if age >= 90 else f"{age // 10 * 10} to {age // 10 * 10 + 9}"
    )
