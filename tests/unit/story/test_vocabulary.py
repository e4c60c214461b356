"""A programme's words: the default, one's own from a file, and codes that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from storybook.story.model import Agency, Contact, Gap, Person, Story
from storybook.story.problems import Problems
from storybook.story.vocabulary import LISTS, MultipleNeeds, Term, Vocabulary, check, default, load

# ---- the default


def test_the_default_needs_are_the_programmes() -> None:
    assert [term.label for term in default().needs] == [
        "Homelessness",
        "Offending",
        "Drug and alcohol use",
        "Mental ill-health",
        "Worklessness",
        "Violence and abuse",
        "Adverse childhood experiences",
    ]


def test_multiple_needs_are_two_or_more_of_the_programmes_five() -> None:
    assert str(default().definition) == (
        "two or more of: homelessness, offending, drug and alcohol use, mental ill-health, worklessness"
    )


@pytest.mark.parametrize(
    ("needs", "multiple"),
    [
        ({"homelessness", "offending"}, True),
        ({"homelessness"}, False),
        ({"homelessness", "violence-abuse", "childhood"}, False),
        (set(), False),
    ],
)
def test_whether_needs_are_multiple_is_judged_by_the_definition(needs: set[str], multiple: bool) -> None:
    assert default().has_multiple_needs(frozenset(needs)) is multiple


def test_what_a_contact_has_when_nothing_is_said_is_known() -> None:
    contact = Contact(date="2016", agency="a")
    assert default().knows("kinds", contact.kind)
    assert default().knows("outcomes", contact.outcome)


@pytest.mark.parametrize("name", LISTS)
def test_no_code_and_no_label_stands_twice(name: str) -> None:
    terms = default().terms(name)
    assert len({term.code for term in terms}) == len({term.label for term in terms}) == len(terms) > 2


@pytest.mark.parametrize(
    "word", ["chaotic", "troubled", "hard to reach", "refused to engage", "substance misuse"]
)
def test_labels_blame_nobody(word: str) -> None:
    labels = " ".join(term.label for name in LISTS for term in default().terms(name))
    assert word not in labels.casefold()


def test_labels_are_what_people_read_and_unknown_codes_stay_themselves() -> None:
    assert default().label("kinds", "refused") == "The service said no"
    assert default().label("kinds", "juggling") == "juggling"


def test_sectors_stand_in_the_vocabularys_order_and_unknown_ones_last() -> None:
    orders = [default().sector_order(code) for code in ("housing", "health", "other", "circus")]
    assert orders == sorted(orders)
    assert orders[0] == 0
    assert orders[-1] == len(default().sectors)


# ---- checking a story


def a_story(**contact: object) -> Story:
    given = {"date": "2016-04-03", "agency": "a", **contact}
    return Story(
        slug="s",
        title="S",
        people=(Person(ref="P1", name="Ash"),),
        agencies=(Agency(ref="a", name="A", sector="housing"), Agency(ref="b", name="B", sector="police")),
        contacts=(Contact.model_validate(given),),
    )


def test_a_story_in_known_words_has_no_problems() -> None:
    story = a_story(
        kind="asked", outcome="helped", needs=("homelessness",), handoff_to="b", handoff_end="accepted"
    )
    assert check(story, default()) == []


@pytest.mark.parametrize(
    ("field", "value", "what", "instead"),
    [
        ("kind", "appointmant", '"appointmant" is not a kind of contact we know', "appointment, missed"),
        ("kind", "Phone-call", '"Phone-call" is not a kind of contact we know', "call"),
        ("outcome", "help", '"help" is not an outcome we know', "helped"),
        ("needs", ("homeless",), '"homeless" is not a need we know', "homelessness"),
        ("handoff_end", "zz", '"zz" is not an end of a hand-off we know',
         "accepted, returned, no-reply, pending, not-recorded"),
    ],
)  # fmt: skip
def test_a_code_nobody_knows_is_told_with_the_nearest_that_are(
    field: str, value: object, what: str, instead: str
) -> None:
    (found,) = check(a_story(**{field: value}), default())
    assert str(found) == f"contact 1, 2016-04-03:{field}: {what}; use one of: {instead}"


def test_everything_unknown_is_told_at_once() -> None:
    story = a_story(kind="zz", outcome="yy", needs=("xx", "homelessness", "ww")).model_copy(
        update={
            "agencies": (Agency(ref="a", name="A", sector="polise"),),
            "gaps": (Gap(date="2016", kind="pause"),),
        }
    )
    assert [(problem.where, problem.column) for problem in check(story, default())] == [
        ("agency a", "sector"),
        ("contact 1, 2016-04-03", "kind"),
        ("contact 1, 2016-04-03", "outcome"),
        ("contact 1, 2016-04-03", "needs"),
        ("contact 1, 2016-04-03", "needs"),
        ("gap 1, 2016", "kind"),
    ]


def test_one_code_can_be_checked_where_it_was_read() -> None:
    found = default().problem("sectors", "polise", where="story.md", line=7, column="sector")
    assert str(found) == 'story.md:7:sector: "polise" is not a sector we know; use one of: police'
    assert default().problem("sectors", "police") is None


# ---- one's own


def written(folder: Path, text: str) -> Path:
    path = folder / "words.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(Problems) as refused:
        load(path)
    return sorted(str(problem) for problem in refused.value.problems)


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == default()


def test_a_file_says_its_own_needs_in_its_own_order(tmp_path: Path) -> None:
    text = """
        [needs]
        debt = " Debt "
        homelessness = "No home"

        [multiple_needs]
        at_least = 1
        of = ["debt", "homelessness"]
    """
    found = load(written(tmp_path, text))
    assert found.needs == (Term("debt", "Debt"), Term("homelessness", "No home"))
    assert found.multiple == MultipleNeeds(1, ("debt", "homelessness"))
    assert str(found.definition) == "one or more of: debt, no home"
    assert found.sectors == default().sectors


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load(written(tmp_path, '\ufeff[outcomes]\ngood = "Good"\n')).label("outcomes", "good") == "Good"


def test_what_every_contact_starts_with_is_put_first_where_it_is_left_out(tmp_path: Path) -> None:
    found = load(
        written(tmp_path, '[kinds]\ntea = "Tea"\n[outcomes]\ngood = "Good"\nnot-recorded = "Not said"\n')
    )
    assert found.kinds == (Term("contact", "Contact"), Term("tea", "Tea"))
    assert found.outcomes == (Term("good", "Good"), Term("not-recorded", "Not said"))


UNREADABLE = (
    "[multiple_needs]: the definition of multiple needs can't be read; "
    'write at_least = 2 and of = ["code", "code"]'
)
NO_LABEL = '[kinds]: the label of "{0}" is not a line of text; write {0} = "What people should read"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('needs = "x"\n', [('[needs]: "needs" is not a list of codes and labels; '
                           'write [needs], then lines such as code = "Label"')]),
        ('[colours]\nred = "Red"\n', [('[colours]: a vocabulary has no list "colours"; use one of: needs, '
                                      "sectors, kinds, outcomes, gap_kinds, hand_off_ends, multiple_needs")]),
        ('[kinds]\n"a b" = "A"\n', [("[kinds]: \"a b\" can't be a code; "
                                    "use letters, figures and single hyphens, such as drug-alcohol")]),
        ('[kinds]\nc = 3\nd = " "\ne = "two\\nlines"\n', [NO_LABEL.format(code) for code in "cde"]),
        ('[multiple_needs]\nat_least = "two"\nof = ["homelessness"]\n', [UNREADABLE]),
        ('[multiple_needs]\nat_least = true\nof = ["homelessness"]\n', [UNREADABLE]),
        ("[multiple_needs]\nat_least = 1\nof = [1]\n", [UNREADABLE]),
        ('[multiple_needs]\nat_least = 3\nof = ["homelessness", "ofending"]\n',
         ["[multiple_needs]: at_least is 3, of 2 needs; give a whole number from 1 to the number of needs",
          '[multiple_needs]:of: "ofending" is not a need we know; use one of: offending']),
        ('[needs]\ndebt = "Debt"\n',
         [f'[multiple_needs]:of: "{code}" is not a need we know; use one of: debt'
          for code in ("drug-alcohol", "homelessness", "mental-health", "offending", "worklessness")]),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_all_at_once(tmp_path: Path, text: str, said: list[str]) -> None:
    assert problems_of(written(tmp_path, text)) == [f"words.toml {one}" for one in said]


@pytest.mark.parametrize(("text", "place"), [("[needs]\n[needs", "2"), ("[needs]\na = \n", "2:5")])
def test_a_file_that_is_not_toml_is_told_by_line(tmp_path: Path, text: str, place: str) -> None:
    said = 'this is not TOML; write lists as [needs] and lines as code = "Label"'
    assert problems_of(written(tmp_path, text)) == [f"words.toml:{place}: {said}"]


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert problems_of(path) == ["words.toml: this file is not UTF-8 text; save it as UTF-8"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "none.toml") == [
        (
            "none.toml: the vocabulary can't be read: No such file or directory; "
            "give the path of a TOML file that you may read"
        )
    ]


def test_a_number_above_five_is_said_in_figures() -> None:
    words = default()
    many = Vocabulary(
        **{name: words.terms(name) for name in LISTS}, multiple=MultipleNeeds(6, ("homelessness",))
    )
    assert str(many.definition) == "6 or more of: homelessness"


# ---- the glossary


@pytest.mark.parametrize("name", LISTS)
def test_the_glossary_lists_the_vocabulary_as_it_is(name: str) -> None:
    glossary = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = "".join(f"| `{term.code}` | {term.label} |\n" for term in default().terms(name))
    assert f"| code | label |\n|---|---|\n{table}\n" in glossary
    assert str(default().definition) in glossary
