"""The open story format: lossless both ways, kind to people who write by hand, closed to what does harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from storybook.story.formats import read_folder, read_zip, write_folder, write_zip
from storybook.story.formats.contacts_csv import COLUMNS
from storybook.story.formats.tables import read_csv
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Story
from storybook.story.problems import Problems
from tests.payloads import PAYLOADS
from tests.strategies import NASTY, a_story, many_stories, stories

DOCS = Path(__file__).parents[3] / "docs"
HEAD = (
    "---\ntitle: T\npeople:\n- ref: P1\n  name: Ash\nagencies:\n- ref: the-door\n  name: The Door\n  sector: "
    "housing\n---\n"
)
ROW = "Date,Agency\n2016,the-door\n"


def folder(path: Path, story_md: str = HEAD, contacts: str = ROW) -> Path:
    path.mkdir(exist_ok=True)
    (path / "story.md").write_bytes(story_md.encode())
    (path / "contacts.csv").write_bytes(contacts.encode())
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        read_folder(path)
    return [str(problem) for problem in caught.value.problems]


# ---- lossless


@given(stories())
@settings(max_examples=25, deadline=None)
def test_any_story_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, story: Story) -> None:
    place = tmp_path_factory.mktemp("stories") / "x"
    write_folder(story, place)
    assert read_folder(place) == story
    assert read_zip(write_zip(story)) == story


@pytest.mark.exam
def test_five_hundred_stories_come_back_the_same(tmp_path: Path) -> None:
    crowded = 0
    for story in many_stories(500):
        write_folder(story, tmp_path / "x")
        assert read_folder(tmp_path / "x") == story
        crowded += len(story.agencies) >= 24 and len(story.contacts) >= 150
    assert crowded * 3 >= 500


@pytest.mark.parametrize("text", [*NASTY, *PAYLOADS])
def test_no_text_is_changed_wherever_it_stands(tmp_path: Path, text: str) -> None:
    line = text.replace("\r", " ").replace("\n", " ")
    story = Story(
        slug="s",
        title=line,
        introduction=text,
        dataset=line,
        people=(Person(ref="P1", name=line, pronouns=line, age_band=line, about=text),),
        agencies=(Agency(ref="a", name=line, sector="other", alias=line, dataset_agency=line),),
        contacts=(
            Contact(
                date="2016",
                agency="a",
                summary=line,
                detail=text,
                response=text,
                no_response=text,
                impact=text,
                own_words=text,
                source=text,
                cost_item=line,
            ),
        ),
        gaps=(Gap(date="2016", kind="waiting", note=text),),
        episodes=(
            Episode(position=0, title=line, text=text),
            Episode(position=1, title=line, text=text, voice="P1"),
        ),
    )
    write_folder(story, tmp_path / "s")
    assert read_folder(tmp_path / "s") == story


def test_ends_of_lines_are_lf_in_every_story() -> None:
    assert Episode(position=0, title="t", text="a\r\nb\rc").text == "a\nb\nc"


def test_a_file_saved_with_cr_lf_reads_the_same(tmp_path: Path) -> None:
    story = a_story(1).model_copy(update={"slug": "x"})
    write_folder(story, tmp_path / "x")
    for name in ("story.md", "contacts.csv"):
        data = (tmp_path / "x" / name).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        (tmp_path / "x" / name).write_bytes(b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"))
    assert read_folder(tmp_path / "x") == story


def test_what_is_written_can_be_read_by_a_person(tmp_path: Path) -> None:
    story = Story(
        id="0190c5a2-7b1e-7000-8000-000000000001",
        slug="warm",
        title="A warm room",
        fictional=True,
        introduction="Hello.",
        people=(Person(id="0190c5a2-7b1e-7000-8000-000000000002", ref="P1", name="Ash", about="One.\nTwo."),),
        gaps=(
            Gap(
                id="0190c5a2-7b1e-7000-8000-000000000003",
                date="2016-04",
                end="..",
                kind="waiting",
                people=("P1",),
            ),
        ),
        episodes=(
            Episode(
                id="0190c5a2-7b1e-7000-8000-000000000004",
                version=2,
                position=0,
                title="The key ",
                date="2016",
                voice="P1",
                turning_point=True,
                text="## Mine\n",
            ),
        ),
    )
    write_folder(story, tmp_path / "warm")
    assert (tmp_path / "warm" / "story.md").read_text() == (
        "---\nstorybook: 1\ntitle: A warm room\nslug: warm\nfictional: yes\nid: "
        "0190c5a2-7b1e-7000-8000-000000000001\n"
        "people:\n- ref: P1\n  name: Ash\n  about: |-\n    One.\n    Two.\n  id: "
        "0190c5a2-7b1e-7000-8000-000000000002\n"
        "gaps:\n- date: 2016-04\n  end: ..\n  kind: waiting\n  people: [P1]\n  id: "
        "0190c5a2-7b1e-7000-8000-000000000003\n---\n\n"
        'Hello.\n\n## The key\nDate: 2016\nVoice: P1\nTurning point: yes\nExact title: "The key "\n'
        "Id: 0190c5a2-7b1e-7000-8000-000000000004\nVersion: 2\n\n\\## Mine\n\n"
    )


def test_contacts_open_in_excel_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    texts = ("=1+1", "+44", "-1", "@x", "'q'", "\tt", "plain")
    story = Story(
        slug="s",
        title="t",
        agencies=(Agency(ref="a", name="A", sector="other"),),
        contacts=tuple(Contact(date="2016", agency="a", detail=text) for text in texts),
    )
    write_folder(story, tmp_path / "s")
    data = (tmp_path / "s" / "contacts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfDate,End,Agency,People,")
    details = [row.cells[6] for row in read_csv(data, "").rows[1:]]
    assert details == ["'=1+1", "'+44", "'-1", "'@x", "''q'", "'\tt", "plain"]


# ---- written by hand


def test_the_example_in_the_documentation_is_a_story(tmp_path: Path) -> None:
    page = (DOCS / "story-format.md").read_text()
    story_md = re.search(r"```markdown\n(.*?)```", page, re.DOTALL)[1]
    contacts = re.search(r"```\n(Date,End.*?)```", page, re.DOTALL)[1]
    story = read_folder(folder(tmp_path / "anything", story_md, contacts))
    assert (story.slug, story.title, story.fictional) == ("a-warm-room", "A warm room", True)
    assert [(c.date, c.end, c.agency, c.kind, c.needs) for c in story.contacts] == [
        ("2016-04-18", "", "housing-options", "appointment", ("homelessness",)),
        ("2016-07-12", "..", "the-night-shelter", "stay", ("homelessness",)),
    ]
    assert [(e.title, e.date, e.end, e.voice, e.turning_point, e.text) for e in story.episodes] == [
        ("Nobody rang back", "2016-05", "2016-06", "P1", False, "I kept the phone charged at the library."),
        ("The key", "2016-07-12", "", "P1", True, "It had my name on the tag."),
    ]
    assert story.introduction == "Ash's words, told over three afternoons."
    assert [(p.date, p.end, p.label) for p in story.tracks[0].points] == [
        ("2016-04", "2016-07", "Sofa surfing"),
        ("2016-07", "..", "Night shelter"),
    ]
    assert story.gaps[0].note == "Five weeks on the list."


def test_every_heading_and_key_is_in_the_documentation() -> None:
    page = (DOCS / "story-format.md").read_text()
    assert [heading for heading in COLUMNS if f"`{heading}`" not in page] == []


def test_little_needs_to_be_written_by_hand(tmp_path: Path) -> None:
    story = read_folder(folder(tmp_path / "My Story!", "---\nTitle: T\n---\n", "Date;Agency\n"))
    assert (story.slug, story.title, story.introduction, story.episodes, story.contacts) == (
        "my-story",
        "T",
        "",
        (),
        (),
    )


def test_names_of_agencies_and_people_will_do_for_refs(tmp_path: Path) -> None:
    rows = (
        "date,AGENCY,people,hand-off TO,Significant,links,unknown\n12/03/17 09:30,the DOOR,Ash;P1,The "
        "Door,no,http://a.example/;b http://c.example,\n"
    )
    contact = read_folder(folder(tmp_path / "x", HEAD, rows.replace(";b http", "; http"))).contacts[0]
    assert contact.model_dump(
        include={"date", "agency", "people", "handoff_to", "significant", "links", "detail"}
    ) == {
        "date": "2017-03-12",
        "agency": "the-door",
        "people": ("P1", "P1"),
        "handoff_to": "the-door",
        "significant": False,
        "links": ("http://a.example/", "http://c.example"),
        "detail": "Time: 09:30",
    }


def test_a_cell_that_begins_with_an_apostrophe_loses_one(tmp_path: Path) -> None:
    contacts = read_folder(
        folder(tmp_path / "x", HEAD, "Date,Agency,Detail\n2016,the-door,'=1\n2016,the-door,''q\n")
    ).contacts
    assert [contact.detail for contact in contacts] == ["=1", "'q"]


def test_episodes_by_hand_need_no_lines_of_facts(tmp_path: Path) -> None:
    story = read_folder(
        folder(
            tmp_path / "x",
            HEAD
            + "Hi.\n## One\nDate: early 2016\n\nText.\n\n\nMore.\n## Two\n##\n\n## Three \n\n\\## no\n### yes",
        )
    )
    assert story.introduction == "Hi."
    assert [(e.position, e.title, e.date, e.text) for e in story.episodes] == [
        (0, "One", "2016-01~/2016-04~", "Text.\n\n\nMore."),
        (1, "Two", "", ""),
        (2, "", "", ""),
        (3, "Three", "", "## no\n### yes"),
    ]


def test_a_changed_heading_wins_over_the_exact_title(tmp_path: Path) -> None:
    story = read_folder(
        folder(
            tmp_path / "x",
            HEAD
            + '\n\n## New\nExact title: " Old"\n\n## Same\nExact title: "Same "\n\n## Odd\nExact title: [\n',
        )
    )
    assert [episode.title for episode in story.episodes] == ["New", "Same ", "Odd"]


# ---- what is wrong is told, all at once


def test_everything_wrong_is_told_at_once_by_line_and_heading(tmp_path: Path) -> None:
    head = HEAD.replace(
        "sector: housing",
        "sector: housing\n  colour: red\n- ref: the-door\n  name: Again\n  sector: x y\n  show_as: nick",
    )
    rows = (
        "Date,Agency,End,Significant,Cost "
        "quantity,Links\n31/02/2016,the-door,,,,\n2016,the-dor,2015,,,\n2016,the-door,,perhaps,many,ftp://x\n"
    )
    assert problems_of(folder(tmp_path / "x", head + "\n## E\nvoice: P2\ntext\n", rows)) == [
        (
            'story.md:10: we do not know the key "colour"; choose from: ref, name, sector, show_as, alias, '
            "dataset_agency, question, id, version"
        ),
        'story.md:11:sector: sector is "x y"; use letters, digits and single hyphens, like P1 or the-night-shelter',
        "story.md:11:show_as: show as is \"nick\"; write one of these: 'name', 'alias' or 'sector'",
        (
            'story.md:17: "text" stands directly under the title of an episode; '
            "put an empty line before the text, or write one of: Date, End, Voice, Turning point, Count"
        ),
        'story.md:17:Voice: there is no person "P2"; choose from: P1',
        'contacts.csv:2:Date: "31/02/2016" is a day that does not exist; that month has days 1 to 29',
        "contacts.csv:3:Date: the end, 2015, comes before the start, 2016; give an end on or after the start",
        'contacts.csv:3:Agency: there is no agency "the-dor" in story.md; did you mean "the-door"?',
        'contacts.csv:4:Significant: significant is "perhaps"; write yes or no',
        'contacts.csv:4:Cost quantity: cost quantity is "many"; write a number, like 3 or 2.5',
        (
            'contacts.csv:4:Links: links is "ftp://x"; write an address that begins with http:// or https:// and '
            "has no spaces"
        ),
    ]


@pytest.mark.parametrize(
    ("story_md", "said"),
    [
        (
            HEAD.replace("ref: P1", "ref: P1\n  name: Ash\n- ref: P1"),
            'story.md:people: the ref "P1" is there twice; give each a ref of its own',
        ),
        (
            "---\ntitle: T\ngaps:\n- date: 2016\n  kind: waiting\n  agency: x\n---\n",
            'story.md:gaps: there is no agency "x"; add it to story.md first',
        ),
        (
            "---\ntitle: T\ngaps:\n- date: 2016\n  kind: waiting\n  people: P1; P2\n---\n",
            'story.md:people: there is no person "P1"; add it to story.md first',
        ),
        (
            "---\ntitle: T\ngaps:\n- date: soon\n  kind: waiting\n---\n",
            (
                'story.md:4:date: "soon" is not a date we can read; write it like 12/03/2017, March 2017, spring '
                "2017, early 2017, c. 2017 or 2017"
            ),
        ),
        (
            "---\ntitle: T\npeople: Ash\n---\n",
            'story.md:3: "people" is not a list of entries; begin each entry with - and a key',
        ),
        (
            "---\ntitle: T\nstorybook: 2\n---\n",
            "story.md:3: this is version 2 of the story format; we read version 1",
        ),
        ("---\nslug: a\n---\n", "story.md:1:title: there is no title; give one"),
        (
            "---\ntitle: T\nslug: ../x\n---\n",
            (
                'story.md:slug: "../x" can\'t be the short name of a story; use small letters, digits and single '
                "hyphens, up to 80, like x"
            ),
        ),
        ("---\ntitle: T\n---\n## E\nend: 2016\n", "story.md:4: an end needs a date; say when it began"),
    ],
)
def test_one_thing_wrong_in_story_md(tmp_path: Path, story_md: str, said: str) -> None:
    assert problems_of(folder(tmp_path / "x", story_md, "Date,Agency\n"))[0] == said


def test_problems_are_told_up_to_a_number_that_somebody_can_read(tmp_path: Path) -> None:
    said = problems_of(folder(tmp_path / "x", HEAD, "Date,Agency\n" + "soon,the-door\n" * 700))
    assert (len(said), said[-1]) == (501, "contacts.csv: and 200 more; put these right first")
