"""Making words that came in place of others fit the sentence: articles, endings, capitals, and ages as they are told.

Only small words beside the place change with it ("aged", "at the", "a"). Where nothing is known they stand as chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: How far around a place is looked: a sentence's worth.
_AROUND: Final = 120
_ARTICLE: Final = re.compile(
    r"\b(?P<article>an?|the|his|her|their|its|my|our|your|this|that)\s+$", re.IGNORECASE
)
_LEADING: Final = re.compile(r"^an?\s+(?=\S)")
_BEGINS: Final = re.compile(r"(?:^|[.!?]['’”\")*_]*\s+|\n\s*)(?:[>#*+\-]\s+)*[\"“‘'(*_\[]*$")
_QUOTING: Final = re.compile(r"(?:^|[\s(])['‘][^'’]*$")
#: Said with a vowel, or not, whatever the letter.
_VOWEL: Final = re.compile(r"(?!uni|use|usu|eu|one|once)[aeiou]|hour|heir|honest", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Age:
    """A band of ages as every kind of sentence says it; ``{their}`` is whose."""

    is_: str
    adjective: str
    noun: str
    as_: str
    since: str
    becomes: str


_TENS: Final = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
_AGES: Final = {
    "a child": _Age("a child", "young", "child", "as a child", "childhood", "was"),
    "a teenager": _Age("a teenager", "teenage", "teenager", "as a teenager", "{their} teens", "became"),
    "90 or over": _Age(
        "90 or over", "very old", "very old person", "in {their} very old age", "very old age", "became"
    ),
} | {
    f"in {{their}} {tens}": _Age(
        f"in {{their}} {tens}",
        f"{tens[:-3]}y-something",
        f"{tens[:-3]}y-something",
        f"in {{their}} {tens}",
        f"{{their}} {tens}",
        "reached",
    )
    for tens in _TENS
}
_WHOSE: Final = re.compile(r"\b(?:their|her|his|my|our|your)\b", re.IGNORECASE)
_OWN: Final = {"i": "my", "he": "his", "she": "her", "we": "our", "you": "your", "they": "their"}
_BE: Final = r"(?:was|is|am|are|were|be|been|being|'s|’s|'m|’m|'re|’re)"
_SMALL: Final = r"(?:now|then|only|just|still|already|both|not yet)"
_SUBJECT: Final = re.compile(
    rf"\b(?P<who>i|he|she|we|you|they)(?:['’](?:m|s|re|d))?(?:\s+(?:{_BE}|{_SMALL}|has|have|had|reached))*\s+$",
    re.IGNORECASE,
)
_FOLLOWS: Final = re.compile(r"^,?\s+(?P<who>i|he|she|we|you|they)\b", re.IGNORECASE)
_YEAR_OLD: Final = re.compile(r"(?:year|yr)[\s\-]*olds?$", re.IGNORECASE)
_AFTER_BE: Final = re.compile(rf"(?:\b|(?<=\w)){_BE}(?:\s+{_SMALL})*\s+$", re.IGNORECASE)
_SOMEBODY: Final = re.compile(
    r"^\s+(?:[a-z]+\s+)?(?:m[ae]n|wom[ae]n|boys?|girls?|lads?|lad(?:y|ies)|person|people|child(?:ren)?|sons?|daughters?"
    r"|brothers?|sisters?|mothers?|fathers?|mums?|dads?|friends?|partners?|cousins?|nephews?|nieces?|students?|self)\b"
)
_AGE_OF: Final = re.compile(r"\b(?P<word>at|by|from|since|until|till|before|after) the $", re.IGNORECASE)
_TURNED: Final = re.compile(r"\b(?P<word>turned|turns|turning|turn) $", re.IGNORECASE)
_AGED: Final = re.compile(r"\b(?:aged|age) $", re.IGNORECASE)
_ROUGHLY: Final = re.compile(
    r"\b(?:(?:just )?(?:over|under)|about|around|roughly|nearly|almost|approximately) $", re.IGNORECASE
)
_FORMS: Final = {
    "reached": {"turned": "reached", "turns": "reaches", "turning": "reaching", "turn": "reach"},
    "became": {"turned": "became", "turns": "becomes", "turning": "becoming", "turn": "become"},
    "was": {"turned": "was", "turns": "is", "turning": "being", "turn": "be"},
}


@dataclass(frozen=True, slots=True)
class Fit:
    """``put`` in the place of ``start:end`` of a text."""

    start: int
    end: int
    put: str


def fitted(text: str, start: int, end: int, put: str, *, age: bool = False) -> Fit:
    """``put`` as the sentence around ``start:end`` needs it; ``age``: an age stood there."""
    fit = Fit(start, end, put)
    band = _AGES.get(_WHOSE.sub("{their}", put.lower())) if age else None
    if band is not None:
        fit = _with_age(text, fit, band)
    return _with_capital(text, _with_ending(text, _with_article(text, fit)))


def _with_age(text: str, fit: Fit, age: _Age) -> Fit:
    before, found = text[max(0, fit.start - _AROUND) : fit.start], text[fit.start : fit.end]
    after = text[fit.end : fit.end + _AROUND]
    more, said = _told(before, found, after, age)
    whose = _whose(before[: len(before) - more], after, fit.put)
    return Fit(fit.start - more, fit.end, said.format(their=whose))


def _told(before: str, found: str, after: str, age: _Age) -> tuple[int, str]:
    """How many letters before the age go with it, and how it is said there."""
    if _YEAR_OLD.search(found) and not _AFTER_BE.search(before):
        return 0, age.adjective if _SOMEBODY.match(after) else age.noun
    if found.lower().startswith("age of ") and (match := _AGE_OF.search(before)):
        word = match["word"]
        said = age.as_ if word.lower() == "at" else f"{word} {age.since}"
        return len(match.group()), _capital(said) if word[0].isupper() else said
    if match := _TURNED.search(before):
        said = age.since if age.becomes == "reached" else age.is_
        return len(match.group()), f"{_FORMS[age.becomes][match['word'].lower()]} {said}"
    match = _AGED.search(before) or _ROUGHLY.search(before)
    return (len(match.group()) if match else 0), age.is_


def _whose(before: str, after: str, put: str) -> str:
    """Whose age it is, where a pronoun beside it says so; otherwise as the words were chosen."""
    match = _SUBJECT.search(before) or _FOLLOWS.match(after)
    if match:
        return _OWN[match["who"].lower()]
    chosen = _WHOSE.search(put)
    return chosen.group().lower() if chosen else "their"


def _with_article(text: str, fit: Fit) -> Fit:
    """No second article ("a a job"), and the one that is there as the next sound asks ("an hour")."""
    before = text[max(0, fit.start - _AROUND) : fit.start]
    match = _ARTICLE.search(before)
    if match is None:
        return fit
    put, article = _LEADING.sub("", fit.put), match["article"]
    if article.lower() not in ("a", "an") or not put[:1].islower():
        return Fit(fit.start, fit.end, put)
    right = "an" if _VOWEL.match(put) else "a"
    if right == article.lower():
        return Fit(fit.start, fit.end, put)
    right = right.capitalize() if article[0].isupper() else right
    return Fit(fit.start - len(match.group()), fit.end, f"{right} {put}")


def _with_ending(text: str, fit: Fit) -> Fit:
    """The possessive's ending of what it takes the place of: "David’s", and "James’" too."""
    ending = text[fit.end - 2 : fit.end]
    if ending.lower() in ("'s", "’s"):
        same = fit.put[-2:].lower() == ending.lower()
        return fit if same else Fit(fit.start, fit.end, fit.put + ending)
    after = text[fit.end : fit.end + 2]
    owns = text[fit.end - 1 : fit.end] in ("s", "S") and after[:1] in ("'", "’") and not after[1:].isalnum()
    if owns and fit.put[-1:].lower() != "s" and not _QUOTING.search(text[: fit.end][-_AROUND:]):
        return Fit(fit.start, fit.end + 1, f"{fit.put}{after[0]}s")
    return fit


def _with_capital(text: str, fit: Fit) -> Fit:
    """A capital where a sentence begins, unless the writer begins sentences without one."""
    first = text[fit.start : fit.start + 1]
    if (first.isupper() or first.isdigit()) and _BEGINS.search(text[max(0, fit.start - _AROUND) : fit.start]):
        return Fit(fit.start, fit.end, _capital(fit.put))
    return fit


def _capital(put: str) -> str:
    return put[:1].upper() + put[1:]
