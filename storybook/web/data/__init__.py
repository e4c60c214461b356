"""The analyst's pages."""

from . import ask_views

__all__ = ["ask_views"]
