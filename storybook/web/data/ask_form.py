"""A question as the page asks it: a sentence of choices, all of them in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField

from ...linked.asking.enquiry import Enquiry
from ...linked.asking.fields import MULTIPLE, domain
from ...linked.dataset.datasets import Manifest
from ...story.messages import Message, message, say
from ...story.problems import Problem
from ...story.vocabulary import Vocabulary
from ..forms import Choice, StoryForm, offered

#: What a problem calls a field -> the choice on the page that it stands beside.
_BESIDE: Final = {
    "agency": "at",
    "sector": "at",
    "both": "also",
    "multiple": "need",
    "from": "first",
    "to": "last",
}
_BOTH: Final = "both"
#: What can be said of a contact's row, and the choice of saying nothing.
_LISTS: Final = {
    "kind": message("any kind"),
    "place": message("any area"),
    "age_band": message("any age"),
    "gender": message("any gender"),
}


class AskForm(StoryForm):
    """The choices. Labels are the words of the sentence before each."""

    class Meta:
        """Asking changes nothing, so it needs no token."""

        csrf = False

    of = Choice(
        message("How many"),
        choices=offered(
            {
                "people": message("people"),
                "contacts": message("contacts"),
                _BOTH: message("people seen by both"),
            }
        ),
    )
    at = Choice(message("at"))
    also = Choice(message("or at"))
    kind = Choice(message("for"))
    need = Choice(message("with"))
    also_need = Choice(message("and with"))
    place = Choice(message("in"))
    age_band = Choice(message("of"))
    gender = Choice(message("and of"))
    first = StringField(message("from"))
    last = StringField(message("to"))
    shape = Choice(
        message("given"),
        choices=offered({"whole": message("as one number"), "quarters": message("quarter by quarter")}),
    )

    @classmethod
    def over(cls, manifest: Manifest, vocabulary: Vocabulary, sent: MultiDict[str, str]) -> AskForm:
        """The choices that a dataset has, as they were sent; a list for which it has nothing is left out."""
        form = cls(sent)
        form.at.choices = places(manifest, vocabulary, message("any agency"))
        form.also.choices = places(manifest, vocabulary, message("no other"))
        needs = {code: vocabulary.label("needs", code) for code in manifest.needs}
        form.need.choices = offered(
            {"": message("any needs or none"), **_multiple(manifest, vocabulary), **needs}
        )
        form.also_need.choices = offered({"": message("nothing more"), **needs})
        for name, nothing in _LISTS.items():
            values = {value: _label(name, value, vocabulary) for value in domain(name, manifest) if value}
            form[name].choices = offered({"": nothing, **values})
            if not values:
                del form[name]
        if not needs:
            del form.need, form.also_need
        return form

    def enquiry(self, dataset: str) -> Enquiry:
        """The question; raises Problems."""
        sent = {name: (value or "").strip() for name, value in self.fields().items()}
        places = [sent["at"], sent["also"]]
        needs = [sent.get("need", ""), sent.get("also_need", "")]
        return Enquiry.of_fields(
            dataset=dataset,
            of="people" if sent["of"] in ("", _BOTH) else sent["of"],
            agencies=_after("agency:", places),
            sectors=_after("sector:", places),
            both=sent["of"] == _BOTH,
            multiple=MULTIPLE in needs,
            needs=tuple(need for need in needs if need not in ("", MULTIPLE)),
            **{f"{name}s": tuple(filter(None, [sent.get(name)])) for name in _LISTS},
            first=sent["first"] or None,
            last=sent["last"] or None,
            quarterly=sent["shape"] == "quarters",
        )

    def _field_of(self, problem: Problem) -> Field | None:
        name = problem.where.removeprefix("where ")
        return self._fields.get(_BESIDE.get(name, name))


def places(manifest: Manifest, vocabulary: Vocabulary, none: Message) -> dict[str, list[tuple[str, str]]]:
    """Every sector and agency, in groups, as choices; above them the choice ``none``."""
    sectors = [
        (f"sector:{one}", vocabulary.label("sectors", one)) for one in domain("sector", manifest) if one
    ]
    agencies = [(f"agency:{one}", one) for one in manifest.agencies if one]
    groups = {say(message("Sectors")): sectors, say(message("Agencies")): agencies}
    return {"": [("", say(none))], **{label: choices for label, choices in groups.items() if choices}}


def _multiple(manifest: Manifest, vocabulary: Vocabulary) -> dict[str, Message]:
    enough = len(set(manifest.needs) & set(vocabulary.multiple.of)) >= vocabulary.multiple.at_least
    return {MULTIPLE: message("multiple needs")} if enough else {}


def _label(name: str, value: str, vocabulary: Vocabulary) -> str:
    return vocabulary.label("kinds", value) if name == "kind" else value


def _after(mark: str, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.removeprefix(mark) for value in values if value.startswith(mark))
