"""The way of a real story, step by step, for those who try what is forbidden on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from storybook.anonymise.consent import COOLING_OFF
from storybook.anonymise.deciding.decisions import Choice
from storybook.services.accounts import add_account, share_story
from storybook.services.consent.agree import give_consent, sign_as_lead, sign_off
from storybook.services.consent.others import name_other
from storybook.services.consent.second_look import second_look
from storybook.services.consent.taking_part import Said, record_permission, stop_taking_part
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.findings.decide import Word, decide
from storybook.services.findings.listed import get_findings
from storybook.services.findings.look_job import HANDLERS
from storybook.services.jobs import run_next
from storybook.services.permissions import Actor, SiteRole, StoryRole
from storybook.services.review.candidate import get_candidate, send_for_review
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import PartKind, add_part, change_story
from storybook.services.stories.get_story import get_story
from tests.counting import each_step_once
from tests.web.conftest import SLUG, World

UNTIL = dt.date(2027, 11, 22)
RECORD = {"understood": "yes", "sober": "yes", "unpressured": "yes"}
LEAD = "lead@test.example"
REASONS = "Everybody who could know it has read it, and agrees."


@each_step_once
class Way:
    """The way of a real story, step by step."""

    def __init__(self, world: World) -> None:
        self.world, self.ctx = world, world.ctx
        add_account(self.ctx, Actor.operator(), LEAD, name="Lead", roles=[SiteRole.LEAD])
        share_story(self.ctx, Actor.operator(), SLUG, LEAD, StoryRole.REVIEWER)
        record_permission(self.ctx, self.worker, SLUG, "P1", Said(dt.date(2026, 11, 1)))
        version = get_story(self.ctx, self.worker, SLUG).story.version
        change_story(self.ctx, self.worker, SLUG, version, fictional=False)

    def __getattr__(self, role: str) -> Any:
        return self.world.actor(role)

    @property
    def sha256(self) -> str:
        return get_candidate(self.ctx, self.worker, SLUG).sha256

    def draft(self) -> None:
        """Nothing more."""

    def review(self) -> None:
        self.in_review_and_not_looked_at()
        run_next(self.ctx, HANDLERS)

    def in_review_and_not_looked_at(self) -> None:
        send_for_review(self.ctx, self.worker, SLUG)

    def yes(self, *channels: str, until: dt.date = UNTIL) -> None:
        self.review()
        how: dict[str, Any] = {"channels": channels or ("web",), "until": until, "record": RECORD}
        give_consent(self.ctx, self.expert, SLUG, person="P1", sha256=self.sha256, **how)

    def signed(self) -> None:
        self.yes()
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256, reasons=REASONS)

    def said_twice(self, until: dt.date = UNTIL) -> None:
        self.yes(until=until)
        self.world.clock.advance(COOLING_OFF)
        second_look(self.ctx, self.expert, SLUG, person="P1", sha256=self.sha256)

    def signed_without_reasons(self) -> None:
        self.said_twice()
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256)

    def signed_by_the_reviewer_alone(self, until: dt.date = UNTIL) -> None:
        self.said_twice(until)
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256, reasons=REASONS)

    def signed_twice_by_the_lead(self) -> None:
        self.said_twice()
        sign_off(self.ctx, self.lead, SLUG, sha256=self.sha256, reasons=REASONS)
        self.signs_as_lead("lead")

    def agreed(self, until: dt.date = UNTIL) -> None:
        self.signed_by_the_reviewer_alone(until)
        self.signs_as_lead("lead")

    def published(self) -> None:
        self.agreed()
        publish_edition(self.ctx, self.worker, SLUG)

    def published_for_the_team(self) -> None:
        self.yes("team")
        sign_off(self.ctx, self.reviewer, SLUG, sha256=self.sha256)
        publish_edition(self.ctx, self.worker, SLUG)

    def withdrawn(self) -> None:
        self.published()
        withdraw(self.ctx, self.expert, SLUG, "P1")

    def expired(self) -> None:
        self.agreed(dt.date(2026, 11, 30))
        publish_edition(self.ctx, self.worker, SLUG)
        self.world.clock.advance(dt.timedelta(days=14))

    def over_before_it_was_shared(self) -> None:
        self.agreed(dt.date(2026, 11, 30))
        self.world.clock.advance(dt.timedelta(days=14))

    def one_character_changed(self) -> None:
        self.agreed()
        change_story(self.ctx, self.worker, SLUG, 2, title="Ann’s way home.")

    def read_again_after_a_change(self) -> None:
        self.one_character_changed()
        self.review()

    def read_again_after_a_change_of_title(self) -> None:
        change_story(self.ctx, self.worker, SLUG, 2, title="Ann’s way home.")
        self.review()

    def with_a_postcode(self) -> None:
        change_story(self.ctx, self.worker, SLUG, 2, introduction="She lived at CV1 5FB.")
        self.agreed()

    def with_a_name(self) -> None:
        change_story(self.ctx, self.worker, SLUG, 2, introduction="Her friend Darren Whitlock came.")
        self.agreed()

    def with_a_word_on_the_law(self) -> None:
        change_story(self.ctx, self.worker, SLUG, 2, introduction="He stole a car and nobody knows.")
        self.agreed()

    def with_her_sister(self) -> None:
        name_other(self.ctx, self.worker, SLUG, "her sister")
        self.agreed()

    def with_somebody_not_asked(self) -> None:
        add_part(self.ctx, self.worker, SLUG, PartKind.PERSON, ref="P2", name="Bo")

    def not_taking_part_any_more(self) -> None:
        stop_taking_part(self.ctx, self.expert, SLUG, "P1")

    # what is tried, at the service

    def the_key(self) -> str:
        return next(p.key for p in get_findings(self.ctx, self.worker, SLUG).proposals)

    def decides(self, who: str, choice: Choice, **said: str) -> Any:
        return decide(self.ctx, self.world.actor(who), SLUG, self.the_key(), Word(choice, **said))

    def publishes(self, who: str) -> Any:
        return publish_edition(self.ctx, self.world.actor(who), SLUG)

    def agrees(self, who: str, *, sha256: str = "", record: Any = RECORD, until: dt.date = UNTIL) -> Any:
        how: dict[str, Any] = {"channels": ("web",), "until": until, "record": record}
        actor = self.world.actor(who)
        return give_consent(self.ctx, actor, SLUG, person="P1", sha256=sha256 or self.sha256, **how)

    def looks_again(self, who: str, *, sha256: str = "") -> Any:
        actor = self.world.actor(who)
        return second_look(self.ctx, actor, SLUG, person="P1", sha256=sha256 or self.sha256)

    def signs_off(self, who: str, *, sha256: str = "") -> Any:
        return sign_off(self.ctx, self.world.actor(who), SLUG, sha256=sha256 or self.sha256)

    def signs_as_lead(self, who: str, *, sha256: str = "") -> Any:
        return sign_as_lead(self.ctx, self.world.actor(who), SLUG, sha256=sha256 or self.sha256)
