"""Stories are written all or nothing; ZIP files hold nothing else; the published schema is the model's."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml

from storybook.story.formats import read, read_bytes, read_folder, read_zip, write, write_folder, write_zip
from storybook.story.formats.schema import schema, text
from storybook.story.formats.tables import read_csv
from storybook.story.problems import Problems
from tests.strategies import a_story

DOCS = Path(__file__).parents[3] / "docs"
HEAD = (
    "---\ntitle: T\npeople:\n- ref: P1\n  name: Ash\nagencies:\n- ref: the-door\n  name: The Door\n  sector: "
    "housing\n---\n"
)
ROW = "Date,Agency\n2016,the-door\n"


# ---- all or nothing


def test_writing_again_replaces_the_story_and_leaves_other_files(tmp_path: Path) -> None:
    write_folder(a_story(1), tmp_path / "x")
    (tmp_path / "x" / "notes.txt").write_text("mine")
    write_folder(a_story(2), tmp_path / "x")
    assert read_folder(tmp_path / "x") == a_story(2)
    assert sorted(p.name for p in (tmp_path / "x").iterdir()) == ["contacts.csv", "notes.txt", "story.md"]
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_folder_that_is_no_story_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "other.txt").write_text("mine")
    with pytest.raises(Problems, match="there is something else at this place"):
        write_folder(a_story(1), tmp_path / "x")
    assert [p.name for p in tmp_path.rglob("*.*")] == ["other.txt"]


def test_a_failure_while_writing_leaves_the_old_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(a_story(1), tmp_path / "x")
    monkeypatch.setattr("storybook.story.formats.contacts_csv.write", lambda contacts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_folder(a_story(2), tmp_path / "x")
    assert read_folder(tmp_path / "x") == a_story(1)
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_writing_a_file_over_a_folder_or_in_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="this is a folder; name a file"):
        write(a_story(1), tmp_path, "csv")
    with pytest.raises(
        Problems, match='we do not know the format "docx"; use one of: folder, csv, timelinejs'
    ):
        write(a_story(1), tmp_path / "x.docx", "docx")
    assert write(a_story(1), tmp_path / "x", "folder") == ()
    assert read(tmp_path / "x").story == a_story(1)


def test_another_slug_may_be_given(tmp_path: Path) -> None:
    write_folder(a_story(1), tmp_path / "x")
    assert read(tmp_path / "x", slug="mine").story == a_story(1).model_copy(update={"slug": "mine"})
    with pytest.raises(Problems, match="can't be the short name"):
        read(tmp_path / "x", slug="../mine")


# ---- ZIP files


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


GOOD = {"story.md": HEAD.encode(), "contacts.csv": ROW.encode()}


def test_a_zip_file_may_hold_the_folder_or_its_files_and_a_computer_s_litter() -> None:
    inside = {f"My folder/{name}": data for name, data in GOOD.items()} | {
        "__MACOSX/._story.md": b"x",
        "My folder/.DS_Store": b"x",
    }
    assert read_zip(zipped(inside)).slug == "my-folder"
    assert read_bytes(zipped(GOOD), "upload.zip").story.slug == "t"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../story.md", 'story.zip: "../story.md" leads out of the folder; pack the story\'s folder again'),
        (
            "/etc/story.md",
            'story.zip: "/etc/story.md" leads out of the folder; pack the story\'s folder again',
        ),
        (
            "a\\..\\story.md",
            'story.zip: "a\\..\\story.md" leads out of the folder; pack the story\'s folder again',
        ),
        ("C:story.md", 'story.zip: "C:story.md" leads out of the folder; pack the story\'s folder again'),
        ("run.exe", 'story.zip: there is "run.exe" in it; pack story.md and contacts.csv only'),
        ("a/b/story.md", 'story.zip: there is "a/b/story.md" in it; pack story.md and contacts.csv only'),
        ("x/story.md", 'story.zip: there is "x/story.md" in it; pack story.md and contacts.csv only'),
    ],
)
def test_a_zip_file_holds_nothing_else(name: str, said: str) -> None:
    with pytest.raises(Problems) as caught:
        read_zip(zipped(GOOD | {name: b"x"}))
    assert str(caught.value) == said


def test_a_zip_file_that_lies_about_its_size_is_still_held_to_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storybook.story.formats.limits.FILE", 5000)
    with pytest.raises(Problems, match=r'"story\.md" grows to more than 0 MB; give a smaller story'):
        read_zip(zipped(GOOD | {"story.md": b"a" * 100_000}))


def test_a_broken_zip_file_is_refused() -> None:
    with pytest.raises(Problems, match="the ZIP file is broken or locked"):
        read_zip(b"PK\x03\x04 nothing")


def test_the_same_story_gives_the_same_bytes() -> None:
    assert write_zip(a_story(4)) == write_zip(a_story(4))


# ---- the schema


def test_the_published_schema_is_the_model_s() -> None:
    assert (DOCS / "story.schema.json").read_text() == text()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_written_fits_the_schema(tmp_path: Path, seed: int) -> None:
    write_folder(a_story(seed), tmp_path / "x")
    front = (tmp_path / "x" / "story.md").read_text().split("---\n")[1] if seed else HEAD.split("---\n")[1]
    rows = read_csv((tmp_path / "x" / "contacts.csv").read_bytes(), "").rows
    contacts = [dict(zip(rows[0].cells, row.cells, strict=True)) for row in rows[1:]]
    document = {"front_matter": yaml.load(front, yaml.BaseLoader), "contacts": contacts}
    jsonschema.validate(json.loads(json.dumps(document)), schema())


def test_the_schema_refuses_what_is_no_story() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"front_matter": {"title": "T", "colour": "red"}}, schema())
