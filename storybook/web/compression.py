"""Smaller over the wire: public pages and our own files travel compressed.

Pages for somebody signed in do not: they hold a secret (the form token) beside text that others can influence, and
the size of a compressed page tells about both.
"""

from __future__ import annotations

from collections import OrderedDict

from flask import Flask, Request, Response, request
from flask_compress import Compress

#: Files kept compressed at once; there are a few dozen.
KEPT = 64


_MARK = ";static "


class _Kept:
    """Compressed files of ours, by address; pages are compressed anew each time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        if _MARK in key:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def init_compression(app: Flask) -> None:
    """Compresses what may be; to be called before the headers are decided, for it runs after them."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_STREAMS=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_CACHE_BACKEND=_Kept,
        COMPRESS_CACHE_KEY=_key,
    )
    compress = Compress(app)

    def _compress(response: Response) -> Response:
        if request.endpoint != "static" and not response.cache_control.public:
            return response
        if request.endpoint == "static" and response.status_code == 200:
            response.direct_passthrough = False
            response.make_sequence()
        return compress.after_request(response)

    app.after_request(_compress)


def _key(asked: Request) -> str:
    return f"static {asked.full_path}" if asked.endpoint == "static" else "page"
