"""Twenty columns that say who somebody is, each with an identifier of its own in every row."""

from __future__ import annotations

from collections.abc import Callable

from stdnum.gb import nhs


def _nhs(n: int) -> str:
    """A number of ten digits with the right check digit."""
    some = (f"{number}" for number in range(4_000_000_000 + 977 * n, 5_000_000_000))
    digits = next(digits for digits in some if nhs.is_valid(digits))
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


_FIRST = ("Marjorie", "Zainab", "Kofi", "Siobhan", "Grzegorz", "Priya", "Winifred", "Omar")
_LAST = (
    "Ablethorpe",
    "Zwirek",
    "Quansah",
    "O'Shaughnessy",
    "Wisniewski",
    "Ramanathan",
    "Thistlewood",
    "Haddadi",
)


def _of(names: tuple[str, ...], n: int) -> str:
    return names[n % len(names)]


#: heading that gives nothing away -> (what the column looks like, the value in row n)
BY_CONTENT: dict[str, tuple[str, Callable[[int], str]]] = {
    "a": ("names", lambda n: f"{_of(_FIRST, n)} {_of(_LAST, n // 3)}"),
    "b": ("NHS numbers", _nhs),
    "c": ("National Insurance numbers", lambda n: f"QQ{12 + n:02} 34 5{n % 10} C".replace("QQ", "JG")),
    "d": ("National Insurance numbers", lambda n: f"123-45-{6700 + n}"),
    "e": ("email addresses", lambda n: f"{_of(_LAST, n).lower().replace(chr(39), '')}{n}@example.net"),
    "f": ("phone numbers", lambda n: f"07700 900{n:03}"),
    "g": ("phone numbers", lambda n: f"024 7655 {1000 + n}"),
    "h": ("full postcodes", lambda n: f"CV{1 + n % 6} {n % 10}QZ"),
    "i": ("addresses", lambda n: f"{n + 1} Thistledown Terrace"),
    "j": ("dates, perhaps of birth", lambda n: f"{1 + n % 28:02}/03/{1941 + n}"),
    "k": (
        "passports or driving licences",
        lambda n: f"THIST705{1 + n % 28:02}{n % 10}WQ9AZ",
    ),
    "l": ("number plates", lambda n: f"QX{10 + n:02} ZQW"),
    "m": ("bank accounts or cards", lambda n: "GB33BUKB20201555555555"),
    "n": ("bank accounts or cards", lambda n: "4242 4242 4242 4242"),
    "o": ("addresses of a computer or phone", lambda n: f"203.0.113.{n + 1}"),
    "p": ("names or pages on the web", lambda n: f"https://people.example/{_of(_LAST, n)}{n}"),
    "q": ("exact places on a map", lambda n: f"52.4{n:02}81, -1.5{n:02}97"),
    "r": ("numbers of a person's records", lambda n: f"2016/04{10000 + n}K"),
    "s": (
        "initials and dates of birth",
        lambda n: f"{_of('ABCDEFGH', n)}Q{1 + n % 28:02}0{1 + n % 9}{70 + n % 20}",
    ),
    "t": (
        "somebody's notes",
        lambda n: (
            f"Visit {n}: she was tearful, said {_of(_LAST, n)} had taken her keys "
            "again and would not come back before Friday"
        ),
    ),
}
ROWS = 40
