"""Who may open what: one row for every endpoint, checked before any view runs.

An app with an endpoint that has no row refuses to start, and so does a row without an endpoint. The rows say which
*action* of ``services.permissions`` an address needs; who may do that action stands there and nowhere else.
``docs/access.md`` is made from this table, and a test asks every address as everybody.

What depends on a story's state (signing off a draft, say) is left to the service, which answers 409 with its reason:
this table answers only who.
"""

from __future__ import annotations

import ipaddress
import sys
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, current_app, g, request
from flask_login import current_user

from ..services.errors import NotAllowed, NotFound, SignInFirst
from ..services.permissions import Action, Decision, may
from ..services.stories.get_story import StoryView, get_story
from ..story.messages import message
from .context import asker, services


class Who(StrEnum):
    """The kinds of rule a row can have, as ``docs/access.md`` words them."""

    ANYONE = "anyone"
    SIGNED_IN = "anyone signed in"
    DEMO_HERE = "anyone on this machine, while the demo is on"
    SITE = "whoever may, on the whole site"
    STORY = "whoever may, in this story"


@dataclass(frozen=True, slots=True)
class Access:
    """One row: who may, and for ``SITE`` and ``STORY`` what they must be allowed to do."""

    who: Who
    action: Action | None = None


ANYONE, SIGNED_IN, DEMO_HERE = Access(Who.ANYONE), Access(Who.SIGNED_IN), Access(Who.DEMO_HERE)


def site(action: Action) -> Access:
    """A row for those who may do ``action`` anywhere."""
    return Access(Who.SITE, action)


def story(action: Action) -> Access:
    """A row for those who may do ``action`` in the story that the address names.

    For what is a person's own, only as the person whom the address names.
    """
    return Access(Who.STORY, action)


ACCESS: dict[str, Access] = {
    "static": ANYONE,
    "health.healthz": ANYONE,
    # editions: what the world sees
    "editions.index": ANYONE,
    "editions.about": ANYONE,
    "editions.newest": ANYONE,
    "editions.numbered": ANYONE,
    "editions.figure": ANYONE,
    "editions.embed": ANYONE,
    "editions.embed_numbered": ANYONE,
    "editions.oembed": ANYONE,
    "editions.download": ANYONE,
    # stopping without an account
    "stopping.card": ANYONE,
    "stopping.for_someone": site(Action.WITHDRAW_FOR),
    "stopping.stop_for": site(Action.WITHDRAW_FOR),
    "stopping.lost_card": site(Action.REPLACE_CARD),
    "stopping.mine": SIGNED_IN,
    "stopping.stop_mine": SIGNED_IN,
    # account
    "security.login": ANYONE,
    "security.logout": ANYONE,
    "account.demo_sign_in": DEMO_HERE,
    "account.password": SIGNED_IN,
    # stories: the desk of those who write
    "stories.index": SIGNED_IN,
    "stories.bring_in": site(Action.ADD_STORY),
    "stories.show": story(Action.READ_STORY),
    "stories.change": story(Action.EDIT),
    "stories.add_part": story(Action.EDIT),
    "stories.change_part": story(Action.EDIT),
    "stories.remove_part": story(Action.EDIT),
    "stories.download": story(Action.EXPORT_STORY),
    "stories.add_number": story(Action.LINK_COUNT),
    "stories.remove_number": story(Action.LINK_COUNT),
    "stories.match_agencies": story(Action.LINK_COUNT),
    "stories.use_number": SIGNED_IN,
    "stories.suggestion": story(Action.ANSWER_SUGGESTION),
    "stories.make_suggested": story(Action.EDIT),
    "stories.refuse_suggested": story(Action.ANSWER_SUGGESTION),
    # review: from a draft to an edition, and back
    "review.show": story(Action.READ_CANDIDATE),
    "review.risk": story(Action.READ_RISK),
    "review.risk_plan": story(Action.READ_RISK),
    "review.risk_measure": story(Action.READ_RISK),
    "review.risk_stop": story(Action.READ_RISK),
    "review.suggest_change": story(Action.SUGGEST_CHANGE),
    "review.take_suggestion_back": story(Action.TAKE_SUGGESTION_BACK),
    "review.governance": story(Action.READ_GOVERNANCE),
    "review.governance_file": story(Action.READ_GOVERNANCE),
    "review.send": story(Action.SEND_FOR_REVIEW),
    "review.sign_off": story(Action.SIGN_OFF),
    "review.sign_as_lead": story(Action.SIGN_AS_LEAD),
    "review.refuse_as_lead": story(Action.SIGN_AS_LEAD),
    "review.keep_off": story(Action.CHOOSE_WEB),
    "review.ask_lead": story(Action.CHOOSE_WEB),
    "review.consent": story(Action.GIVE_CONSENT),
    "review.answer": story(Action.GIVE_CONSENT),
    "review.say_no": story(Action.TAKE_BACK_CONSENT),
    "review.second_look": story(Action.SECOND_LOOK),
    "review.take_back": story(Action.TAKE_BACK_CONSENT),
    "review.publish": story(Action.PUBLISH),
    "review.withdraw": story(Action.WITHDRAW),
    "review.card": story(Action.MAKE_CARD),
    # the rehearsal: a reviewer tries to recognise the people
    "rehearsal.show": story(Action.REHEARSE),
    "rehearsal.begin": story(Action.REHEARSE),
    "rehearsal.part": story(Action.REHEARSE),
    "rehearsal.search": story(Action.REHEARSE),
    "rehearsal.forget": story(Action.REHEARSE),
    "rehearsal.end": story(Action.REHEARSE),
    # findings: what may identify somebody, and what is decided about it
    "findings.show": story(Action.READ_CANDIDATE),
    "findings.side_by_side": story(Action.READ_CANDIDATE),
    "findings.decide": story(Action.DECIDE),
    "findings.clear": story(Action.CLEAR_FINDING),
    "findings.accept": story(Action.DECIDE),
    "findings.undo": story(Action.UNDO_DECISION),
    "findings.look": story(Action.KEEP_FINDING),
    "findings.forget": story(Action.KEEP_NAMES),
    # the people of a story: who takes part, who else is named
    "people.taking_part": story(Action.RECORD_PERMISSION),
    "people.stop": story(Action.STOP_TAKING_PART),
    "people.name": story(Action.NAME_OTHERS),
    "people.settle": story(Action.SETTLE_OTHERS),
    "people.unname": story(Action.SETTLE_OTHERS),
    "people.take_out": story(Action.TAKE_OUT),
    # data: the analyst's pages
    "data.index": site(Action.COUNT_DATA),
    "data.counts": site(Action.COUNT_DATA),
    "data.question": site(Action.COUNT_DATA),
    "data.next_steps": site(Action.COUNT_DATA),
    "data.turning": site(Action.COUNT_DATA),
    "loading.files": site(Action.LOAD_DATA),
    "loading.columns": site(Action.LOAD_DATA),
    "loading.rejects": site(Action.LOAD_DATA),
    "loading.progress": site(Action.LOAD_DATA),
    "loading.bring_in": site(Action.LOAD_DATA),
    "loading.cancel": site(Action.LOAD_DATA),
    "loading.remove": site(Action.LOAD_DATA),
}


def init_access(app: Flask) -> None:
    """Checks that table and app agree, and puts the guard before every view."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if missing := endpoints ^ ACCESS.keys():
        raise RuntimeError(f"the access table and the app's endpoints differ: {sorted(missing)}")
    app.before_request(_guard)


def _guard() -> None:
    """Raises SignInFirst, NotAllowed or NotFound where the row of this endpoint says no."""
    if request.endpoint is None:
        return
    row = ACCESS[request.endpoint]
    if row.who is Who.ANYONE:
        return
    if row.who is Who.DEMO_HERE:
        _need_demo_here()
    elif not current_user.is_authenticated:
        raise SignInFirst(message("Sign in to see this page."))
    elif row.action is not None:
        _need(row, row.action)


def _need(row: Access, action: Action) -> None:
    decision = may(asker(), action) if row.who is Who.SITE else _in_story(action)
    if not decision:
        raise NotAllowed(decision.reason)


def _in_story(action: Action) -> Decision:
    args = request.view_args or {}
    g.story_view = get_story(services(), asker(), args["slug"])
    decision = g.story_view.can(action, args.get("person"))
    # The right person at the wrong moment may come in: the service says what the moment is (409).
    return Decision(True) if decision.not_now else decision


def opened() -> StoryView:
    """The story that the guard opened for this request."""
    view: StoryView = g.story_view
    return view


def _need_demo_here() -> None:
    if not demo_here():
        raise NotFound


def demo_here() -> bool:
    """Whether one-click sign-in may be offered: demo accounts exist, and the request was made on this machine.

    A request that came through a proxy says so in a header, and is not taken for a local one. Where proxies of ours are
    known to stand in front, none is.
    """
    forwarded = any(
        name.lower() in _OF_PROXIES or name.lower().startswith("x-forwarded") for name, _ in request.headers
    )
    return bool(
        current_app.config["STORYBOOK_DEMO"]
        and not forwarded
        and _is_loopback(request.remote_addr)
        and _local_name()
    )


#: Headers that proxies add to say for whom they ask, besides ``X-Forwarded-…``.
_OF_PROXIES = frozenset(
    {
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-host",
        "x-original-forwarded-for",
        "true-client-ip",
        "cf-connecting-ip",
        "fastly-client-ip",
    }
)


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _local_name() -> bool:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return host in {"localhost", "127.0.0.1", "[::1]"}


def as_document() -> str:
    """``docs/access.md``: the table as people read it."""
    lines = [f"| `{endpoint}` | {row.who} | {row.action or ''} |" for endpoint, row in ACCESS.items()]
    return "\n".join([*_INTRODUCTION, *lines, ""])


_INTRODUCTION = (
    "# Who may open what",
    "",
    "Made from `storybook/web/access.py` by `python -m storybook.web.access`; a test compares them. An app with an",
    "endpoint that is not here refuses to start. Who may do an action stands in `storybook/services/permissions.py`.",
    "",
    "| endpoint | who | action |",
    "|---|---|---|",
)


if __name__ == "__main__":
    sys.stdout.write(as_document())
