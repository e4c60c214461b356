"""What to look for in other people's rows: the last steps, or a turning point. Sentences of choices, in the address."""

from __future__ import annotations

from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Field

from ...linked.asking.next_steps import Step
from ...linked.asking.turning import LENGTHS, By, TurningPoint
from ...linked.dataset.datasets import Manifest
from ...story.messages import Message, message
from ...story.problems import Problem
from ...story.vocabulary import Vocabulary
from ..forms import Choice, StoryForm, offered
from .ask_form import places

_LENGTHS: Final = {
    90: message("90 days"),
    182: message("half a year"),
    365: message("a year"),
}


class _Asking(StoryForm):
    class Meta:
        """Asking changes nothing, so it needs no token."""

        csrf = False

    def _text(self, name: str) -> str:
        return str(self[name].data or "").strip() if name in self else ""


class NextForm(_Asking):
    """The last contact, and the one before it if that matters."""

    agency = Choice(message("After a contact with"))
    kind = Choice(message("for"))
    earlier_agency = Choice(message("that came straight after one with"))
    earlier_kind = Choice(message("for"))

    @classmethod
    def over(cls, manifest: Manifest, vocabulary: Vocabulary, sent: MultiDict[str, str]) -> NextForm:
        """The choices that a dataset has, as they were sent."""
        form = cls(sent)
        agencies = {agency: agency for agency in manifest.agencies if agency}
        form.agency.choices = offered({"": message("choose an agency"), **agencies})
        form.earlier_agency.choices = offered({"": message("anybody"), **agencies})
        _offer_kinds(form, ("kind", "earlier_kind"), manifest, vocabulary)
        return form

    def steps(self) -> tuple[Step, ...]:
        """The steps, the earlier one first; none where nothing is chosen."""
        last = Step(self._text("agency"), self._text("kind"))
        earlier = Step(self._text("earlier_agency"), self._text("earlier_kind"))
        return tuple(step for step in (earlier, last) if step.agency) if last.agency else ()


class TurningForm(_Asking):
    """The turning point, how long before and after it, and in which lines."""

    kind = Choice(message("Before and after the first contact for"))
    at = Choice(message("with"))
    days = Choice(message("on each side"), choices=offered({days: _LENGTHS[days] for days in LENGTHS}))
    by = Choice(message("by"), choices=offered({"sector": message("sector"), "agency": message("agency")}))

    @classmethod
    def over(cls, manifest: Manifest, vocabulary: Vocabulary, sent: MultiDict[str, str]) -> TurningForm:
        """The choices that a dataset has, as they were sent."""
        form = cls(sent, data={"days": str(LENGTHS[-1]), "by": "sector"})
        form.at.choices = places(manifest, vocabulary, message("choose an agency or a sector"))
        _offer_kinds(form, ("kind",), manifest, vocabulary)
        if not any(manifest.about.sectors.values()):
            form.by.choices = offered({"agency": message("agency")})
        return form

    def point(self) -> TurningPoint | None:
        """The turning point; None where nothing is chosen."""
        field, _, name = self._text("at").partition(":")
        if not name:
            return None
        return TurningPoint(
            agency=name if field == "agency" else "",
            sector=name if field == "sector" else "",
            kind=self._text("kind"),
        )

    def length(self) -> int:
        """Days on each side; 0 for what is no number."""
        text = self._text("days") or str(LENGTHS[-1])
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0

    def _field_of(self, problem: Problem) -> Field | None:
        return self._fields.get({"agency": "at", "sector": "at"}.get(problem.where, problem.where))

    def lines(self) -> By:
        """By what it is split."""
        return "agency" if self._text("by") == "agency" or len(self.by.choices) == 1 else "sector"


def _offer_kinds(form: StoryForm, names: tuple[str, ...], manifest: Manifest, vocabulary: Vocabulary) -> None:
    kinds: dict[str, Message | str] = {
        kind: vocabulary.label("kinds", kind) for kind in manifest.kinds if kind
    }
    for name in names:
        form[name].choices = offered({"": message("anything"), **kinds})
