"""Narratives: Markdown that people write, as HTML that is safe to show, and HTML that files bring, as Markdown.

Three gates stand in a row: markdown-it (raw HTML is text, links only to the web and to mail), bleach's allow-list, and
nh3, which has the last word. Pictures become links: nothing is fetched from anywhere.

A linked count of a frozen text goes the same way: it becomes a link to where the page says how it was worked out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .counts import PLACED, with_words
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
_COUNT: Final = re.compile(r"#count-n[1-9][0-9]{0,5}")
#: Where the words of a document's linked counts travel while it is being read.
_COUNTS: Final = "counts"


def to_html(markdown: str, *, top: int = 3, counts: Mapping[str, str] | None = None) -> str:
    """``markdown`` as safe HTML. Its highest heading (``#``) becomes ``<h{top}>``, below the page's own headings.

    ``counts`` are the words of its linked counts by their keys; each links to ``#count-KEY``.
    """
    rendered = _rendered(markdown, top, counts or {})
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
    return plain_text(_rendered(markdown, 1, {}))


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


def _rendered(markdown: str, top: int, counts: Mapping[str, str]) -> str:
    """``markdown`` through the first gate only."""
    tokens = _reader().parse(without_controls(markdown), {_COUNTS: counts})
    for token in tokens:
        _say_in_code(token, counts)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
    return str(_reader().renderer.render(tokens, _reader().options, {}))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]  # its documented hook
    reader.add_render_rule("image", _picture)
    reader.add_render_rule("count", _count)
    reader.inline.ruler.before("link", "count", _find_count)
    return reader


def _find_count(state: StateInline, silent: bool) -> bool:
    """A linked count, where its brace stands; one that nobody knows stays as it is."""
    match = PLACED.match(state.src, state.pos)
    words = state.env.get(_COUNTS, {}).get(match["key"]) if match else None
    if match is None or words is None:
        return False
    if not silent:
        token = state.push("count", "a", 0)
        token.content, token.meta = words, {"key": match["key"]}
    state.pos = match.end()
    return True


def _count(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    """A linked count as a link to how it was worked out; inside another link, as its words only."""
    token, words = tokens[place], escape(tokens[place].content)
    return words if _in_link(tokens, place) else f'<a href="#count-{token.meta["key"]}">{words}</a>'


def _in_link(tokens: Sequence[Token], place: int) -> bool:
    return bool(sum(t.nesting for t in tokens[:place] if t.type in ("link_open", "link_close")))


def _say_in_code(token: Token, counts: Mapping[str, str]) -> None:
    """In code nothing links: a count there is its words."""
    for one in (token, *(token.children or ())):
        if one.type in ("code_inline", "code_block", "fence"):
            one.content = with_words(one.content, counts.get)


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture as a link to it; inside another link, as its words only."""
    token = tokens[place]
    words = renderer.renderInlineAsText(token.children or [], options, env) or str(token.attrGet("src"))
    address = escape(str(token.attrGet("src")))
    return escape(words) if _in_link(tokens, place) else f'<a href="{address}">{escape(words)}</a>'


def _allowed(tag: str, name: str, value: str) -> bool:
    return _kept(tag, name, value) is not None


def _kept(tag: str, name: str, value: str) -> Any:
    """The attribute's value if it may stay, else None."""
    if (tag, name) == ("a", "rel"):
        return value
    if (tag, name) == ("a", "href"):
        return value if _SAFE.match(value) or _COUNT.fullmatch(value) else None
    return value if (tag, name) == ("ol", "start") and _START.fullmatch(value) else None
