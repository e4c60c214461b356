"""``story.md`` of the open story format: front matter, introduction, episodes; and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..dates import OPEN
from ..human_dates import NotADate, read_end, read_when
from ..messages import message
from ..model import Agency, Episode, Gap, Person, Point, Story, Track
from . import front_matter
from .contacts_csv import split
from .front_matter import Flow, Mapped
from .trouble import Trouble, close_to, refuse, shortened

NAME: Final = "story.md"
FORMAT: Final = "1"
_HEADING: Final = re.compile(r"##(?:[ \t](?P<title>.*))?")
_WRITTEN: Final = re.compile(r"\\*##(?=[ \t]|$)")
_ESCAPED: Final = re.compile(r"\\+##(?=[ \t]|$)")
_META: Final = {
    "date": "date",
    "end": "end",
    "voice": "voice",
    "turning point": "turning_point",
    "count": "counts",
    "position": "position",
    "exact title": "exact_title",
    "id": "id",
    "version": "version",
}
LISTS: Final = ("people", "agencies", "tracks", "gaps")
STORY: Final = ("title", "slug", "fictional", "date_policy", "language", "dataset", "id", "version")
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("ref", "name", "pronouns", "age_band", "about", "id", "version"),
    "agencies": ("ref", "name", "sector", "show_as", "alias", "dataset_agency", "question", "id", "version"),
    "tracks": ("ref", "kind", "title", "people", "low", "high", "acknowledgement", "points", "id", "version"),
    "points": ("date", "end", "label", "value", "id", "version"),
    "gaps": ("date", "end", "kind", "agency", "people", "note", "id", "version"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What ``story.md`` holds: the story's own facts, not yet checked, and its parts."""

    facts: dict[str, Any]
    line: int
    people: tuple[Person, ...]
    agencies: tuple[Agency, ...]
    tracks: tuple[Track, ...]
    gaps: tuple[Gap, ...]
    episodes: tuple[Episode, ...]


def write(story: Story) -> bytes:
    """``story`` without its contacts as the bytes of ``story.md``."""
    facts: dict[str, Any] = {"storybook": FORMAT, **_told(story, STORY)}
    for name in LISTS:
        if parts := getattr(story, name):
            facts[name] = [_told(part, PARTS[name]) for part in parts]
    pieces = [f"---\n{front_matter.dump(facts)}---\n\n{_escaped(story.introduction)}\n"]
    pieces += [_episode(episode, place) for place, episode in enumerate(story.episodes)]
    return "\n".join(pieces).encode()


def read(data: bytes, trouble: Trouble) -> Read:
    """What the bytes of ``story.md`` hold; what is wrong with its parts is added to ``trouble``.

    Raises Problems where the front matter can't be read at all.
    """
    lines = _lines(data, trouble.where)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        raise refuse(
            trouble.where,
            message("the file does not begin with a part between two lines of ---"),
            message("see the story format's page for an example"),
            1,
        )
    top = front_matter.load("\n".join(lines[1:end]) + "\n", trouble.where, 2)
    introduction, episodes = _sections(lines, end + 1)
    people = _parts(Person, "people", top, trouble)
    return Read(
        facts={**_facts(top, trouble), "introduction": introduction},
        line=1,
        people=people,
        agencies=_parts(Agency, "agencies", top, trouble),
        tracks=_parts(Track, "tracks", top, trouble),
        gaps=_parts(Gap, "gaps", top, trouble),
        episodes=tuple(e for n, s in enumerate(episodes) if (e := _read_episode(s, n, people, trouble))),
    )


# ---- writing


def _told(part: Any, keys: Iterable[str]) -> dict[str, Any]:
    """The fields of ``part`` that say more than their default, as text."""
    fields = type(part).model_fields
    values = ((key, getattr(part, key)) for key in keys)
    return {
        key: _written(value)
        for key, value in values
        if fields[key].is_required() or key == "id" or value != fields[key].default
    }


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        points = [_told(point, PARTS["points"]) for point in value if isinstance(point, Point)]
        return points or Flow(str(word) for word in value)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _episode(episode: Episode, place: int) -> str:
    heading = episode.title.strip()
    exact = "" if heading == episode.title else json.dumps(episode.title)
    meta = {
        "Date": episode.date,
        "End": episode.end,
        "Voice": episode.voice,
        "Turning point": "yes" if episode.turning_point else "",
        "Position": "" if episode.position == place else str(episode.position),
        "Exact title": exact,
        "Id": str(episode.id),
        "Version": "" if episode.version == 1 else str(episode.version),
    }
    lines = [f"## {heading}".rstrip(" "), *(f"{key}: {value}" for key, value in meta.items() if value)]
    lines += [*(f"Count: {question}" for question in episode.counts), ""]
    return "\n".join([*lines, _escaped(episode.text), ""])


def _escaped(text: str) -> str:
    return "\n".join("\\" + line if _WRITTEN.match(line) else line for line in text.split("\n"))


# ---- reading


def _lines(data: bytes, where: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(where, message("the file is not in UTF-8"), message("save it as UTF-8"), line) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refuse(where, message("there is a NUL character"), message("take it away"), line)
    return text.removesuffix("\n").split("\n")


@dataclass(slots=True)
class _Section:
    title: str
    line: int
    lines: list[str]


def _sections(lines: list[str], first: int) -> tuple[str, list[_Section]]:
    """The introduction and the sections, each as written, cut at every ``## `` that is not escaped."""
    sections = [_Section("", first + 1, [])]
    for number, line in enumerate(lines[first:], first + 1):
        if match := _HEADING.fullmatch(line):
            _drop_blank(sections[-1].lines, -1)
            sections.append(_Section((match["title"] or "").strip(), number, []))
        else:
            sections[-1].lines.append(line)
    _drop_blank(sections[0].lines, 0)
    return _unescaped(sections[0].lines), sections[1:]


def _drop_blank(lines: list[str], place: int) -> None:
    if lines and not lines[place].strip():
        lines.pop(place)


def _unescaped(lines: list[str]) -> str:
    return "\n".join(line[1:] if _ESCAPED.match(line) else line for line in lines)


def _read_episode(
    section: _Section, place: int, people: tuple[Person, ...], trouble: Trouble
) -> Episode | None:
    values: dict[str, Any] = {"position": place, "title": section.title}
    while section.lines and section.lines[0].strip():
        line = section.lines.pop(0)
        _take_meta(line, values, section.line, trouble)
    _drop_blank(section.lines, 0)
    values["title"] = _exact(values.pop("exact_title", ""), section.title)
    values["text"] = _unescaped(section.lines)
    _when(values, section.line, trouble)
    if values.get("voice") and values["voice"] not in (refs := [person.ref for person in people]):
        trouble.add(
            message('there is no person "{word}"', word=values["voice"]),
            close_to(values["voice"], refs),
            section.line,
            "Voice",
        )
    return trouble.build(Episode, values, section.line)


def _take_meta(line: str, values: dict[str, Any], at: int, trouble: Trouble) -> None:
    word, colon, value = line.partition(":")
    field = _META.get(" ".join(word.lower().split()))
    if not colon or not field:
        trouble.add(
            message('"{line}" stands directly under the title of an episode', line=shortened(line)),
            message(
                "put an empty line before the text, or write one of: Date, End, Voice, Turning point, Count"
            ),
            at,
        )
    elif value.strip() and field == "counts":
        values[field] = (*values.get(field, ()), value.strip())
    elif value.strip():
        values[field] = value.strip()


def _exact(written: str, heading: str) -> str:
    """The title in JSON, if it is the heading's (somebody may have changed the heading since)."""
    try:
        exact = json.loads(written)
    except ValueError:
        return heading
    return exact if isinstance(exact, str) and exact.strip() == heading else heading


def _when(values: dict[str, Any], line: int, trouble: Trouble) -> None:
    """Dates as people write them, as EDTF."""
    try:
        if values.get("date"):
            when = read_when(values["date"], values.get("end", ""))
            values["date"], values["end"] = when.date, when.end
        elif values.get("end"):
            values["end"] = read_end(values["end"]) or OPEN
    except NotADate as error:
        trouble.take(error.problem, line, "date")
        values["date"], values["end"] = "", ""


def _facts(top: Mapped, trouble: Trouble) -> dict[str, Any]:
    if top.get("storybook", FORMAT) != FORMAT:
        trouble.add(
            message("this is version {version} of the story format", version=shortened(top["storybook"])),
            message("we read version {format}", format=FORMAT),
            top.lines["storybook"],
        )
    _unknown_keys(top, ("storybook", *STORY, *LISTS), trouble)
    facts = {key: top[key] for key in STORY if key in top and top[key] != ""}
    if "title" in top:
        facts["title"] = top["title"]
    return facts


def _unknown_keys(mapped: Mapped, known: tuple[str, ...], trouble: Trouble) -> None:
    for key in mapped:
        if key not in known:
            trouble.add(
                message('we do not know the key "{key}"', key=shortened(key)),
                close_to(key, list(known)),
                mapped.lines[key],
            )


def _parts(kind: Any, name: str, of: Mapped, trouble: Trouble) -> tuple[Any, ...]:
    """The parts that stand in the list ``name``, each built; what is wrong is added by line."""
    entries = of.get(name) or []
    if not isinstance(entries, list) or not all(isinstance(entry, Mapped) for entry in entries):
        trouble.add(
            message('"{name}" is not a list of entries', name=name),
            message("begin each entry with - and a key"),
            of.lines[name],
        )
        return ()
    return tuple(part for entry in entries if (part := _part(kind, name, entry, trouble)) is not None)


def _part(kind: Any, name: str, entry: Mapped, trouble: Trouble) -> Any:
    _unknown_keys(entry, PARTS[name], trouble)
    optional = {key for key, field in kind.model_fields.items() if not field.is_required()}
    values = {k: v for k, v in entry.items() if k in PARTS[name] and not (v == "" and k in optional)}
    if "people" in values:
        values["people"] = split(values["people"]) if isinstance(values["people"], str) else values["people"]
    if "points" in values:
        values["points"] = _parts(Point, "points", entry, trouble)
    if "date" in values and isinstance(values["date"], str):
        _when(values, entry.lines["date"], trouble)
        if not values["date"]:
            return None
    return trouble.build(kind, values, entry.line)
