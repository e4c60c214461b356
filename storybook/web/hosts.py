"""By which names this site may be called: any other is refused before anything is looked at.

Addresses that an answer names in full (oEmbed's, a redirect's) repeat the name that was asked for, so whoever could
choose it could choose where a reader is sent. A page elsewhere that has its own name point to this machine (DNS
rebinding) could read what is only shown here; a number can't be pointed anywhere, so a number will do.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from dataclasses import dataclass
from typing import Final

from flask import Flask, request
from werkzeug.exceptions import BadRequest

_log = logging.getLogger(__name__)
#: Asked by those who watch over the server, by whatever address they have for it; it names nothing.
_ANY_NAME: Final = "health.healthz"


class UnknownHost(BadRequest):
    """The request names a host that this site is not."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """``names`` (in small letters, without a port), beside this machine's own; ``numbers``: any IP address will do."""

    names: frozenset[str] = frozenset()
    numbers: bool = True

    def known(self, host: str) -> bool:
        """Whether ``host``, as a request names it ("Stories.example:8080", "[::1]"), is one of ours."""
        name = _without_port(host).lower().removesuffix(".")
        if name in self.names or name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            number = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return self.numbers or number.is_loopback


def init_hosts(app: Flask, hosts: Hosts) -> None:
    """Puts the check before everything else that ``app`` does."""
    told: list[bool] = []

    @app.before_request
    def _check() -> None:
        if request.endpoint == _ANY_NAME or hosts.known(request.host):
            return
        if not told:  # once: anybody can ask for any name as often as they like
            told.append(True)
            _log.warning("a name was asked for that is not this site's: STORYBOOK_HOSTS says which are")
        raise UnknownHost


def _without_port(host: str) -> str:
    return re.sub(r":\d*$", "", host)
