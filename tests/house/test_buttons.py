"""What looks like a button works like one."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def test_every_link_that_is_called_a_button_answers_the_space_bar():
    links = {
        link: path.name
        for path in TEMPLATES.rglob("*.html")
        for link in re.findall(r"<a [^>]*role=\"button\".*?>", path.read_text(encoding="utf-8"))
    }

    assert links
    assert [name for link, name in links.items() if 'data-module="govuk-button"' not in link] == []
