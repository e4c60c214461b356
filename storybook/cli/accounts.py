"""``storybook account``: who can sign in, and to which story."""

from __future__ import annotations

import click

from ..services.accounts import SHORTEST, add_account, hash_password, list_accounts, share_story
from ..services.context import Actor
from ..services.permissions import GIVEN_ROLES, SiteRole, StoryRole
from ..story.messages import message
from .common import services, tell, told

_ROLES = [role.value for role in SiteRole if role not in (SiteRole.OPERATOR, SiteRole.SYSTEM)]


@click.group()
def account() -> None:
    """Add accounts and give them stories."""


@account.command()
@click.argument("email")
@click.option("--name", default="", metavar="NAME", help="What screens call them.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(_ROLES),
    help="What they are here; may be given several times.",
)
@click.option("--no-password", is_flag=True, help="Make it without a password: nobody can sign in to it.")
@told
def add(email: str, name: str, roles: tuple[str, ...], no_password: bool) -> None:
    """Add an account for EMAIL; asks for a password."""
    password_hash = None if no_password else hash_password(_password())
    with services() as ctx:
        made = add_account(
            ctx, Actor.operator(), email, name=name, roles=map(SiteRole, roles), password_hash=password_hash
        )
    tell(message("There is now an account for {email}.", email=made.email))


@account.command("list")
@told
def list_() -> None:
    """List every account with its roles."""
    with services() as ctx:
        for found in list_accounts(ctx, Actor.operator()):
            click.echo(f"{found.email}  {', '.join(sorted(found.roles))}".rstrip())


@account.command()
@click.argument("slug")
@click.argument("email")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in GIVEN_ROLES]),
    help="What they are in the story.",
)
@click.option("--person", metavar="P", help="For an expert: whom they speak for, by ref (P1).")
@told
def share(slug: str, email: str, role: str, person: str | None) -> None:
    """Give the account EMAIL a role in the story SLUG."""
    with services() as ctx:
        share_story(ctx, Actor.operator(), slug, email, StoryRole(role), person=person)
    tell(message("Done."))


def _password() -> str:
    while True:
        password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        if len(password) >= SHORTEST:
            return password
        click.echo(f"Use at least {SHORTEST} letters.", err=True)
