"""Accounts, long work, real names and health, on both databases."""

import datetime as dt
import stat

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, UserMixin, verify_password

from storybook.services.accounts import (
    DEMO_ACCOUNTS,
    account_models,
    actor_of,
    add_account,
    find_account,
    hash_password,
    list_accounts,
    share_story,
)
from storybook.services.context import Actor
from storybook.services.errors import NotAllowed, NotFound, SignInFirst
from storybook.services.findings.real_names import forget_real_names, keep_real_name, real_names
from storybook.services.health import health
from storybook.services.jobs import (
    LEASE,
    Cancelled,
    JobState,
    cancel_job,
    get_job,
    list_jobs,
    run_next,
    start_job,
)
from storybook.services.permissions import Action, SiteRole, StoryRole
from storybook.services.stories.get_story import get_story
from storybook.services.stories.list_stories import list_stories
from storybook.services.stories.save_story import save_story
from storybook.store.tables import AuditRow, RealNameRow, StoryRoleRow
from storybook.story.ids import new_id
from storybook.story.messages import message
from storybook.story.model import Person, Story
from storybook.story.problems import Problem, Problems

BOSS = Actor.operator()


def save(ctx, actor=BOSS) -> Story:
    story = Story(
        slug="room",
        title="Room",
        fictional=True,
        people=(Person(ref="P1", name="Ash"), Person(ref="P2", name="Bo")),
    )
    return save_story(ctx, actor, story)


def test_an_account_has_its_roles_and_is_found_by_its_address(ctx):
    made = add_account(ctx, BOSS, " Ash@Example.org ", name="Ash", roles=[SiteRole.EXPERT, SiteRole.WORKER])
    assert find_account(ctx, "ash@example.org") == made
    assert (made.email, made.roles) == ("ash@example.org", {SiteRole.EXPERT, SiteRole.WORKER})
    assert actor_of(ctx, made.id) == made.actor
    assert list_accounts(ctx, BOSS) == (made,)


def test_only_an_admin_sees_accounts(ctx):
    admin = add_account(ctx, BOSS, "a@example.org", roles=[SiteRole.ADMIN]).actor
    worker = add_account(ctx, admin, "w@example.org", roles=[SiteRole.WORKER]).actor
    assert len(list_accounts(ctx, admin)) == 2
    with pytest.raises(NotAllowed):
        list_accounts(ctx, worker)
    with pytest.raises(SignInFirst):
        add_account(ctx, Actor.nobody(), "x@example.org")


def test_a_closed_account_is_nobody(ctx):
    made = add_account(ctx, BOSS, "a@example.org")
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE accounts SET active = false"))
    assert (find_account(ctx, "a@example.org"), actor_of(ctx, made.id)) == (None, Actor.nobody())
    assert actor_of(ctx, new_id()) == Actor.nobody()


def test_flask_security_signs_our_accounts_in(ctx):
    add_account(
        ctx, BOSS, "a@example.org", roles=[SiteRole.WORKER], password_hash=hash_password("correct horse")
    )
    user, role = account_models(UserMixin, RoleMixin)
    assert account_models(UserMixin, RoleMixin) == (user, role)
    app = Flask("test")
    app.config.update(
        SECRET_KEY="x",
        SECURITY_PASSWORD_SALT="y",
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
    )
    session = ctx.account_session()
    store = SQLAlchemySessionUserDatastore(session, user, role)
    Security(app, store)
    with app.app_context():
        found = store.find_user(email="a@example.org")
        assert found.has_role("worker")
        assert verify_password("correct horse", found.password)
        assert not verify_password("wrong horse", found.password)
    session.remove()


def test_a_story_is_seen_by_those_it_was_shared_with(ctx):
    save(ctx)
    ash = add_account(ctx, BOSS, "ash@example.org").actor
    assert list_stories(ctx, ash) == ()
    share_story(ctx, BOSS, "room", "ash@example.org", StoryRole.EXPERT, person="P1")
    share_story(ctx, BOSS, "room", "ash@example.org", StoryRole.EXPERT, person="P1")
    view = get_story(ctx, ash, "room")
    assert (view.access.roles, view.access.persons) == ({StoryRole.EXPERT}, {"P1"})
    assert [s.slug for s in list_stories(ctx, ash)] == ["room"]
    assert view.can(Action.WITHDRAW, "P1")
    assert not view.can(Action.WITHDRAW, "P2")
    assert not view.can(Action.SIGN_OFF)
    with ctx.read() as session:
        assert (
            session.scalar(sa.select(sa.func.count()).select_from(StoryRoleRow)) == 2
        )  # the writer's and Ash's


def test_whoever_writes_a_story_is_its_author(ctx):
    worker = add_account(ctx, BOSS, "w@example.org", roles=[SiteRole.WORKER]).actor
    save(ctx, worker)
    assert get_story(ctx, worker, "room").access.roles == {StoryRole.AUTHOR}


def test_a_job_is_worked_on_once_and_tells_how_far_it_is(ctx):
    job = start_job(ctx, BOSS, "sum", numbers=[1, 2])
    seen = []

    def handler(_ctx, params, progress):
        progress(1, 2)
        seen.append(get_job(ctx, BOSS, job.id))
        return message("{total}", total=sum(params["numbers"]))

    done = run_next(ctx, {"sum": handler})
    assert [(s.state, s.done, s.total) for s in seen] == [(JobState.RUNNING, 1, 2)]
    assert (done.id, done.state, done.outcome) == (job.id, JobState.DONE, "3")
    assert run_next(ctx, {"sum": handler}) is None
    assert list_jobs(ctx, BOSS) == (done,)


def test_a_job_of_another_kind_waits_for_its_worker(ctx):
    start_job(ctx, BOSS, "other")
    assert run_next(ctx, {"sum": lambda *_: message("")}) is None


def test_a_cancelled_job_stops_at_its_next_word(ctx):
    job = start_job(ctx, BOSS, "long")

    def handler(_ctx, _params, progress):
        cancel_job(ctx, BOSS, job.id)
        progress(1, None)
        raise AssertionError("went on")

    assert run_next(ctx, {"long": handler}).state is JobState.CANCELLED


def test_a_job_cancelled_before_it_began_never_does(ctx):
    job = start_job(ctx, BOSS, "long")
    assert cancel_job(ctx, BOSS, job.id).state is JobState.CANCELLED
    assert run_next(ctx, {"long": lambda *_: message("")}) is None


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Problems([Problem(message("it is wrong"), message("do it right"))]), "it is wrong; do it right"),
        (ValueError("a row: Ash, 1 April"), "This stopped because of a fault of ours."),
    ],
)
def test_a_job_that_fails_says_why_and_nothing_of_the_rows(ctx, trouble, said):
    start_job(ctx, BOSS, "fails")

    def handler(*_):
        raise trouble

    failed = run_next(ctx, {"fails": handler})
    assert (failed.state, failed.outcome) == (JobState.FAILED, said)


def test_a_worker_that_died_loses_its_job_to_another(ctx, clock):
    job = start_job(ctx, BOSS, "long")

    def dies(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_next(ctx, {"long": dies})
    assert run_next(ctx, {"long": lambda *_: message("again")}) is None
    clock.advance(LEASE + dt.timedelta(seconds=1))
    assert run_next(ctx, {"long": lambda *_: message("again")}).outcome == "again"
    assert get_job(ctx, BOSS, job.id).state is JobState.DONE


def test_a_worker_that_lost_its_lease_changes_nothing_more(ctx, clock):
    job = start_job(ctx, BOSS, "long")

    def slow(_ctx, _params, progress):
        clock.advance(LEASE + dt.timedelta(seconds=1))
        run_next(ctx, {"long": lambda *_: message("by another")})
        with pytest.raises(Cancelled):
            progress(1, 2)
        return message("too late")

    run_next(ctx, {"long": slow})
    assert get_job(ctx, BOSS, job.id).outcome == "by another"


def test_a_job_is_its_owner_s(ctx):
    job = start_job(ctx, BOSS, "long")
    with pytest.raises(NotFound):
        get_job(ctx, Actor(new_id()), job.id)
    with pytest.raises(NotFound):
        cancel_job(ctx, BOSS, new_id())


def test_real_names_are_encrypted_apart_and_forgotten_without_harm(ctx):
    worker = add_account(ctx, BOSS, "w@example.org", roles=[SiteRole.WORKER]).actor
    story = save(ctx, worker)
    keep_real_name(ctx, worker, "room", "P1", "Ashley Example")
    keep_real_name(ctx, worker, "room", "P1", "Ashley Q. Example")
    assert real_names(ctx, worker, "room") == {"P1": "Ashley Q. Example"}
    with ctx.read() as session:
        (token,) = session.scalars(sa.select(RealNameRow.token)).all()
    assert b"Ashley" not in token
    assert stat.S_IMODE((ctx.home / "keys" / "real-names.key").stat().st_mode) == 0o600
    with pytest.raises(NotFound):
        keep_real_name(ctx, worker, "room", "P9", "Nobody")
    for stranger in (BOSS, Actor(new_id())):
        with pytest.raises(NotAllowed):
            real_names(ctx, stranger, "room")
    forget_real_names(ctx, worker, "room")
    assert real_names(ctx, worker, "room") == {}
    assert get_story(ctx, worker, "room").story == story


def test_a_forgotten_name_is_gone_from_the_file(ctx, database):
    if database == "postgresql":
        return  # the token goes with its row; the file is the server's
    worker = add_account(ctx, BOSS, "w@example.org", roles=[SiteRole.WORKER]).actor
    save(ctx, worker)
    keep_real_name(ctx, worker, "room", "P1", "Ashley Example")
    with ctx.read() as session:
        (token,) = session.scalars(sa.select(RealNameRow.token)).all()
    forget_real_names(ctx, worker, "room")
    with ctx.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert token not in ctx.store.file.read_bytes()


def test_audit_lines_hold_ids_and_actions_only(ctx):
    worker = add_account(ctx, BOSS, "w@example.org", roles=[SiteRole.WORKER], name="Secret Name").actor
    save(ctx, worker)
    with ctx.read() as session:
        rows = session.scalars(sa.select(AuditRow).order_by(AuditRow.id)).all()
    assert [(r.actor_id, r.action) for r in rows] == [(BOSS.id, "add account"), (worker.id, "import story")]
    assert {c.name for c in AuditRow.__table__.columns} == {
        "id",
        "at",
        "actor_id",
        "demo",
        "action",
        "target_id",
    }


def test_health_says_yes_and_then_no(ctx, monkeypatch):
    assert health(ctx).ok
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert [(c.name, c.ok) for c in health(ctx).checks] == [
        ("database", True),
        ("schema", False),
        ("home", True),
    ]
    monkeypatch.setattr(
        "storybook.services.health.revision", lambda _: (_ for _ in ()).throw(sa.exc.SQLAlchemyError)
    )
    assert [(c.name, c.ok) for c in health(ctx).checks] == [
        ("database", False),
        ("schema", False),
        ("home", True),
    ]


def test_the_demo_has_one_account_for_each_role():
    assert [set(a.roles) for a in DEMO_ACCOUNTS] == [
        {SiteRole.WORKER},
        {SiteRole.EXPERT},
        {SiteRole.REVIEWER},
        {SiteRole.ANALYST},
        {SiteRole.ADVOCATE},
        {SiteRole.LEAD},
    ]
