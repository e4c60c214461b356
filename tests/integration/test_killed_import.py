"""``kill -9`` in the middle of an import: the database is as it was, and the next import works."""

import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from storybook.services.context import Actor
from storybook.services.stories.import_story import import_story
from storybook.services.stories.list_stories import list_stories
from storybook.store.tables import metadata
from storybook.story.formats import write
from tests.strategies import a_story

#: Imports a story and waits for ever at one moment: after the rows are written, before the transaction ends.
PROGRAM = """
import sys, time
from pathlib import Path
from storybook.services.stories import save_story
from storybook.services.context import Actor, Context
from storybook.services.stories.import_story import import_story
from storybook.story.vocabulary import default

def wait(*_):
    print("now", flush=True)
    time.sleep(60)

setattr(save_story, sys.argv[4], wait)
print("ready", flush=True)
import_story(Context.open(Path(sys.argv[1]), database_url=sys.argv[2]), Actor.operator(), Path(sys.argv[3]))
"""


def everything(ctx) -> dict:
    with ctx.read() as session:
        return {t.name: session.execute(sa.select(t)).all() for t in metadata.sorted_tables}


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "crowded"
    write(a_story(3), path, format="folder")
    return path


@pytest.mark.parametrize("moment", ["remember_author"])
def test_a_killed_import_leaves_the_database_unchanged(ctx, database_url, folder, moment):
    before = everything(ctx)
    words = [sys.executable, "-c", PROGRAM, str(ctx.home), database_url, str(folder), moment]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert [child.stdout.readline() for _ in range(2)] == ["ready\n", "now\n"]
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert everything(ctx) == before
    story = import_story(ctx, Actor.operator(), folder).story
    assert [s.slug for s in list_stories(ctx, Actor.operator())] == [story.slug]


@pytest.mark.exam
@pytest.mark.parametrize("run", range(20))
def test_killed_at_any_moment_it_is_there_whole_or_not_at_all(ctx, database_url, folder, run):
    words = [sys.executable, "-c", PROGRAM, str(ctx.home), database_url, str(folder), "nothing_at_all"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        time.sleep(run * 0.02)
        child.kill()
    found = list_stories(ctx, Actor.operator())
    assert len(found) in (0, 1)
    if not found:
        import_story(ctx, Actor.operator(), folder)
