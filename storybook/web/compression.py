"""Smaller over the wire: public pages and our own files travel compressed.

Pages for somebody signed in do not: they hold a secret (the form token) beside text that others can influence, and
the size of a compressed page tells about both.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import cast

from flask import Flask, Request, Response, g, has_request_context, request
from flask_compress import Compress

#: Files kept compressed at once; there are a few dozen.
KEPT = 64


_MARK = ";static "


class KeptResponse(Response):
    """An answer whose body is kept, with the ``forms`` it was compressed to so far: its own, and nobody else's."""

    forms: dict[str, bytes]


class _Kept:
    """Compressed files of ours, by address; a kept answer has its own forms; all else is compressed anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        forms = _forms()
        return forms.get(key) if forms is not None else self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        forms = _forms()
        if forms is not None:
            forms[key] = value
        elif _MARK in key:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def _forms() -> dict[str, bytes] | None:
    """Where the kept answer that is being compressed has its forms; None for any other answer."""
    return cast("dict[str, bytes] | None", g.get("forms")) if has_request_context() else None


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
        g.forms = response.forms if isinstance(response, KeptResponse) else None
        return compress.after_request(response)

    app.after_request(_compress)


def _key(asked: Request) -> str:
    return f"static {asked.full_path}" if asked.endpoint == "static" else "page"
