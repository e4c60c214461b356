"""The connections on which the embedded server sends editions, and cutting those that are too slow for a withdrawal.

The server takes an answer whole and sends it on as fast as its reader takes it. A reader on a slow line would go on
receiving a story after its end was acknowledged: what waits for them is dropped, and their connection ends.
"""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from typing import Any, Final

#: Closing a socket sends nothing that still waits in it.
_DROP: Final = struct.pack("ii", 1, 0)


def connection_of(environ: dict[str, Any]) -> Any | None:
    """The server's connection that a request came on; None where another server, or a test, brought it."""
    return getattr(environ.get("waitress.client_disconnected"), "__self__", None)


def waits(connection: Any) -> bool:
    """Whether something that was handed over has not reached its reader."""
    return bool(connection.connected and (connection.total_outbufs_len or _in_the_socket(connection)))


def cut(connection: Any) -> None:
    """Ends the connection at once; nothing that waits is sent."""
    with suppress(OSError, AttributeError):  # it ended by itself meanwhile
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP)
        connection.socket.shutdown(socket.SHUT_RDWR)
    connection.will_close = True
    with suppress(OSError):
        connection.server.pull_trigger()


if sys.platform == "win32":  # pragma: no cover - the other branch is for every other system

    def _in_the_socket(connection: Any) -> int:  # noqa: ARG001 - as the other branch has it
        """Windows does not tell what no reader has acknowledged."""
        return 0

else:
    import fcntl
    import termios

    def _in_the_socket(connection: Any) -> int:
        """Bytes that the system took from us and no reader has acknowledged, where the system tells."""
        with suppress(OSError, ValueError, AttributeError):
            left = fcntl.ioctl(connection.socket.fileno(), termios.TIOCOUTQ, bytes(4))
            return int.from_bytes(left, "little")
        return 0
