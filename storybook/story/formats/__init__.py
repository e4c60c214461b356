"""File formats: stories from files and to files.

``read`` finds out what a file is and gives what would come in; ``write`` puts a story into a file or folder.
"""

from __future__ import annotations

from .folder import read_folder, read_zip, write_folder, write_zip
from .incoming import Column, Incoming, Mapping
from .reading import read, read_bytes
from .writing import write

__all__ = [
    "Column",
    "Incoming",
    "Mapping",
    "read",
    "read_bytes",
    "read_folder",
    "read_zip",
    "write",
    "write_folder",
    "write_zip",
]
