"""Forms: what was typed becomes fields for a service, and what a service refuses comes back beside the field.

The one place where ``Problems`` meet a form (DESIGN section 5, rule 2). Forms check nothing themselves: the model's
rules live in ``story``, and are told by the service, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from ..story.messages import Message, say
from ..story.problems import Problem, Problems

#: A choice of one, and of several. The service says whether a choice is right, so that a list that has changed since
#: the page was opened is told in our words.
Choice = partial(SelectField, validate_choice=False)
Choices = partial(SelectMultipleField, validate_choice=False)

#: Fields of a form that are about the form and not about what it describes.
_OWN = frozenset({"csrf_token", "version"})


def offered(options: Mapping[Any, Message | str]) -> list[SelectChoice]:
    """The choices of a field: what is sent, and what people read."""
    return [SelectChoice(str(value), label) for value, label in options.items()]


def words_sent(text: str | None) -> str:
    """The words of a field; none where the field was not sent at all."""
    return text or ""


class StoryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form whose fields are named as the service's are."""

    version = HiddenField()

    def fields(self) -> dict[str, Any]:
        """What was typed, by field name, as the service takes it."""
        return {name: _plain(value) for name, value in self.data.items() if name not in _OWN}

    def row_version(self) -> int:
        """The version of the row that the sent form was made from; 0 (no row's version) where it does not say."""
        text = str((self.version.raw_data or [""])[0])
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @property
    def status(self) -> int:
        """422 where something has to be put right, else 200."""
        return 422 if self.form_errors or any(field.errors for field in self) else 200

    def saved(self, save: Callable[[], object]) -> bool:
        """Whether ``save()`` took what was typed; if not, each problem stands beside its field."""
        if not self.validate_on_submit():
            return False
        try:
            save()
        except Problems as problems:
            self.refuse(problems)
            return False
        return True

    def own_problems(self) -> list[Problem]:
        """What the form itself can't read; said in place of what the service says about the same field."""
        return []

    def refuse(self, problems: Problems) -> None:
        """Puts each problem beside the field it names; one that names none stands above the form."""
        mark_error()
        own = self.own_problems()
        told = {problem.where for problem in own}
        for problem in (*own, *(p for p in problems.problems if p.where not in told)):
            field = self._field_of(problem)
            errors = self.form_errors if field is None else field.errors
            said = sentence(problem)
            if said not in errors:
                _append(self, field, said)

    def _field_of(self, problem: Problem) -> Field | None:
        names = (problem.where, str(problem.column or ""), problem.where.split(".", 1)[0])
        return next((self._fields[name] for name in names if name in self._fields), None)


def mark_error() -> None:
    """Has this answer's title begin with "Error": a reader of titles hears at once that it was not taken."""
    g.put_right = True


def put_right() -> bool:
    """Whether something on this page has to be put right before it is taken."""
    return bool(g.get("put_right"))


def _append(form: StoryForm, field: Field | None, said: str) -> None:
    if field is None:
        form.form_errors = [*form.form_errors, said]
    else:
        field.errors = [*field.errors, said]


def _plain(value: Any) -> Any:
    """Text with plain line ends (a browser sends every one as two characters), choices as the model holds them."""
    if isinstance(value, list):
        return tuple(value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def sentence(problem: Problem) -> str:
    """A problem as two sentences: what is wrong, and what would be right."""
    return f"{_closed(say(problem.what))} {_closed(say(problem.instead))}".strip()


def place(problem: Problem) -> str:
    """Where the problem is, as people say it: "contacts.csv, line 3, Date"."""
    line = f"line {problem.line}" if problem.line is not None else ""
    return ", ".join(str(part) for part in (problem.where, line, problem.column) if part not in (None, ""))


def _closed(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!" else f"{text}."
