"""How much a file may hold before we say no: enough for any life's chronology, little enough for a small server."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024
#: Bytes of one file, packed or not.
FILE: Final = 64 * MEGABYTE
#: Characters of one cell or text; the model's own limit and one apostrophe.
CELL: Final = 2_000_001
#: Rows and columns of a table.
ROWS: Final = 50_000
COLUMNS: Final = 300
#: Levels inside each other in YAML and JSON.
DEPTH: Final = 32
#: Files in a ZIP file.
ZIPPED: Final = 50
#: Problems that are told at once; more are only counted.
TOLD: Final = 500
