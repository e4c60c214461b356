"""Narratives: Markdown becomes safe HTML; HTML from files becomes Markdown that says the same."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.story.narrative import from_html, text_of_html, to_html, visible_text
from tests.payloads import PAYLOADS
from tests.strategies import texts

ALLOWED = {
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
}


class Elements(HTMLParser):
    """Gathers every element with its attributes, as a browser's parser meets them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(html: str) -> None:
    elements = Elements(html)
    assert elements.other == []
    for tag, attributes in elements.found:
        assert tag in ALLOWED, html
        allowed = {"a": {"href", "rel"}, "ol": {"start"}}.get(tag, set())
        assert set(attributes) <= allowed, html
        if "href" in attributes:
            assert urlsplit(attributes["href"]).scheme in ("http", "https", "mailto"), html
        if tag == "a":
            assert attributes["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_more_than_text(payload: str) -> None:
    assert_harmless(to_html(payload))
    assert_harmless(to_html(from_html(payload)))


def test_there_are_more_than_a_hundred_payloads_each_once() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 100


@given(st.lists(st.one_of(st.sampled_from(PAYLOADS), texts()), max_size=4).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_any_mix_of_text_and_payloads_is_harmless(text: str) -> None:
    assert_harmless(to_html(text))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# One", "<h3>One</h3>\n"),
        ("###### Six", "<h6>Six</h6>\n"),
        ("*so* **very**", "<p><em>so</em> <strong>very</strong></p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        (
            "[x](https://a.example/?b=1&c=2)",
            '<p><a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer nofollow">x</a></p>\n',
        ),
        (
            "[x](mailto:a@b.example)",
            '<p><a href="mailto:a@b.example" rel="noopener noreferrer nofollow">x</a></p>\n',
        ),
        ("[x](/here)", "<p>[x](/here)</p>\n"),
        (
            "![a cat](https://a.example/cat.png)",
            '<p><a href="https://a.example/cat.png" rel="noopener noreferrer nofollow">a cat</a></p>\n',
        ),
        (
            "![](https://a.example/cat.png)",
            '<p><a href="https://a.example/cat.png" rel="noopener noreferrer nofollow">https://a.example/cat.png</a></p>\n',
        ),
        (
            "[![in](https://a.example/i.png)](https://b.example)",
            '<p><a href="https://b.example" rel="noopener noreferrer nofollow">in</a></p>\n',
        ),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n"),
        ("", ""),
    ],
)
def test_markdown_is_shown_as(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


def test_headings_begin_below_the_page_s_own_level() -> None:
    assert to_html("# a\n\n## b", top=2) == "<h2>a</h2>\n<h3>b</h3>\n"


def test_visible_text_has_a_line_for_each_block() -> None:
    assert (
        visible_text("# A\n\nb *c*\nd\n\n- e\n- f\n\n| g | h |\n|---|---|\n| i | j |")
        == "A\nb c d\ne\nf\ng\nh\ni\nj"
    )


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<b>a</b>b <i>c</i>", "**a**b *c*"),
        ("<p>1. x</p># y<br>- z", "1\\. x\n\n\\# y\\\n\\- z"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n\n  - b\n- c"),
        ("<ol><li><p>x<p>y</ol>", "1. x\n\n   y"),
        ("<blockquote>x <cite>who</cite></blockquote>", "> x who"),
        ("<h2>T<br>x</h2><hr>", "## T x\n\n***"),
        ('<a href="https://a.example/(x y)">l*i</a>', "[l\\*i](https://a.example/%28x%20y%29)"),
        ('<a href="javascript:alert(1)">y</a>', "y"),
        ("<script>x</script>hello<!-- c -->", "hello"),
        ("<style>x</style>", ""),
        ("<table><tr><td>a<td>b</table>", "a\n\nb"),
        ("just words, 5 < 6 & more", "just words, 5 \\< 6 & more"),
        ("&amp;lt; &copy;", "\\&lt; ©"),
        ("<s>old</s><code>`x`</code>", "~~old~~\\`x\\`"),
        ("", ""),
        ("<ul></ul>", ""),
        ("<ul>loose<li>a</ul>", "- loose\n- a"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert from_html(html) == markdown
    assert visible_text(markdown).split() == text_of_html(html).split()


def test_where_markdown_can_not_hold_the_emphasis_the_words_win() -> None:
    assert from_html('<b>"a"</b>b') == '"a"b'


PIECES = st.one_of(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<br>",
            "<ul>",
            "<li>",
            "</ul>",
            "<ol>",
            "</ol>",
            "<h2>",
            "</h2>",
            "<pre>",
            "</pre>",
            "<a href='https://a.example'>",
            "</a>",
            "<div>",
            "</div>",
            "<span>",
            "<table><tr><td>",
            "</table>",
            "<blockquote>",
            "</blockquote>",
            "<hr>",
            "<s>",
            "<code>",
            "</code>",
            "&lt;",
            "&amp;",
            "&nbsp;",
            "\n",
            "    ",
            "* ",
            "1. ",
            "# ",
            "> ",
            "---",
            "===",
            "```",
            "~~~",
            "|",
            "[x](y)",
            "<x@y.example>",
            "\\",
            "_a_",
            "**",
            "a",
            "b c",
            "!",
            "[",
            "]:",
            "&#35;",
            "\t",
            "- [ ] ",
            "<!-- c -->",
            "<script>s</script>",
        ]
    ),
    st.text(max_size=6),
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=150, deadline=None)
def test_html_as_markdown_says_the_same_words(html: str) -> None:
    assert visible_text(from_html(html)).split() == text_of_html(html).split()


def test_html_of_great_depth_is_read() -> None:
    assert from_html("<div>" * 900 + "deep" + "</div>" * 900) == "deep"
    assert from_html("<div>" * 300_000 + "deep <b>down</b>") == "deep down"
    assert visible_text(from_html("<blockquote>" * 200 + "deep")).split() == ["deep"]
