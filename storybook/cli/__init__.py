"""The command line: thin. Each command reads its words, calls one service and says what came of it."""

from .main import main

__all__ = ["main"]
