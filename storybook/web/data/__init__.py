"""The analyst's pages."""

from . import ask_views, next_views

__all__ = ["ask_views", "next_views"]
