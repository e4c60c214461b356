"""An older copy put back: whatever was lost with it, nothing that was taken back is shown again."""

import pytest
import sqlalchemy as sa

from storybook.services.accounts import add_account, share_story
from storybook.services.consent.agree import refuse_as_lead, sign_as_lead
from storybook.services.consent.taking_part import permissions_of
from storybook.services.context import Actor, Context
from storybook.services.editions.export_edition import export_edition
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotReady
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.review.open_web import keep_off_the_web
from storybook.services.stopping.stop_all import stop_everything
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stopping.withdraw import withdraw
from storybook.store.tables import AuditRow, CandidateRow, SignOffRow
from storybook.story.problems import Problems
from tests.integration.cli_fixtures import run
from tests.integration.services.test_life_of_a_story import SLUG, Cast


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def again(ctx, **options) -> Context:
    url = ctx.store.engine.url.render_as_string(hide_password=False)
    return Context.open(ctx.home, database_url=url, clock=ctx.clock, exports=ctx.exports_root, **options)


def test_nothing_answers_while_the_list_of_what_was_taken_back_is_lost(ctx, cast):
    cast.publish(channels=["team", "web"])
    withdraw(ctx, cast.bo, SLUG, "P2")
    ctx.withdrawals.file.unlink()
    with pytest.raises(Problems, match="a part of the list of what was taken back is lost"):
        again(ctx)


def test_where_the_list_is_lost_for_good_everything_that_is_shared_ends(ctx, cast):
    cast.publish(channels=["team", "web"])
    file = export_edition(ctx, Actor.operator(), SLUG, None, ctx.exports_root / "a.json")
    ctx.withdrawals.add("{}")
    ctx.withdrawals.file.unlink()
    opened = again(ctx, prepare=False)
    done = stop_everything(opened)
    assert (done.editions, done.words_may_be_back, file.exists()) == (1, False, False)
    with pytest.raises(Gone):
        open_edition(opened, SLUG)
    with pytest.raises(NotReady):
        publish_edition(opened, cast.worker, SLUG)
    assert permissions_of(opened, cast.worker, SLUG) == {}
    opened.close()
    again(ctx).close()


def test_an_older_copy_does_not_forget_a_lead_s_no_or_what_is_kept_off_the_web(ctx, cast):
    sha256 = cast.send()
    lead = add_account(
        ctx, Actor.operator(), "lee@example.org", roles=[SiteRole.LEAD, SiteRole.REVIEWER]
    ).actor
    share_story(ctx, cast.worker, SLUG, "lee@example.org", StoryRole.REVIEWER)
    for off in (True, False):
        keep_off_the_web(ctx, cast.worker, SLUG, sha256=sha256, off=off)
    older(ctx)
    assert off_the_web(again(ctx)) == []
    refuse_as_lead(ctx, lead, SLUG, sha256=sha256, reasons="Not yet.")
    assert off_the_web(again(ctx)) == []  # the no itself is there
    older(ctx)
    assert off_the_web(again(ctx)) == ["web"]
    sign_as_lead(ctx, lead, SLUG, sha256=sha256)
    older(ctx)
    assert off_the_web(again(ctx)) == []
    keep_off_the_web(ctx, cast.worker, SLUG, sha256=sha256)
    older(ctx)
    assert off_the_web(again(ctx)) == ["web"]


def older(ctx) -> None:
    """The database as it was before anybody said anything of the open web."""
    with ctx.store.write() as session:
        session.execute(sa.delete(SignOffRow))
        session.execute(sa.update(CandidateRow).values(kept_off=[]))


def off_the_web(opened) -> list[str]:
    with opened.read() as session:
        (kept_off,) = session.scalars(sa.select(CandidateRow.kept_off))
    opened.close()
    return kept_off


def test_without_the_key_nothing_answers_that_may_hold_words_again(ctx, cast):
    take_out_everywhere(ctx, cast.ash, SLUG, "Ash’s")
    with ctx.store.write() as session:
        session.query(AuditRow).filter(AuditRow.action == "take out").delete()
    (ctx.keys.folder / "purges.key").unlink()
    with pytest.raises(Problems, match="the key to find them again is lost"):
        again(ctx)
    opened = again(ctx, prepare=False)
    assert stop_everything(opened).words_may_be_back
    opened.close()
    again(ctx).close()


def test_the_key_by_which_words_are_found_again_is_in_every_copy_of_a_home(ctx):
    assert (ctx.keys.folder / "purges.key").is_file()


def test_the_command_says_what_ended_and_what_to_look_at(monkeypatch, tmp_path):
    monkeypatch.setenv("STORYBOOK_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("STORYBOOK_APART", str(tmp_path / "apart"))
    assert run("stop-all", typed="n\n").code == 1
    assert run("stop-all", "--yes").lines == [
        "Nothing is shared any more: 0 editions ended. Everyone is asked again."
    ]
    (tmp_path / "new/keys/purges.seal").write_text('{"bytes": 3, "sha256": "of lines that are lost"}')
    refused = run("account", "list")
    assert (refused.code, "purges.jsonl: a part of the list" in refused.err) == (1, True)
    assert run("stop-all", "--yes").lines[1:] == [
        "Words that were taken out may stand in drafts again. Take them out again."
    ]
    assert run("account", "list").code == 0
