"""Characters that are written as codes: entities, escapes of programs, of web addresses and of emails' own files."""

from __future__ import annotations

import html
import re
from typing import Final

_HEX: Final = "[0-9a-fA-F]"
_MORE: Final = rf"(?P=sign)[89abAB]{_HEX}"
#: With its semicolon or, for a number, without; the ampersand of another's may be written as one itself.
ENTITY: Final = re.compile(
    r"&(?:amp;){0,3}(?:#[0-9]{1,12};?|#[xX][0-9a-fA-F]{1,10};?|[A-Za-z]{2,31};)"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8}|\\u\{[0-9a-fA-F]{1,6}\}|%u[0-9a-fA-F]{4}"
)
#: One character in the bytes of UTF-8: of an address on the web ("%44", "%2544", "%C3%A9").
PERCENT: Final = re.compile(
    rf"(?P<sign>%(?:25){{0,3}})(?:0[9aAdD]|[2-7]{_HEX}|[cdCD]{_HEX}{_MORE}|[eE]{_HEX}(?:{_MORE}){{2}}"
    rf"|[fF]{_HEX}(?:{_MORE}){{3}})"
)
#: The same as emails are sent, with the ends of lines that are none ("Dar=" and "ren", "Ren=C3=A9e").
QUOTED: Final = re.compile(
    rf"=\n|(?P<sign>=)(?:0[9AD]|[2-7][0-9A-F]|[CD][0-9A-F]{_MORE}|E[0-9A-F](?:{_MORE}){{2}}"
    rf"|F[0-9A-F](?:{_MORE}){{3}})"
)
#: Without one of these, an equals sign is just that.
IS_QUOTED: Final = re.compile(r"=\n|=20|=3D|=[2-7CDEF][0-9A-F]=[2-9A-F][0-9A-F]")


def meant(entity: str) -> str:
    """The character that an entity or an escape stands for, however often its ampersand was escaped."""
    if entity[0] in "\\%":
        code = int(re.sub(r"^..|[{}]", "", entity), 16)
        return chr(code) if code < 0x110000 else ""
    while (plain := html.unescape(entity)) != entity:
        entity = plain
    return plain


def of_bytes(match: re.Match[str]) -> str:
    """The character that bytes of UTF-8 stand for; nothing for the end of a line that is none."""
    sign = match["sign"]
    if sign is None:
        return ""
    return bytes.fromhex(match.group().replace(sign, "")).decode("utf-8", "ignore")
