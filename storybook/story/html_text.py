"""HTML that came in a file, read as a browser would: its visible text, its links, and the same as Markdown.

nh3 (a browser's parser) makes any HTML well-formed and drops scripts and styles; what is left is walked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import nh3

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INLINE: Final = frozenset(["a", "b", "br", "code", "del", "em", "i", "s", "strong"])
_VOID: Final = frozenset(("br", "hr"))
#: Elements deeper than this are read as if their tags were not there.
_DEEPEST: Final = 40
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Deeper than this nothing is read as HTML: the parser's time grows with the square of it.
_DEEPEST_READ: Final = 1000
#: Tags that can stand in each other (those that close by themselves are left out).
_TAG: Final = re.compile(
    r"<(?P<closes>/)?(?!(?:p|li|br|hr|img|td|th|tr|dd|dt|option|input|meta|link|source|wbr)\b)[a-z]",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_LINE_START: Final = re.compile(r"(?=[#+=-])|\d{1,9}(?=[.)])", re.ASCII)
_WEB: Final = re.compile(r"https?://\S|mailto:\S", re.IGNORECASE)


@dataclass
class _Node:
    tag: str
    href: str = ""
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    """Builds nodes from the well-formed HTML that nh3 gives."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs).get("href") or "")
        if tag in _VOID:
            self._open[-1].children.append(node)
            return
        if len(self._open) < _DEEPEST:
            self._open[-1].children.append(node)
        else:
            self._open[-1].children.append(_Node("br"))
            node = self._open[-1]
        self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


class _Addresses(HTMLParser):
    """Gathers where pictures, players and frames point to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "iframe", "video", "audio", "source", "embed"):
            self.found += [value for name, value in attrs if name == "src" and value]


def without_controls(text: str) -> str:
    """``text`` with a space for each character that nobody can see (parsers do not agree on what they are)."""
    return _CONTROLS.sub(" ", text)


def plain_text(html: str) -> str:
    """The visible text of ``html``, a new line for each block."""
    text = "".join(_words(_tree(html)))
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\x00"))
    return "\n".join(line for line in lines if line)


def media_in(html: str) -> list[str]:
    """The addresses of pictures, players and frames in ``html``; nothing is fetched."""
    addresses = _Addresses()
    addresses.feed(html)
    addresses.close()
    return addresses.found


def markdown_of(html: str, *, rich: bool = True) -> str:
    """``html`` as Markdown; without emphasis, code and links unless ``rich``."""
    return "\n\n".join(_Writer(rich).blocks(_tree(html).children))


def _tree(html: str) -> _Node:
    tree = _Tree()
    tree.feed(
        nh3.clean(
            _bounded(without_controls(html)),
            tags=set(_BLOCKS | _INLINE),
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )
    tree.close()
    return tree.root


def _bounded(html: str) -> str:
    """``html``; without its tags where they stand so deep in each other that reading them takes very long."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth + (-1 if tag["closes"] else 1))
        if depth > _DEEPEST_READ:
            return re.sub(r"<[^>]*>?", " ", html)
    return html


def _words(node: _Node) -> Iterator[str]:
    """Text with a NUL (which no HTML holds) where a block or line begins and ends."""
    edge = "\x00" if node.tag in _BLOCKS or node.tag == "br" else ""
    yield edge
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _words(child)
    yield edge


class _Writer:
    """Writes nodes as Markdown blocks."""

    def __init__(self, rich: bool) -> None:
        self._rich = rich

    def blocks(self, children: Iterable[_Node | str]) -> list[str]:
        found: list[str] = []
        loose: list[_Node | str] = []
        for child in children:
            if isinstance(child, str) or not _holds_block(child):
                loose.append(child)
                continue
            found += [*self._paragraph(loose), *self._block(child)]
            loose = []
        return found + self._paragraph(loose)

    def _block(self, node: _Node) -> list[str]:
        if node.tag in ("ul", "ol"):
            return self._list(node)
        if node.tag == "blockquote":
            return _prefixed(self.blocks(node.children), "> ", "> ")
        if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return [f"{'#' * int(node.tag[1])} {line}" for line in self._paragraph(node.children, broken=" ")]
        if node.tag == "hr":
            return ["***"]
        return self.blocks(node.children)

    def _list(self, node: _Node) -> list[str]:
        items: list[str] = []
        for child in node.children:
            inside = child.children if isinstance(child, _Node) and child.tag == "li" else [child]
            marker = f"{len(items) + 1}. " if node.tag == "ol" else "- "
            items += _prefixed(self.blocks(inside), marker, " " * len(marker))
        return ["\n".join(items)] if items else []

    def _paragraph(self, children: Iterable[_Node | str], broken: str = "\\\n") -> list[str]:
        """The inline ``children`` as one paragraph, or none if they are blank."""
        lines = "".join(map(self._inline, children)).split("\x00")
        said = [_line(line) for line in lines if line.strip(" ")]
        return [broken.join(said)] if said else []

    def _inline(self, child: _Node | str) -> str:
        if isinstance(child, str):
            return _SPACE.sub(" ", _SPECIAL.sub(r"\\\g<0>", child))
        if child.tag == "br":
            return "\x00"
        inside = "".join(map(self._inline, child.children))
        if not self._rich or not inside.strip(" \x00") or "\x00" in inside:
            return inside
        return self._marked(child, inside)

    def _marked(self, node: _Node, inside: str) -> str:
        core = inside.strip(" ")
        before, after = inside[: inside.index(core)], inside[inside.index(core) + len(core) :]
        if node.tag == "a" and _WEB.match(node.href):
            address = re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match[0]):02X}", node.href)
            return f"{before}[{core}]({address}){after}"
        mark = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}.get(node.tag, "")
        return f"{before}{mark}{core}{mark}{after}"


def _holds_block(node: _Node) -> bool:
    return node.tag in _BLOCKS or any(
        isinstance(child, _Node) and _holds_block(child) for child in node.children
    )


def _line(text: str) -> str:
    """One line that can't be taken for a heading, a list or a rule."""
    bare = text.strip(" ")
    if start := _LINE_START.match(bare):
        return f"{bare[: start.end()]}\\{bare[start.end() :]}"
    return bare


def _prefixed(blocks: list[str], first: str, rest: str) -> list[str]:
    if not blocks:
        return []
    lines = "\n\n".join(blocks).split("\n")
    return ["\n".join([first + lines[0], *((rest + line).rstrip(" ") for line in lines[1:])])]
