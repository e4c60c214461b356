"""The desk of those who write."""

from . import bring_in, downloads, numbers, part_views, suggestion_views, views
from .blueprint import stories

__all__ = ["bring_in", "downloads", "numbers", "part_views", "stories", "suggestion_views", "views"]
