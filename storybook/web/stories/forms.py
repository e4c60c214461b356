"""The forms of a story's parts. Names of fields are the model's; what they may hold is the model's to say."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField

from ...story.messages import Message, message
from ...story.model import DatePolicy, ShowAs, Story, TrackKind
from ...story.problems import Problem
from ...story.vocabulary import Vocabulary
from ..forms import Choice, Choices, StoryForm, offered
from .date_field import DateField, as_edtf

Options = dict[str, Message | str]

DATE_HINT = message(
    "For example 12 March 2017, March 2017, spring 2017 or 2017. A guess is fine: write “about March 2017”."
)
END_HINT = message("Leave empty if it was on one day. Write “ongoing” if it still goes on.")


class PartForm(StoryForm):
    """A form for one part of a story; ``offer`` fills in what can be chosen."""

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:
        """Sets the choices that depend on the story and its words."""

    def fields(self) -> dict[str, Any]:
        """As ``StoryForm.fields``; what can be left open and was, is None."""
        return {
            name: None if value == "" and name in self.open else value
            for name, value in super().fields().items()
        }

    open: frozenset[str] = frozenset()


class DatedForm(PartForm):
    """A form with a date and an end, which may be typed as people write them."""

    def fields(self) -> dict[str, Any]:
        """As ``PartForm.fields``, dates as EDTF where they can be read."""
        fields = super().fields()
        date, end, _problems = as_edtf(fields["date"] or "", fields["end"] or "")
        return {**fields, "date": date, "end": end}

    def own_problems(self) -> list[Problem]:
        """Dates that nobody can read."""
        return as_edtf(self.date.data or "", self.end.data or "")[2]


class PersonForm(PartForm):
    """A person of the story."""

    name = StringField(
        message("What they are called in this story"),
        description=message("Not their real name. Choose one together."),
    )
    ref = StringField(
        message("Short code"), description=message("For example P1. Leave it empty and we make one.")
    )
    pronouns = StringField(message("Pronouns"), description=message("For example she/her"))
    age_band = StringField(message("Age group"), description=message("For example 30 to 39"))
    about = TextAreaField(
        message("About them"), description=message("A few words, in the way they would say it.")
    )


class AgencyForm(PartForm):
    """An agency: one lane."""

    name = StringField(message("Name of the agency"))
    sector = Choice(message("Sector"))
    show_as = Choice(
        message("What readers see"),
        choices=offered(
            {
                ShowAs.NAME: message("Its own name"),
                ShowAs.ALIAS: message("Another name"),
                ShowAs.SECTOR: message("Only its sector"),
            }
        ),
    )
    alias = StringField(
        message("The other name"), description=message("Only if readers should see another name.")
    )
    ref = StringField(
        message("Short code"), description=message("Leave it empty and we make one from the name.")
    )
    dataset_agency = StringField(
        message("What the linked data calls it"), description=message("Leave empty if you don't know.")
    )

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:  # noqa: ARG002, D102 - as PartForm's
        self.sector.choices = offered(terms(vocabulary, "sectors"))


class ContactForm(DatedForm):
    """One contact; what matters most comes first."""

    open = frozenset({"handoff_to", "handoff_end", "cost_quantity"})

    date = DateField(message("When"), description=DATE_HINT)
    end = DateField(message("Until"), description=END_HINT)
    agency = Choice(message("Agency"))
    people = Choices(
        message("Who it was about"), description=message("Leave empty if it was about everyone.")
    )
    kind = Choice(message("Kind of contact"))
    summary = StringField(
        message("What happened"), description=message("One line, as fact. Readers may see it.")
    )
    detail = TextAreaField(message("More about what happened"))
    outcome = Choice(message("How it ended"))
    response = TextAreaField(message("What the agency did"))
    no_response = TextAreaField(
        message("Why nothing was done"), description=message("Only if there was no response.")
    )
    impact = TextAreaField(message("What difference it made"), description=message("As the person sees it."))
    own_words = TextAreaField(message("In their own words"))
    needs = Choices(message("Needs it was about"))
    significant = BooleanField(message("Show it on the picture with a label"))
    retelling = BooleanField(message("I had to tell my story again"))
    disputed = BooleanField(message("People don't agree on what happened"))
    not_telling = BooleanField(message("Keep it, but never show it"))
    handoff_to = Choice(message("Passed on to"))
    handoff_end = Choice(message("What became of that"))
    source = TextAreaField(
        message("Where we know it from"), description=message("For example housing file, or memory.")
    )
    cost_item = StringField(message("Cost item"))
    cost_quantity = StringField(message("How many"), description=message("A number, for example 1 or 2.5."))

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:  # noqa: D102 - as PartForm's
        self.agency.choices = offered(agencies(story))
        self.people.choices = offered(people(story))
        self.kind.choices = offered(terms(vocabulary, "kinds"))
        self.outcome.choices = offered(terms(vocabulary, "outcomes"))
        self.needs.choices = offered(terms(vocabulary, "needs"))
        self.handoff_to.choices = offered(optional(agencies(story), message("Nobody")))
        self.handoff_end.choices = offered(
            optional(terms(vocabulary, "hand_off_ends"), message("Nothing said"))
        )


class GapForm(DatedForm):
    """A stretch without contact."""

    open = frozenset({"agency"})

    date = DateField(message("From"), description=DATE_HINT)
    end = DateField(message("Until"), description=END_HINT)
    kind = Choice(message("What kind of gap it was"))
    agency = Choice(message("Agency"))
    people = Choices(
        message("Who it was about"), description=message("Leave empty if it was about everyone.")
    )
    note = TextAreaField(message("What it was like"))

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:  # noqa: D102 - as PartForm's
        self.kind.choices = offered(terms(vocabulary, "gap_kinds"))
        self.agency.choices = offered(optional(agencies(story), message("All agencies")))
        self.people.choices = offered(people(story))


class EpisodeForm(DatedForm):
    """A piece of the story in somebody's words."""

    title = StringField(message("Title"))
    voice = Choice(message("Whose words"))
    text = TextAreaField(
        message("The words"),
        description=message(
            "You can use Markdown: **bold**, *italics*, > for a quotation, an empty line for a new paragraph."
        ),
    )
    date = DateField(
        message("From"),
        description=message("Leave empty if it has no date. Then it is not drawn on the picture."),
    )
    end = DateField(message("Until"), description=END_HINT)
    position = StringField(message("Place in the story"), description=message("0 comes first."))
    turning_point = BooleanField(message("This was a turning point"))

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:  # noqa: ARG002, D102 - as PartForm's
        self.voice.choices = offered(optional(people(story), message("The narrator")))


class TrackForm(PartForm):
    """A state over time."""

    open = frozenset({"low", "high"})

    title = StringField(message("Title"), description=message("For example Home, or How I felt"))
    kind = Choice(
        message("What it follows"),
        choices=offered(
            {
                TrackKind.HOME: message("Where they lived"),
                TrackKind.FEELINGS: message("How they felt"),
                TrackKind.MEASURE: message("A measured score"),
            }
        ),
    )
    people = Choices(
        message("Who it was about"), description=message("Leave empty if it was about everyone.")
    )
    ref = StringField(
        message("Short code"), description=message("Leave it empty and we make one from the title.")
    )
    low = StringField(message("Lowest score"), description=message("Only for a measured score."))
    high = StringField(message("Highest score"), description=message("Only for a measured score."))
    acknowledgement = TextAreaField(message("What the owner of the measure asks us to say"))

    def offer(self, story: Story, vocabulary: Vocabulary) -> None:  # noqa: ARG002, D102 - as PartForm's
        self.people.choices = offered(people(story))


class PointForm(DatedForm):
    """One stretch or moment of a track."""

    open = frozenset({"value"})

    date = DateField(message("When"), description=DATE_HINT)
    end = DateField(message("Until"), description=END_HINT)
    label = StringField(message("In words"), description=message("For example Sofa surfing"))
    value = StringField(message("Score"), description=message("Only for a measured score."))


class StoryOwnForm(StoryForm):
    """A story's own facts."""

    title = StringField(message("Title"))
    introduction = TextAreaField(
        message("Introduction"), description=message("A few lines that say whose story this is.")
    )
    date_policy = Choice(
        message("How readers see dates"),
        choices=offered(
            {
                DatePolicy.RELATIVE: message("Counted from the start: month 1, month 2 (safest)"),
                DatePolicy.SHIFTED: message("Moved by a secret number of weeks"),
                DatePolicy.MONTH: message("By month"),
                DatePolicy.QUARTER: message("By quarter"),
                DatePolicy.SEASON: message("By season"),
                DatePolicy.YEAR: message("By year"),
            }
        ),
    )
    dataset = StringField(
        message("Linked dataset"),
        description=message("Its counts stand behind the lanes. Leave empty for none."),
    )
    fictional = BooleanField(message("This story is fictional"))


def people(story: Story) -> Options:
    """A choice for each person of the story."""
    return {person.ref: person.name for person in story.people}


def agencies(story: Story) -> Options:
    """A choice for each agency of the story, by name."""
    return {agency.ref: agency.name for agency in sorted(story.agencies, key=lambda a: a.name.casefold())}


def terms(vocabulary: Vocabulary, name: str) -> Options:
    """A choice for each word of one list of the vocabulary."""
    return {term.code: term.label for term in vocabulary.terms(name)}


def optional(choices: Options, nothing: Message) -> Options:
    """The same choices, and one for nothing."""
    return {"": nothing, **choices}
