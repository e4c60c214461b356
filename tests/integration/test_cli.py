"""The interfaces that stay, from the outside: what a command prints, writes and refuses."""

import csv
import io
import json
import re
import socket
import threading
from pathlib import Path

import pytest

from storybook.cli.reference import reference
from storybook.services.context import Actor, Context
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.story.formats import write
from storybook.story.model import Agency, Contact, Person, Story
from tests.integration.cli_fixtures import run

SLUG = "a-warm-room"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def environment(monkeypatch, home, database_url, tmp_path):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    monkeypatch.setenv("STORYBOOK_EXPORTS", str(tmp_path / "exports"))


@pytest.fixture
def folder(tmp_path):
    story = Story(
        slug=SLUG,
        title="A warm room",
        fictional=True,
        people=(Person(ref="P1", name="Ash"),),
        agencies=(Agency(ref="shelter", name="The Night Shelter", sector="voluntary"),),
        contacts=(
            Contact(date="2016-04-03", agency="shelter", people=("P1",), summary="asked for a bed"),
            Contact(date="2016-06", agency="shelter", people=("P1",), summary="got the key"),
        ),
    )
    path = tmp_path / "stories" / SLUG
    write(story, path, format="folder")
    return path


PASSWORD = "a long enough one"


def published(folder) -> None:
    """From a folder to an edition, as somebody at a terminal does it."""
    assert run("story", "import", folder).code == 0
    for who, site, role, person in (
        ("ash", "expert", "expert", ("--person", "P1")),
        ("rae", "reviewer", "reviewer", ()),
    ):
        assert (
            run("account", "add", f"{who}@example.org", "--role", site, typed=f"{PASSWORD}\n" * 2).code == 0
        )
        assert run("account", "share", SLUG, f"{who}@example.org", "--role", role, *person).code == 0
    agree(run("review", SLUG))
    assert run("publish", SLUG).code == 0


def agree(reviewed) -> None:
    sha256 = re.search(r"[0-9a-f]{64}", reviewed.out).group()
    who = ("--person", "P1", "--as", "ash@example.org", "--hash", sha256)
    days = ("--channel", "web", "--channel", "team", "--until", "2199-01-01", "--until", "web=2198-01-01")
    wrong = run("consent", SLUG, *who, *days, typed="not theirs\n")
    assert (wrong.code, wrong.problems[-1]) == (
        1,
        "That is not the password of this account, so nothing was written.",
    )
    agreed = run("consent", SLUG, *who, *days, typed=PASSWORD)
    assert agreed.lines[0] == "P1 has agreed: web, until 2198-01-01."
    assert run("sign-off", SLUG, "--as", "rae@example.org", "--hash", sha256[:12], typed=PASSWORD).code == 0


def test_a_story_comes_in_and_goes_out_the_same(folder, tmp_path):
    came = run("story", "import", folder)
    assert (came.code, came.lines[-1]) == (0, "Stored as a-warm-room.")
    assert "A warm room: " in came.out
    assert run("story", "export", SLUG, "--to", tmp_path / "again").code == 0
    for name in ("story.md", "contacts.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_checking_stores_nothing(folder):
    checked = run("story", "check", folder)
    assert (checked.code, checked.lines[-1]) == (0, "Nothing is wrong with it, and nothing was stored.")
    assert run("story", "import", folder).code == 0


def test_a_slug_is_taken_once(folder):
    assert run("story", "import", folder).code == 0
    again = run("story", "import", folder)
    assert (again.code, again.out) == (1, "")
    assert again.problems == ["slug: there is a story called a-warm-room already; choose another slug"]
    assert run("story", "import", folder, "--slug", "another-room").code == 0


def test_columns_are_mapped_by_hand(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("Wann,Wer,Was\n03/04/2016,Police,rang them\n", encoding="utf-8")
    mapping = ("--map", "Wann=date", "--map", "Wer=agency", "--map", "Was=summary")
    assert run("story", "import", path, "--format", "chronology", "--slug", "mapped", *mapping).code == 0
    assert run("story", "export", "mapped", "--to", tmp_path / "out.csv", "--format", "csv").code == 0
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig")))
    assert (row["Date"], row["What happened"]) == ("2016-04-03", "rang them")


def test_a_mapping_without_an_equals_sign_is_a_mistake_of_writing(folder):
    ended = run("story", "import", folder, "--map", "Wann")
    assert (ended.code, "write it as name=value" in ended.err) == (2, True)


def test_every_problem_is_told_at_once_with_its_place(folder):
    path = folder / "contacts.csv"
    text = path.read_text("utf-8-sig").replace("2016-04-03", "2016-02-30").replace("2016-06", "sometime")
    path.write_text(text, encoding="utf-8")
    ended = run("story", "import", folder)
    assert (ended.code, ended.out) == (1, "")
    assert [p.split(":")[1] for p in ended.problems] == ["2", "3"]
    assert all(re.match(r"contacts\.csv:\d+:\w+: .+; .+", p) for p in ended.problems)


def test_from_review_to_a_page_and_back(folder, tmp_path):
    published(folder)
    for ending in ("csv", "json", "timelinejs.json", "svg", "html"):
        assert run("export", f"{SLUG}@1", "--to", tmp_path / "exports" / f"room.{ending}").code == 0
        assert b"ictional" in (tmp_path / "exports" / f"room.{ending}").read_bytes()
    assert run("export", SLUG, "--to", tmp_path / "elsewhere.csv").code == 0
    ended = run("withdraw", SLUG, "--person", "P1")
    assert ended.code == 0
    assert ended.lines[0] == "a-warm-room is no longer shared."
    assert ended.lines[-1] == f"We can't take this back, please delete it: {tmp_path / 'elsewhere.csv'}"
    assert list((tmp_path / "exports").iterdir()) == []
    again = run("export", SLUG, "--to", tmp_path / "exports" / "room.csv")
    assert (again.code, again.err) == (1, "This story is no longer shared.\n")
    assert list((tmp_path / "exports").iterdir()) == []


def test_publishing_says_what_is_missing(folder):
    run("story", "import", folder)
    assert run("publish", SLUG).err == "This story is a draft. Send it for review first.\n"
    reviewed = run("review", SLUG)
    assert reviewed.lines[-2:] == [
        "Still missing: P1 has not agreed yet",
        "Still missing: Nobody has signed it off yet",
    ]
    ended = run("publish", SLUG)
    assert (ended.code, ended.problems) == (1, ["P1 has not agreed yet", "Nobody has signed it off yet"])


REFUSED = [
    (("export", "nothing", "--to", "x.csv"), "There is no such story here."),
    (("export", f"{SLUG}@two", "--to", "x.csv"), "There is no edition two of a-warm-room."),
    (("export", f"{SLUG}@9", "--to", "x.csv"), "There is no such story here."),
    (
        ("export", SLUG, "--to", "x.pdf"),
        "x.pdf: we can't write x.pdf; end the name with one of: .csv, .html, .json, .svg, .timelinejs.json",
    ),
    (("story", "export", "nothing", "--to", "x"), "There is no story called nothing."),
    (
        ("withdraw", SLUG, "--person", "P9"),
        "person: nobody in this story has that ref; use a ref such as P1",
    ),
    (("publish", SLUG), "This is what the newest edition shows already."),
    (
        ("account", "add", "ash@example.org", "--no-password"),
        "email: there is an account with that address; use another address",
    ),
    (
        ("account", "add", "ash", "--no-password"),
        "email: that is not an email address; write one like name@example.org",
    ),
    (
        ("account", "share", SLUG, "no@example.org", "--role", "author"),
        "There is no account with that address.",
    ),
    (
        ("account", "share", SLUG, "rae@example.org", "--role", "expert"),
        "person: nobody in this story has that ref; say whose story it is",
    ),
    (
        ("sign-off", SLUG, "--as", "no@example.org", "--hash", "0" * 12),
        "There is no account with that address.",
    ),
    (
        ("sign-off", SLUG, "--as", "rae@example.org", "--hash", "0" * 12),
        "That is not the hash of the text in review. Please read the text again.",
    ),
]


def asked(words) -> str:
    """What is asked for first, of an account that there is."""
    return "Password: \n" if "rae@example.org" in words and "--as" in words else ""


def test_what_can_t_be_done_is_said_and_nothing_is_written(folder, tmp_path, monkeypatch, subtests):
    published(folder)
    monkeypatch.chdir(tmp_path)
    for words, said in REFUSED:
        with subtests.test(" ".join(words)):
            ended = run(*words, typed=PASSWORD)
            assert (ended.code, ended.out, ended.err) == (1, "", f"{asked(words)}{said}\n")
            assert not list(tmp_path.glob("x*"))


ROWS = "who,day,place,need\n" + "".join(
    f"p{n},2016-0{1 + n % 2}-03,{'Police' if n % 3 else 'Shelter'},{'homelessness' if n % 2 else ''}\n"
    for n in range(60)
)


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    columns = ("--person", "who", "--date", "day", "--agency", "place", "--need", "need")
    loaded = run("data", "load", "rows", path, *columns)
    assert loaded.code == 0
    assert loaded.lines[0] == "60 people, 60 rows, 2 agencies, from 3 January 2016 to 3 February 2016"
    return path


def test_counts_come_out_safe_in_every_format(rows):
    as_json = json.loads(run("data", "count", "rows", "--format", "json").out)
    assert [{k: r[k] for k in ("agency", "quarter", "value", "state")} for r in as_json] == [
        {"agency": "Police", "quarter": "2016-Q1", "value": 40, "state": "shown"},
        {"agency": "Shelter", "quarter": "2016-Q1", "value": 20, "state": "shown"},
    ]
    as_csv = list(csv.DictReader(io.StringIO(run("data", "count", "rows", "--format", "csv").out)))
    assert [(r["agency"], r["value"], r["text"]) for r in as_csv] == [
        ("Police", "40", "about 40 people"),
        ("Shelter", "20", "about 20 people"),
    ]
    assert run("data", "count", "rows").lines[:3] == [
        "agency   quarter",
        "Police   2016-Q1  about 40 people",
        "Shelter  2016-Q1  about 20 people",
    ]


def test_few_people_are_never_a_number(rows):
    narrowed = json.loads(
        run("data", "count", "rows", "--by", "agency", "--where", "month=2016-01", "--where", "need=homelessness",
            "--of", "people", "--format", "json").out or "[]"
    )  # fmt: skip
    assert all(row["value"] is None or row["value"] >= 10 for row in narrowed)


@pytest.mark.parametrize(
    "words",
    [
        ("count", "nothing"),
        ("count", "rows", "--by", "shoe size"),
        ("count", "rows", "--where", "agency=Nobody"),
    ],
)
def test_a_question_that_can_t_be_answered_is_refused(rows, words):
    ended = run("data", *words)
    assert (ended.code, ended.out) == (1, "")
    assert re.search(r".+; .+", ended.err)


def test_a_cell_that_a_spreadsheet_would_run_is_kept_from_it(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "who,day,place\n" + "".join(f"p{n},2016-01-03,=cmd()\n" for n in range(30)), encoding="utf-8"
    )
    assert (
        run("data", "load", "rows", path, "--person", "who", "--date", "day", "--agency", "place").code == 0
    )
    (row,) = csv.DictReader(
        io.StringIO(run("data", "count", "rows", "--by", "agency", "--format", "csv").out)
    )
    assert row["agency"] == "'=cmd()"


def test_the_database_is_brought_up_to_date_once(home):
    assert run("migrate").out == "The database was up to date.\n"


def test_a_worker_with_nothing_to_do_ends_when_asked_to(home):
    assert run("worker", "--once").code == 0


def test_settings_that_can_t_be_used_are_told(monkeypatch):
    monkeypatch.setenv("STORYBOOK_PORT", "eighty")
    ended = run("story", "check", ".")
    assert ended.code == 1
    assert "STORYBOOK_PORT" in ended.err


def test_the_reference_in_the_docs_is_what_the_commands_are(database):
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


def test_an_edit_after_publishing_leaves_the_edition_as_it_was(folder, home, database_url, tmp_path):
    published(folder)
    ctx = Context.open(home, database_url=database_url)
    change_story(
        ctx, Actor.operator(), SLUG, get_story(ctx, Actor.operator(), SLUG).story.version, title="Another"
    )
    ctx.close()
    assert run("export", SLUG, "--to", tmp_path / "room.json").code == 0
    assert (
        json.loads((tmp_path / "room.json").read_text("utf-8"))["candidate"]["shown"]["title"]
        == "A warm room"
    )


@pytest.fixture
def one_story(monkeypatch, folder):
    """A demo of one story, without the city."""
    monkeypatch.setattr("storybook.services.seed_demo._city", lambda *_: None)
    monkeypatch.setattr("storybook.settings.Settings.example_stories", property(lambda _: folder.parent))


@pytest.fixture
def served(monkeypatch):
    """What would have been served; nobody listens there, so whether the address is free is not asked."""
    found = []
    monkeypatch.setattr("storybook.cli.server.serve_app", lambda chosen, **how: found.append((chosen, how)))
    monkeypatch.setattr("storybook.cli.server._check_free", lambda _: None)
    return found


def test_the_demo_can_stop_before_serving(one_story, served):
    ended = run("demo", "--seed-only")
    assert (ended.code, served) == (0, [])
    assert ended.lines == ["Bringing in: A warm room", "Publishing: A warm room", "  /editions/a-warm-room/"]


def test_the_demo_serves_and_says_where(one_story, served):
    ended = run("demo", "--no-browser", "--port", "5099")
    assert ended.lines[-1] == "Serving at http://127.0.0.1:5099/  (Ctrl+C stops it)"
    ((chosen, how),) = served
    assert (chosen.port, how["demo"], how["ctx"].home) == (5099, True, chosen.home)


def test_the_browser_opens_once_the_server_answers(one_story, served, monkeypatch):
    opened = threading.Event()
    monkeypatch.setattr("webbrowser.open", lambda address: opened.set())
    monkeypatch.setattr("storybook.cli.server.serve_app", lambda *_, **__: opened.wait(20))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert run("demo", "--port", str(listener.getsockname()[1])).code == 0
    assert opened.is_set()


def test_no_browser_opens_for_a_server_that_never_comes(monkeypatch):
    from storybook.cli import server

    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(server, "_PATIENCE_SECONDS", 0.3)
    server._open_when_up("127.0.0.1", 1, "http://127.0.0.1:1/")
    assert opened == []


@pytest.mark.parametrize(
    ("host", "address"),
    [("0.0.0.0", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/"), ("192.0.2.7", "http://192.0.2.7:80/")],
)
def test_serving_says_where_to_look(served, host, address):
    ended = run("serve", "--host", host, "--port", "80")
    assert ended.lines == [f"Serving at {address}  (Ctrl+C stops it)"]
    assert (served[0][0].host, served[0][1]["demo"]) == (host, False)


def test_a_worker_waits_for_more_until_it_is_interrupted(monkeypatch):
    asked = threading.Semaphore(0)

    def interrupted(_ctx):
        assert asked.acquire(timeout=10)
        assert asked.acquire(timeout=10)
        raise KeyboardInterrupt

    monkeypatch.setattr("storybook.services.worker._one", lambda *_: bool(asked.release()))
    monkeypatch.setattr("storybook.services.worker._PAUSE", 0)
    monkeypatch.setattr("storybook.services.worker._sweep", interrupted)
    assert run("worker").code == 1


def test_a_load_says_how_far_it_is_to_whoever_watches(monkeypatch):
    from storybook.cli.data import _LoadBar
    from storybook.linked.loading.load import Progress

    shown = []
    monkeypatch.setattr("click.echo", lambda text, **_: shown.append(text))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with _LoadBar() as bar:
        for done in (0, 1, 1, 2):
            bar.show(Progress("reading", done, 2))
    assert shown == ["\rReading 0 %", "\rReading 50 %", "\rReading 100 %", "\r" + " " * 13 + "\r"]
