"""EDTF dates as people say them: "about spring 2016", "12 to 20 March 2016", "since April 2016"."""

from __future__ import annotations

from .edtf_reading import EdtfDate, Precision
from .messages import Message, message

MONTHS = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)
_SEASONS = {
    "21": message("spring {year}"),
    "22": message("summer {year}"),
    "23": message("autumn {year}"),
    "24": message("winter {year}"),
}


def words(date: EdtfDate) -> Message:
    """``date`` in words, as finely as it is known; what is unsure or left open is said, never guessed."""
    return _interval(date) if date.is_interval else _single(date)


def _interval(date: EdtfDate) -> Message:
    if date.start and date.end:
        return _both(date.start, date.end)
    if date.start:
        return _without_end(date.start, ongoing=date.open_end)
    if date.end:
        return _without_start(date.end, opened=date.open_start)
    raise AssertionError("the reader refuses an interval without any date")


def _without_start(end: EdtfDate, *, opened: bool) -> Message:
    if opened:
        return message("until {end}", end=_single(end))
    return message("until {end}, start not known", end=_single(end))


def _without_end(start: EdtfDate, *, ongoing: bool) -> Message:
    if ongoing:
        return message("since {start}", start=_single(start))
    return message("from {start}, end not known", start=_single(start))


def _both(start: EdtfDate, end: EdtfDate) -> Message:
    """Two dates, without saying a shared month or year twice."""
    if start == end and start.precision is Precision.DAY:
        return _single(start)
    shared = _shared(start, end)
    if shared == "month":
        return message("{first} to {last}", first=start.text[8:].lstrip("0"), last=_single(end))
    if shared == "year":
        return message("{first} to {last}", first=_without_year(start), last=_single(end))
    return message("{first} to {last}", first=_single(start), last=_single(end))


def _shared(start: EdtfDate, end: EdtfDate) -> str:
    """What two plain dates of one fineness have in common: "month", "year" or ""."""
    same = start.precision is end.precision and _is_plain(start) and _is_plain(end)
    if not same or start.text[:4] != end.text[:4]:
        return ""
    if start.precision is Precision.DAY:
        return "month" if start.text[:7] == end.text[:7] else "year"
    return "year" if start.precision is Precision.MONTH else ""


def _is_plain(date: EdtfDate) -> bool:
    return not (date.uncertain or date.approximate or date.unspecified)


def _without_year(date: EdtfDate) -> Message:
    month = MONTHS[int(date.text[5:7]) - 1]
    if date.precision is Precision.MONTH:
        return month
    return message("{day} {month}", day=int(date.text[8:10]), month=month)


def _single(date: EdtfDate) -> Message:
    said = _bare(date)
    if date.unspecified and date.precision in (Precision.MONTH, Precision.YEAR):
        said = message("some time in {when}", when=said)
    if date.approximate:
        said = message("about {when}", when=said)
    return message("{when} (not certain)", when=said) if date.uncertain else said


def _bare(date: EdtfDate) -> Message:
    """The date without its marks."""
    year = _year(date)
    if date.precision is Precision.DAY:
        return message("{day} {month} {year}", day=int(date.text[8:10]), month=_month(date), year=year)
    if date.precision is Precision.MONTH:
        return message("{month} {year}", month=_month(date), year=year)
    if date.precision is Precision.SEASON:
        season = _SEASONS[date.text[5:7]]
        return message(season.id, year=year)
    if date.precision is Precision.YEAR:
        return message("{year}", year=year)
    return _decade_or_century(date)


def _decade_or_century(date: EdtfDate) -> Message:
    first, length = int(date.text[:4].replace("X", "0")), 10 if date.precision is Precision.DECADE else 100
    if first >= length == 10:
        return message("the {year}s", year=first)
    return message("some time from {first} to {last}", first=max(first, 1), last=first + length - 1)


def _month(date: EdtfDate) -> Message:
    return MONTHS[int(date.text[5:7]) - 1]


def _year(date: EdtfDate) -> str:
    digits = date.text[:4]
    return str(int(digits)) if digits.isdigit() else digits
