"""Words that stand where nobody sees them at once: older addresses, the ledger, packed and escaped files, entities."""

import gzip
import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from storybook.anonymise.deciding.taking_out import Words, stands_in, take_out
from storybook.services.consent.record import checked
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stories.edit import change_story
from storybook.store.tables import EditionRow, LedgerRow
from storybook.story.ids import new_id
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import RECORD, SLUG, Cast

SECRET = "Quillfeather Zoë"
OLD = "quillfeather-zoe"


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def test_addresses_that_the_story_had_once_go_too(ctx, cast):
    change_story(ctx, cast.worker, SLUG, 1, slug=OLD)
    change_story(ctx, cast.worker, OLD, 2, slug=SLUG)
    cast.publish()
    ledger = {
        "dataset": "d",
        "dataset_version": "v",
        "edition_id": new_id(),
        "question": {},
        "question_sha256": "q",
        "figure": {},
        "rule": "r",
    }
    with ctx.store.write() as session:
        session.execute(sa.update(EditionRow).values(slug=OLD))
        session.add(LedgerRow(id=new_id(), **ledger, went_to=f"edition:{OLD}@1", released_at=ctx.clock.now()))
        session.add(LedgerRow(id=new_id(), **ledger, went_to="draft:another", released_at=ctx.clock.now()))
    take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    with ctx.read() as session:
        assert "quill" not in session.scalar(sa.select(EditionRow.slug))
        assert sorted(session.scalars(sa.select(LedgerRow.went_to))) == [
            "draft:another",
            "edition:[taken out]@1",
        ]


def zipped(name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return kept.getvalue()


FILES = {
    "a.json": json.dumps({"said": SECRET}).encode(),
    "b.html": b"<p>Quill<b>feather</b> Zo&euml;</p>",
    "c.csv.gz": gzip.compress(SECRET.encode()),
    "d.zip": zipped("in.zip", zipped("notes.txt.gz", gzip.compress(SECRET.encode()))),
    "e.txt": SECRET.encode("utf-16"),
    "f.zip": zipped(f"{SECRET}.txt", b""),
}


def test_a_file_in_the_exports_folder_is_found_however_it_is_packed_or_written(ctx, cast):
    others = {
        "other.zip": zipped("x.txt", b"Quill"),
        "broken.zip": FILES["d.zip"][:-9],
        "broken.gz": b"\x1f\x8b\x00",
    }
    ctx.exports_root.mkdir(exist_ok=True)
    for name, content in {**FILES, **others}.items():
        (ctx.exports_root / name).write_bytes(content)
    done = take_out_everywhere(ctx, cast.worker, SLUG, SECRET)
    assert sorted(path.name for path in done.removed) == sorted(FILES)
    assert sorted(path.name for path in ctx.exports_root.iterdir()) == sorted(others)


@pytest.mark.parametrize("written", ["Zo&euml; Smith", "Zo&#235; Smith", "Zo%C3%AB%20Smith"])
def test_words_are_found_as_they_are_drawn(written):
    words = Words.of("Zoë Smith")
    assert stands_in(written, words)
    assert take_out(f"to {written}!", words) == "to [taken out]!"


def test_what_is_drawn_otherwise_stays_as_it_was_written_where_the_words_are_not():
    assert take_out("fish &amp; chips, 100%25", Words.of("Zoë Smith")) == "fish &amp; chips, 100%25"


@pytest.mark.parametrize(("name", "said"), [("paid", "by Zoë"), ("wishes", "ask Zoë")])
def test_an_answer_that_is_a_code_holds_no_words(name, said):
    with pytest.raises(Problems, match="not one of the choices"):
        checked(RECORD | {name: said}, fictional=False)
    assert (
        checked(RECORD | {"paid": "voucher", "wishes": "stop sharing"}, fictional=False)["paid"] == "voucher"
    )
