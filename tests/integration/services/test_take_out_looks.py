"""Taking words out that were written with other letters, over two boxes, or were left behind by a server."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

import base64
import bz2
import lzma
import shutil
import zlib

import pytest
import sqlalchemy as sa

from storybook.services.context import Actor, Context
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone
from storybook.services.governance.record import Question, record_governance
from storybook.services.stopping.take_out import count_places, take_out_everywhere
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.store import repository
from storybook.store.tables import GovernanceRow
from storybook.story.model import Contact, Episode
from tests.integration.services.test_life_of_a_story import SLUG, TAKING_PART, Cast, a_story
from tests.integration.services.test_take_out import keep_what_is_found, rows_of

SECRET = "Quillfeather Zoë"
LOOKS = "Quіllfеаthеr Zое"


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def tell(ctx, cast, **parts) -> None:
    with ctx.unit(cast.worker) as unit:
        before = repository.get(unit.session, SLUG)
        repository.save(unit.session, before.model_copy(update=parts), before=before)
        unit.audit("plant")


def test_other_letters_hide_nothing_in_the_draft_or_in_an_edition(ctx, cast):
    tell(ctx, cast, episodes=(Episode(position=0, title="One", text=f"With {LOOKS}.", voice="P1"),))
    keep_what_is_found(ctx, cast)
    cast.publish()
    assert count_places(ctx, cast.ash, SLUG, SECRET) == 3
    assert take_out_everywhere(ctx, cast.ash, SLUG, SECRET).editions == (1,)
    assert rows_of(ctx, "еаthеr") == []
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)


def test_words_over_two_boxes_go_from_both_and_end_the_edition(ctx, cast):
    contact = Contact(
        date="2017-01", agency="shelter", people=("P1",), summary="met Quill", detail="feather Zoë."
    )
    tell(ctx, cast, contacts=(contact,))
    keep_what_is_found(ctx, cast)
    cast.publish()
    assert count_places(ctx, cast.ash, SLUG, SECRET) == 3
    assert take_out_everywhere(ctx, cast.ash, SLUG, SECRET).editions == (1,)
    (left,) = get_story(ctx, cast.worker, SLUG).story.contacts
    assert (left.summary, left.detail, left.version) == ("met [taken out]", "[taken out].", 2)
    assert rows_of(ctx, "feather") == []


def test_an_older_copy_with_other_letters_is_gone_through_too(home, clock, tmp_path):
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    cast = Cast(ctx)
    change_story(ctx, cast.worker, SLUG, 1, introduction="With ЅНИНА and Quill-")
    ctx.close()
    shutil.copy(home / "storybook.db", tmp_path / "old.db")
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    take_out_everywhere(ctx, cast.worker, SLUG, "Ѕнина")
    ctx.close()
    for part in home.glob("storybook.db*"):
        part.unlink()
    shutil.copy(tmp_path / "old.db", home / "storybook.db")
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    assert get_story(ctx, cast.worker, SLUG).story.introduction == "With [taken out] and Quill-"
    ctx.close()


SAID = f"by {SECRET}, on a day that nobody knows".encode()
FILES = {
    "a.txt": base64.encodebytes(SAID * 3),
    "b.html": b'<img src="data:image/svg+xml;base64,' + base64.b64encode(zlib.compress(SAID)) + b'">',
    "c.pdf": b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(SAID) + b"\nendstream\n",
    "d.bz2": bz2.compress(SAID),
    "e.xz": lzma.compress(SAID),
    "f.svg": f"<text>{LOOKS}</text>".encode(),
}


def test_a_file_is_found_in_base64_deflated_and_with_other_letters(ctx, cast):
    ctx.exports_root.mkdir(exist_ok=True)
    others = {"other.pdf": b"%PDF\nstream\nx\x9c broken", "other.txt": base64.b64encode(b"A" * 60)}
    for name, content in {**FILES, **others}.items():
        (ctx.exports_root / name).write_bytes(content)
    done = take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    assert sorted(path.name for path in done.removed) == sorted(FILES)
    assert sorted(path.name for path in ctx.exports_root.iterdir()) == sorted(others)


def test_what_is_recorded_for_every_story_is_gone_through_and_that_of_another_is_not(ctx, cast):
    save_story(ctx, cast.worker, a_story().model_copy(update={"slug": "another"}), TAKING_PART)
    for slug in (None, "another"):
        record_governance(ctx, Actor.operator(), slug, Question.CONTROLLER, f"Ask {LOOKS}.")
    take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    with ctx.read() as session:
        rows = session.execute(sa.select(GovernanceRow.story_id, GovernanceRow.said))
        said = {row.story_id is None: row.said for row in rows}
    assert said == {True: "Ask [taken out].", False: f"Ask {LOOKS}."}


def test_what_a_killed_server_left_of_a_download_goes_too(ctx, cast, home):
    for name, text in (("out-a", f"by {LOOKS}"), ("out-b", "by nobody")):
        (home / "incoming" / name / SLUG).mkdir(parents=True)
        (home / "incoming" / name / SLUG / "story.md").write_text(text)
    take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    assert [path.name for path in (home / "incoming").iterdir()] == ["out-b"]
