"""Keys: one file each in ``home/keys``, readable by the owner only, never in the database or a backup of it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet


class Keys:
    """The keys of one home. A key that is missing is made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        """A random text (256 bits) for signing, the same each time for the same ``name``."""
        return self._get(name, secrets.token_urlsafe(32).encode()).decode()

    def cipher(self, name: str) -> Fernet:
        """A cipher (AES-128-CBC with HMAC-SHA-256) under the key called ``name``."""
        return Fernet(self._get(name, Fernet.generate_key()))

    def _get(self, name: str, fresh: bytes) -> bytes:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{name}.key"
        with suppress(FileExistsError):
            _write_whole(path, fresh)
        return path.read_bytes()


def _write_whole(path: Path, content: bytes) -> None:
    """Writes a new file that is either complete or not there; raises FileExistsError if it is there already."""
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # unlike rename, this never replaces a key that another process made meanwhile
    finally:
        part.unlink()
