"""What can be set from outside, from the environment only; ``docs/settings.md`` is made from this file.

Knows nothing of the rest of storybook; only ``app`` and ``cli`` import it. A wrong value raises
`SettingsError`, which names every variable that is wrong and what it may be.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import platformdirs
from annotated_types import Ge, Le
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "STORYBOOK_"
PACKAGE = Path(__file__).resolve().parent
CLONE = PACKAGE.parent
OPENING = """# Settings

Settings come from the environment only. (`python3 run.py docs` makes this page from `storybook/settings.py`.)

| variable | if not set | what it is for | example |
|---|---|---|---|"""


class SettingsError(Exception):
    """The environment holds values that can't be used; the message has one line for each."""


def _whole_path(path: Path) -> Path:
    return path.expanduser().absolute()


def in_clone() -> bool:
    """True if storybook runs from its source tree, False if it was installed from a wheel."""
    return (CLONE / "hatch_build.py").is_file()


def assets_root() -> Path:
    """Where ``templates/``, ``static/`` and ``stories/`` are: in the clone, or in the wheel's ``_data``."""
    return CLONE if in_clone() else PACKAGE / "_data"


def default_home() -> Path:
    """Where this system keeps a program's data for one person (``~/.local/share/storybook`` on Linux)."""
    return Path(platformdirs.user_data_dir("storybook", appauthor=False))


def _with_driver(url: str) -> str:
    """The address with the driver we ship, which SQLAlchemy wants named."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


Folder = Annotated[Path, AfterValidator(_whole_path)]
DatabaseUrl = Annotated[
    str, Field(pattern=r"^(sqlite|postgres(ql)?)(\+\w+)?://"), AfterValidator(_with_driver)
]
PostgresUrl = Annotated[str, Field(pattern=r"^postgres(ql)?(\+\w+)?://"), AfterValidator(_with_driver)]


class Settings(BaseSettings):
    """Everything that can be set, each by ``STORYBOOK_`` and its name in capitals; nothing else is read."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    home: Folder = Field(
        default_factory=default_home,
        description="Folder where everything is kept: the database, keys, datasets, backups.",
        examples=["/srv/storybook"],
    )
    database_url: DatabaseUrl | None = Field(
        default=None,
        description="Where stories are kept, if not in the home: the address of a PostgreSQL database.",
        examples=["postgresql://user:password@host/storybook"],
    )
    rows_url: PostgresUrl | None = Field(
        default=None,
        description="Where a copy of agencies' rows is asked: the address of a PostgreSQL database (docs/scaling.md).",
        examples=["postgresql://user:password@host/rows"],
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address to listen on.", examples=["192.168.1.20"]
    )
    port: int = Field(
        default=5000,
        ge=0,
        le=65535,
        description="Port to listen on; 0 takes any free one.",
        examples=["5000"],
    )
    threads: int = Field(
        default=32,
        ge=4,
        le=1024,
        description="How many requests are answered at the same time.",
        examples=["32"],
    )
    cooling_off_hours: int = Field(
        default=48,
        ge=24,
        le=720,
        description="Hours a person has to think before they can say yes a second time.",
        examples=["72"],
    )
    apart: Folder | None = Field(
        default=None,
        description=(
            "Folder outside the home for a second list of what was taken back or taken out, best on another disk: with"
            " it, an old copy of the home that is put back whole brings nothing back."
        ),
        examples=["/mnt/other/storybook"],
    )
    exports: Folder | None = Field(
        default=None,
        description="Folder for files made for people, if not `exports` in the clone or the home.",
        examples=["/srv/storybook/exports"],
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+$",
        description="The address that people type to get here, where that is not the host and port above.",
        examples=["https://stories.example.org"],
    )
    hosts: str = Field(
        default="",
        pattern=r"^[^/:]*$",
        description=(
            "Names by which people may call this site, with commas between them, beside that of the public address."
            " Where neither is set: this machine's own names and any IP address. Any other name is refused."
        ),
        examples=["stories.example.org,stories.internal"],
    )
    proxies: int = Field(
        default=0,
        ge=0,
        le=4,
        description="How many proxies of yours stand in front and add forwarding headers.",
        examples=["1"],
    )

    @property
    def behind_https(self) -> bool:
        """True if people reach storybook over HTTPS, so that its cookies may be kept to HTTPS."""
        return bool(self.public_url and self.public_url.startswith("https:"))

    @property
    def named_hosts(self) -> frozenset[str]:
        """The names that were set, in small letters and without a port; empty where none was."""
        public = urlsplit(self.public_url or "").hostname or ""
        named = (name.strip() for name in self.hosts.lower().split(","))
        return frozenset(name for name in (public, *named) if name)

    @property
    def exports_folder(self) -> Path:
        """The folder for files made for people."""
        return self.exports or (CLONE / "exports" if in_clone() else self.home / "exports")

    @property
    def apart_folder(self) -> Path:
        """The folder of the second lists of this very home; nothing in them says what was shared, or whose it was."""
        root = self.apart or Path(platformdirs.user_state_dir("storybook-apart", appauthor=False))
        return root / hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:16]

    @property
    def keys(self) -> Path:
        """The folder of the keys (0600), apart from the database."""
        return self.home / "keys"

    @property
    def datasets(self) -> Path:
        """The folder of the linked data: ``NAME/VERSION/*.parquet``."""
        return self.home / "data"

    @property
    def templates(self) -> Path:
        """The folder of the page templates."""
        return assets_root() / "templates"

    @property
    def static(self) -> Path:
        """The folder of what is served as it is; ``vendor`` in it is built (``frontend/``)."""
        return assets_root() / "static"

    @property
    def example_stories(self) -> Path:
        """The folder of the example stories."""
        return assets_root() / "stories"


def load() -> Settings:
    """The settings of this environment. Raises `SettingsError` with every wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = dict.fromkeys(str(part["loc"][0]) for part in error.errors())
        raise SettingsError("\n".join(_in_words(name) for name in wrong)) from None


def _in_words(name: str) -> str:
    """What a variable should hold. Never what it holds: an address may carry a password."""
    field = Settings.model_fields[name]
    limits = [part for part in field.metadata if isinstance(part, Ge | Le)]
    between = " to ".join(str(getattr(part, "ge", getattr(part, "le", ""))) for part in limits)
    numbers = f" A whole number, {between}." if between else ""
    meant = f"{PREFIX}{name.upper()} can't be used as it is. {field.description}{numbers}"
    return f"{meant} For example: {_example(name)}"


def _example(name: str) -> str:
    return str((Settings.model_fields[name].examples or [""])[0])


def reference() -> str:
    """``docs/settings.md``: every setting, its default, what it is for and an example."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(name)} | {field.description} | `{_example(name)}` |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join([OPENING, *rows, ""])


_OF_THE_SYSTEM = {
    "home": "the system's folder for a program's data",
    "apart": "the system's folder for a program's state",
}


def _default(name: str) -> str:
    if name in _OF_THE_SYSTEM:
        return _OF_THE_SYSTEM[name]
    default = Settings.model_fields[name].default
    return "" if default is None else f"`{default}`"
