"""The commands, put together."""

from __future__ import annotations

import click

from . import accounts, data, editions, governance, server, stories


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="storybook")
def main() -> None:
    """Anonymised timelines and stories over safe counts from agencies' data."""


for command in (
    server.demo,
    server.serve,
    stories.story,
    data.data,
    editions.review,
    editions.consent,
    editions.second_look,
    editions.sign_off,
    editions.ask_lead,
    editions.publish,
    editions.withdraw,
    editions.card,
    editions.export,
    accounts.account,
    governance.governance,
    server.migrate,
    server.worker,
    server.stop_all,
):
    main.add_command(command)
