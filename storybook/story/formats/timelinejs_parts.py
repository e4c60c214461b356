"""Pieces of a TimelineJS slide: its dates as EDTF, its media as links, and what else is kept beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from ..dates import check_date, check_span
from ..html_text import media_in
from ..messages import message
from ..narrative import from_html, text_of_html
from .trouble import Trouble, shortened

#: Labels of the lines in a contact's source, in order.
HEADLINE: Final = "Headline"
SHOWN: Final = "Date as shown"
SHOWN_START: Final = "Start as shown"
SHOWN_END: Final = "End as shown"
TIME: Final = "Time"
END_TIME: Final = "End time"
CAPTION: Final = "Media caption"
CREDIT: Final = "Media credit"
ALT: Final = "Media in words"
MEDIA: Final = "Media"
LABELS: Final = (HEADLINE, SHOWN, SHOWN_START, SHOWN_END, TIME, END_TIME, CAPTION, CREDIT, ALT, MEDIA)
_CLOCK: Final = re.compile(
    r"(?=.*(?:[:.]|m$))([01]?\d|2[0-3])(?:[:.]([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?)?(?: ?([ap])m)?",
    re.IGNORECASE | re.ASCII,
)
_WHOLE: Final = re.compile(r"[+-]?\d+", re.ASCII)


@dataclass(slots=True)
class Slide:
    """One event, era or title as the file has it; texts may hold HTML.

    ``line`` and ``end_line`` are where its dates stand.
    """

    line: int
    kind: str
    end_line: int = 0
    start: dict[str, str] = field(default_factory=dict)
    end: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    shown_start: str = ""
    shown_end: str = ""
    headline: str = ""
    text: str = ""
    group: str = ""
    media: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    extra: str = ""
    looks: bool = False


def date_of(slide: Slide, trouble: Trouble) -> tuple[str, str]:
    """The slide's date and end as EDTF; empty with a problem added where they can't be."""
    before = len(trouble.problems)
    date = _edtf(slide.start, slide.line, "", trouble)
    end = _edtf(slide.end, slide.end_line or slide.line, "End ", trouble)
    if not date and len(trouble.problems) == before:
        trouble.add(message("there is no year"), message("give a year from 1 to 9999"), slide.line, "Year")
    if len(trouble.problems) > before:
        return "", ""
    try:
        check_span(date, end)
    except ValueError as error:
        what, _, instead = str(error).partition("; ")
        trouble.add(
            message("{what}", what=what),
            message("{instead}", instead=instead),
            slide.end_line or slide.line,
            "End Year",
        )
        return "", ""
    return date, end


def _edtf(parts: dict[str, str], line: int, which: str, trouble: Trouble) -> str:
    """EDTF for year, month and day, each text or empty."""
    numbers: list[int] = []
    for name in ("year", "month", "day"):
        written = re.sub(r"[\s,]", "", parts.get(name, "")).removesuffix(".0")
        if not written:
            break
        if not _WHOLE.fullmatch(written):
            trouble.add(
                message('"{text}" is not a number', text=shortened(parts[name])),
                message("write it in digits"),
                line,
                f"{which}{name.title()}",
            )
            return ""
        numbers.append(int(written))
    return _existing(numbers, parts, line, which, trouble)


def _existing(numbers: list[int], parts: dict[str, str], line: int, which: str, trouble: Trouble) -> str:
    if not numbers:
        if any(parts.get(name, "").strip() for name in ("month", "day")):
            trouble.add(
                message("there is a month or day but no year"), message("give the year"), line, f"{which}Year"
            )
        return ""
    if not 1 <= numbers[0] <= 9999:
        trouble.add(
            message("the year {year} is outside what we can show", year=numbers[0]),
            message("use years from 1 to 9999"),
            line,
            f"{which}Year",
        )
        return ""
    if len(numbers) == 1 and parts.get("day", "").strip():
        trouble.add(message("there is a day but no month"), message("give the month"), line, f"{which}Month")
        return ""
    text = "-".join((f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])))
    try:
        if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
            raise ValueError(f'"{text}" has no month {numbers[1]}; months are 1 to 12')
        return check_date(text)
    except ValueError as error:
        what, _, instead = str(error).partition("; ")
        trouble.add(
            message("{what}", what=what), message("{instead}", instead=instead), line, f"{which}Month"
        )
        return ""


def clock_of(time: str) -> dict[str, str]:
    """Hour, minute, second and millisecond of a time of day, as TimelineJS names them; nothing if it is none."""
    match = _CLOCK.fullmatch(time.strip())
    if not match:
        return {}
    hour, minute, second, thousandth, half = match.groups()
    number = int(hour) % 12 + 12 * (half.lower() == "p") if half else int(hour)
    named = {"hour": str(number), "minute": minute or "00", "second": second, "millisecond": thousandth}
    return {key: text for key, text in named.items() if text}


def time_of(clock: dict[str, str]) -> str:
    """The same as one word, ``09:05`` or ``09:05:07.250``; "" where there is no hour."""
    if not any(clock.values()):
        return ""
    hour, minute, second = (clock.get(key, "").zfill(2) for key in ("hour", "minute", "second"))
    fine = bool(clock.get("second") or clock.get("millisecond"))
    thousandth = f".{clock['millisecond']}" if clock.get("millisecond") else ""
    return f"{hour}:{minute}" + f":{second}{thousandth}" * fine


def links_of(slide: Slide) -> tuple[list[str], str]:
    """Where the slide's media are (addresses on the web, none fetched), and words that stood in their place."""
    media = slide.media.strip()
    if "<" in media:
        found, words = media_in(media), " ".join(text_of_html(media).split())
    else:
        found, words = [media], ""
    found += [*media_in(slide.text), slide.extra]
    links = [link for address in found if (link := _link(address))]
    if media and "<" not in media and not _link(media):
        words = shortened(media, 500)
    return list(dict.fromkeys(links)), words


def _link(address: str) -> str:
    address = address.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE) or len(address) > 3000:
        return ""
    scheme, _, rest = address.partition("://")
    return f"{scheme.lower()}://" + re.sub(
        r"[\s\x00-\x1f\x7f]", lambda match: f"%{ord(match[0]):02X}" if ord(match[0]) < 256 else "", rest
    )


def shown_media(title: Slide) -> list[str]:
    """The media of a title as paragraphs of an introduction: a link in the words of its caption, and the credit."""
    caption, credit = (" ".join(text_of_html(text).split()) for text in (title.caption, title.credit))
    thanks = f" — {from_html(escape(credit))}" if credit else ""
    links, words = links_of(title)
    shown = [f"[{from_html(escape(caption)) or link}](<{link}>){thanks}" for link in links]
    return [*shown, *([from_html(escape(words))] if words else [])]


def shown_of(slide: Slide, headline: str, words: str) -> str:
    """Lines of ``Label: text`` for what a contact has no field for."""
    kept = (
        (HEADLINE, headline),
        (SHOWN, slide.shown),
        (SHOWN_START, slide.shown_start),
        (SHOWN_END, slide.shown_end),
        (TIME, slide.start.get("time", "")),
        (END_TIME, slide.end.get("time", "")),
        (CAPTION, slide.caption),
        (CREDIT, slide.credit),
        (ALT, slide.alt),
        (MEDIA, words),
    )
    told = ((label, " ".join(text_of_html(text).split())) for label, text in kept)
    return "\n".join(f"{label}: {text}" for label, text in told if text)


def kept_in(source: str) -> dict[str, str]:
    """What ``shown_of`` kept in a contact's source, by label."""
    found = {}
    for line in source.split("\n"):
        label, colon, text = line.partition(": ")
        if colon and label in LABELS and label not in found:
            found[label] = text
    return found
