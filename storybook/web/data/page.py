"""Safe counts as a table: a line an agency, a column a quarter."""
from __future__ import annotations
from typing import Any


class CountPage:
    @classmethod
    def of(cls, counts: Any) -> Any: ...
