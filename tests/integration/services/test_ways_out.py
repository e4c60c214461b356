"""What must not leave, and what must stop leaving, tried by somebody who means harm, on both databases."""

import datetime as dt
import json
import shutil
import threading

import pytest
import sqlalchemy as sa

from storybook.anonymise.consent import Channel
from storybook.services.accounts import share_story
from storybook.services.consent.agree import sign_off
from storybook.services.context import Actor, Context
from storybook.services.editions import export_edition as exporting
from storybook.services.editions.export_edition import export_edition
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import editions_of, list_editions, open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, NotNow, NotReady, ServiceError
from storybook.services.permissions import Action, StoryRole
from storybook.services.review.candidate import get_candidate
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from storybook.store.engine import Store
from storybook.store.tables import ConsentRow, EditionRow
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import SLUG, TAKING_PART, UNTIL, Cast, a_story

EVERYWHERE = tuple(Channel)


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def row_of(ctx, number=1) -> EditionRow:
    with ctx.read() as session:
        return session.scalars(sa.select(EditionRow).where(EditionRow.number == number)).one()


def restarted(ctx) -> Context:
    url = ctx.store.engine.url.render_as_string(hide_password=False)
    return Context.open(ctx.home, database_url=url, clock=ctx.clock)


# --- a newer word


def test_a_newer_consent_for_fewer_channels_closes_the_others_at_once(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    cast.says(cast.bo, "P2", ["team", "partners"])
    assert row_of(ctx).channels == {"team": UNTIL.isoformat(), "partners": UNTIL.isoformat()}
    assert list_editions(ctx) == ()
    for number in (None, 1):
        with pytest.raises(Gone):  # it was there: "unknown" would be a lie, and a cache would keep the page
            open_edition(ctx, SLUG, number)
    assert open_edition(ctx, SLUG, channel="partners").number == 1


def test_a_newer_consent_for_less_long_ends_it_sooner(ctx, cast, clock):
    cast.publish(channels=EVERYWHERE)
    sooner = dt.date(2026, 4, 1)
    cast.says(cast.ash, "P1", EVERYWHERE, until=sooner)
    assert (row_of(ctx).expires, set(row_of(ctx).channels.values())) == (sooner, {sooner.isoformat()})
    clock.advance(dt.timedelta(days=31))
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)


def test_a_newer_consent_never_widens_what_is_shown(ctx, cast):
    cast.publish(channels=["team", "partners"])
    for who, person in ((cast.ash, "P1"), (cast.bo, "P2")):
        cast.says(who, person, EVERYWHERE, until=UNTIL + dt.timedelta(days=9))
    assert row_of(ctx).channels == {"team": UNTIL.isoformat(), "partners": UNTIL.isoformat()}
    with pytest.raises(NotNow, match="shows already"):
        publish_edition(ctx, cast.worker, SLUG)  # what was added is asked a second time
    cast.look_again()
    made = publish_edition(ctx, cast.worker, SLUG)  # sharing it with more people is an act of its own
    assert (made.number, made.channels) == (2, set(EVERYWHERE))
    assert row_of(ctx).state == "retired"


@pytest.mark.counted
def test_where_no_channel_is_left_it_ends_and_nobody_is_told_who(ctx, cast):
    cast.publish(channels=["team", "web"])
    cast.says(cast.bo, "P2", ["partners"])
    assert (row_of(ctx).state, row_of(ctx).channels) == ("withdrawn", {})
    with pytest.raises(Gone) as told:
        open_edition(ctx, SLUG)
    assert str(told.value) == "This story is no longer shared."
    assert [(v.state, v.title) for v in editions_of(ctx, cast.worker, SLUG)] == [("withdrawn", "")]
    with pytest.raises(NotReady):
        publish_edition(ctx, cast.worker, SLUG)


def test_the_same_yes_again_changes_nothing(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    before = row_of(ctx).channels
    cast.says(cast.bo, "P2", EVERYWHERE)
    assert (row_of(ctx).channels, open_edition(ctx, SLUG).narrowed) == (before, False)


def test_renewing_after_the_last_day_publishes_again(ctx, cast, clock):
    cast.publish(until=dt.date(2026, 3, 31))
    clock.advance(dt.timedelta(days=60))
    for who, person in ((cast.ash, "P1"), (cast.bo, "P2")):
        cast.says(who, person, ["web"])
    cast.look_again()
    assert row_of(ctx).state == "published"  # over by the calendar, and taken back by nobody
    assert publish_edition(ctx, cast.worker, SLUG).number == 2
    assert open_edition(ctx, SLUG).number == 2


def test_a_restored_database_does_not_widen_what_was_narrowed(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    cast.says(cast.bo, "P2", ["team"])
    newest = sa.select(ConsentRow.id).order_by(ConsentRow.id.desc()).limit(1).subquery()
    with ctx.store.write() as session:  # what a backup from before the newer word holds
        session.execute(sa.delete(ConsentRow).where(ConsentRow.id == sa.select(newest).scalar_subquery()))
        session.execute(sa.update(ConsentRow).values(taken_back_at=None))
        full = {c.value: UNTIL.isoformat() for c in Channel}
        session.execute(sa.update(EditionRow).values(channels=full))
    assert open_edition(ctx, SLUG).number == 1
    again = restarted(ctx)
    with pytest.raises(Gone):
        open_edition(again, SLUG)
    assert row_of(again).channels == {"team": UNTIL.isoformat()}
    assert [c.person_ref for c in get_candidate(again, cast.ash, SLUG).consents] == ["P1"]
    again.close()


# --- withdrawal


def test_what_is_left_after_a_withdrawal_does_not_tell_whose_it_was(ctx, cast):
    cast.publish()
    withdraw(ctx, cast.ash, SLUG, "P1")
    mine = get_candidate(ctx, cast.bo, SLUG)
    assert mine.consents == ()
    assert [str(m).partition(" ")[0] for m in mine.missing] == ["P1", "P2"]


def test_after_a_withdrawal_old_consents_publish_nothing(ctx, cast):
    cast.publish()
    withdraw(ctx, cast.ash, SLUG, "P1")
    cast.says(cast.ash, "P1", ["web"])
    with pytest.raises(NotReady, match="P2 has not agreed yet"):
        publish_edition(ctx, cast.worker, SLUG)


def test_an_old_database_file_put_back_stays_withdrawn(home, clock, tmp_path):
    url = f"sqlite:///{home / 'storybook.db'}"
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    cast = Cast(ctx)
    cast.publish(channels=EVERYWHERE)
    ctx.close()
    shutil.copy(home / "storybook.db", tmp_path / "old.db")
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    withdraw(ctx, cast.bo, SLUG, "P2")
    ctx.close()
    for part in home.glob("storybook.db*"):
        part.unlink()
    shutil.copy(tmp_path / "old.db", home / "storybook.db")
    with Store(url).read() as session:
        assert session.scalar(sa.select(EditionRow.state)) == "published"
    ctx = Context.open(home, clock=clock, exports=tmp_path / "out")
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    with pytest.raises(NotReady):
        publish_edition(ctx, cast.worker, SLUG)
    ctx.close()


def test_a_machine_that_stops_between_the_withdrawal_and_its_files_removes_them_at_the_next_start(
    ctx, cast, monkeypatch
):
    cast.publish(channels=EVERYWHERE)
    file = export_edition(ctx, Actor.operator(), SLUG, None, ctx.exports_root / "a.json")

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("storybook.services.stopping.withdraw.remove_file", stop)
    with pytest.raises(KeyboardInterrupt):
        withdraw(ctx, cast.ash, SLUG, "P1")
    assert file.exists()
    restarted(ctx).close()
    assert not file.exists()


def test_a_withdrawal_while_a_file_is_written_takes_the_file_away(ctx, cast, monkeypatch):
    cast.publish(channels=EVERYWHERE)
    real = exporting.write_whole

    def meanwhile(to, content):
        withdraw(ctx, cast.ash, SLUG, "P1")
        real(to, content)

    monkeypatch.setattr(exporting, "write_whole", meanwhile)
    file = ctx.exports_root / "a.csv"
    with pytest.raises(ServiceError):
        export_edition(ctx, Actor.operator(), SLUG, None, file)
    assert not file.exists()


def test_narrowing_removes_the_files_that_say_otherwise_and_makes_no_new_ones(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    file = export_edition(ctx, Actor.operator(), SLUG, None, ctx.exports_root / "a.json")
    cast.says(cast.bo, "P2", ["team", "partners"], until=dt.date(2026, 5, 1))
    assert not file.exists()
    with pytest.raises(NotNow, match="Publish it again"):
        export_edition(ctx, Actor.operator(), SLUG, None, file)
    publish_edition(ctx, cast.worker, SLUG)
    export_edition(ctx, Actor.operator(), SLUG, None, file)
    stored = json.loads(file.read_text())
    assert stored["manifest"]["channels"] == [["partners", "2026-05-01"], ["team", "2026-05-01"]]


def test_narrowed_to_the_team_no_file_leaves(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    cast.says(cast.bo, "P2", ["team"])
    with pytest.raises(NotAllowed, match="only for the team"):
        export_edition(ctx, Actor.operator(), SLUG, None, ctx.exports_root / "a.json")


def test_a_withdrawal_and_a_publication_at_once_never_end_with_it_shared(ctx, cast):
    cast.agree(cast.send(), channels=EVERYWHERE)
    gate, outcome = threading.Barrier(2), []

    def publishing():
        gate.wait()
        try:
            publish_edition(ctx, cast.worker, SLUG)
        except ServiceError as refused:
            outcome.append(refused)

    thread = threading.Thread(target=publishing)
    thread.start()
    gate.wait()
    ended = withdraw(ctx, cast.ash, SLUG, "P1")
    thread.join()
    # Whichever came first: published and then ended, or refused because the consents were gone.
    assert (len(outcome), ended.numbers) in {(0, (1,)), (1, ())}
    assert list_editions(ctx) == ()


def test_two_publications_at_once_make_one_edition(ctx, cast):
    cast.agree(cast.send())
    gate, refused = threading.Barrier(2), []

    def publishing():
        gate.wait()
        try:
            publish_edition(ctx, cast.worker, SLUG)
        except NotNow as told:
            refused.append(told)

    threads = [threading.Thread(target=publishing) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [v.number for v in editions_of(ctx, cast.worker, SLUG)] == [1]


# --- addresses


def test_an_address_under_which_a_story_was_shared_is_never_another_s(ctx, cast):
    cast.publish()
    withdraw(ctx, cast.ash, SLUG, "P1")
    change_story(ctx, cast.worker, SLUG, 1, slug="elsewhere")
    with pytest.raises(Problems, match="already"):
        save_story(ctx, cast.worker, a_story(), TAKING_PART)
    other = save_story(ctx, cast.worker, a_story().model_copy(update={"slug": "another"}), TAKING_PART)
    with pytest.raises(Problems, match="already"):
        change_story(ctx, cast.worker, "another", other.version, slug=SLUG)
    change_story(ctx, cast.worker, "elsewhere", 2, slug=SLUG)  # its own it may have back
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)


def test_an_edition_for_the_team_is_for_its_own_story_s_team(ctx, cast):
    cast.publish(channels=["team"])
    change_story(ctx, cast.worker, SLUG, 1, slug="elsewhere")
    stranger = cast.add("stranger", "worker")
    save_story(ctx, stranger, a_story().model_copy(update={"slug": "another"}), TAKING_PART)
    with ctx.store.write() as session:  # as an older program allowed
        session.execute(sa.text(f"UPDATE stories SET slug = '{SLUG}' WHERE slug = 'another'"))
    with pytest.raises(NotFound):
        open_edition(ctx, SLUG, actor=stranger)
    assert open_edition(ctx, SLUG, actor=cast.worker).number == 1


def test_a_newer_edition_for_fewer_leaves_the_older_address_gone(ctx, cast):
    cast.publish(channels=EVERYWHERE)
    change_story(ctx, cast.worker, SLUG, 1, title="A warmer room")
    cast.publish(channels=["team"])
    for number in (None, 1):
        with pytest.raises(Gone) as told:
            open_edition(ctx, SLUG, number)
        assert told.value.newer is None
    with pytest.raises(NotFound):
        open_edition(ctx, SLUG, 2)


# --- who may


def test_changing_a_word_gives_no_rights_and_takes_the_sign_off_away(ctx, cast):
    change_story(ctx, cast.ash, SLUG, 1, introduction="My own words.")
    for action in (Action.PUBLISH, Action.SHARE_STORY, Action.KEEP_NAMES, Action.SEND_FOR_REVIEW):
        assert not get_story(ctx, cast.ash, SLUG).can(action), action
    share_story(ctx, cast.worker, SLUG, "ash@example.org", StoryRole.REVIEWER)
    with pytest.raises(NotAllowed, match="helped to write"):
        sign_off(ctx, cast.ash, SLUG, sha256=cast.send())


def test_nobody_signs_off_their_own_story(ctx, cast):
    share_story(ctx, cast.worker, SLUG, "bo@example.org", StoryRole.REVIEWER)
    with pytest.raises(NotAllowed, match="your own story"):
        sign_off(ctx, cast.bo, SLUG, sha256=cast.send())


def test_a_reviewer_whose_story_it_becomes_has_not_signed_off(ctx, cast):
    cast.agree(cast.send())
    share_story(ctx, Actor.operator(), SLUG, "reviewer@example.org", StoryRole.EXPERT, person="P2")
    with pytest.raises(NotReady, match="somebody else has to sign it off"):
        publish_edition(ctx, cast.worker, SLUG)


def test_a_worker_can_t_make_themselves_the_person_and_agree(ctx, cast):
    for role, person in ((StoryRole.EXPERT, "P1"), (StoryRole.REVIEWER, None)):
        with pytest.raises(NotAllowed, match="Nobody gives themselves"):
            share_story(ctx, cast.worker, SLUG, "worker@example.org", role, person=person)
    with pytest.raises(NotAllowed):
        share_story(ctx, cast.worker, SLUG, "ash@example.org", StoryRole.WRITER)
