"""Narratives: Markdown that people write, as HTML that is safe to show, and HTML that files bring, as Markdown.

Three gates stand in a row: markdown-it (raw HTML is text, links only to the web and to mail), bleach's allow-list, and
nh3, which has the last word. Pictures become links: nothing is fetched from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .html_text import markdown_of, plain_text, without_controls

__all__ = ["from_html", "text_of_html", "to_html", "visible_text"]

_TAGS: Final = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_REL: Final = "noopener noreferrer nofollow"
_SAFE: Final = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_START: Final = re.compile(r"\d{1,9}", re.ASCII)


def to_html(markdown: str, *, top: int = 3) -> str:
    """``markdown`` as safe HTML. Its highest heading (``#``) becomes ``<h{top}>``, below the page's own headings."""
    rendered = _rendered(markdown, top)
    listed = bleach.clean(
        rendered, tags=_TAGS, attributes=_allowed, protocols={"http", "https", "mailto"}, strip=True
    )
    return nh3.clean(
        listed,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
    )


def visible_text(markdown: str) -> str:
    """What a reader sees of ``markdown``: words only, one line for each block."""
    return plain_text(_rendered(markdown, 1))


def text_of_html(html: str) -> str:
    """What a reader sees of ``html`` from a file, scripts and styles left out."""
    return plain_text(html)


def from_html(html: str) -> str:
    """``html`` as Markdown with the same visible text (white space aside).

    Emphasis, lists, quotes, headings and links are kept where Markdown can hold them without changing a word;
    where it can't, the plainer form is taken.
    """
    seen = plain_text(html).split()
    forms = (markdown_of(html, rich=rich) for rich in (True, False))
    return next((form for form in forms if visible_text(form).split() == seen), "") or markdown_of(
        plain_only(html)
    )


def plain_only(html: str) -> str:
    """``html`` as nothing but paragraphs of text."""
    lines = (line for line in plain_text(html).split("\n") if line.strip())
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _rendered(markdown: str, top: int) -> str:
    """``markdown`` through the first gate only."""
    tokens = _reader().parse(without_controls(markdown))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
    return str(_reader().renderer.render(tokens, _reader().options, {}))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]  # its documented hook
    reader.add_render_rule("image", _picture)
    return reader


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture as a link to it; inside another link, as its words only."""
    token = tokens[place]
    words = renderer.renderInlineAsText(token.children or [], options, env) or str(token.attrGet("src"))
    address = escape(str(token.attrGet("src")))
    opened = sum(t.nesting for t in tokens[:place] if t.type in ("link_open", "link_close"))
    return escape(words) if opened else f'<a href="{address}">{escape(words)}</a>'


def _allowed(tag: str, name: str, value: str) -> bool:
    return _kept(tag, name, value) is not None


def _kept(tag: str, name: str, value: str) -> Any:
    """The attribute's value if it may stay, else None."""
    if (tag, name) == ("a", "rel"):
        return value
    if (tag, name) == ("a", "href"):
        return value if _SAFE.match(value) else None
    return value if (tag, name) == ("ol", "start") and _START.fullmatch(value) else None
