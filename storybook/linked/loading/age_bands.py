"""Ages as bands: whole years become bands of ten, so that nobody's age is kept; bands stay as they were given."""
# ruff: noqa: S608 - put together from the fixed expressions below and a column name of this package

from __future__ import annotations


def band_of(column: str) -> str:
    """An SQL expression: the band of the age in ``column`` (an SQL name): "under 18", "18 to 29", "90 or over".

    What is no number of years is a band already.
    """
    years = f"try_cast(regexp_extract({column}, '^([0-9]{{1,3}})([.]0+)?( ?years?)?$', 1) AS INTEGER)"
    return f"""(SELECT CASE WHEN a IS NULL THEN {column} WHEN a < 18 THEN 'under 18' WHEN a < 30 THEN '18 to 29'
        WHEN a >= 90 THEN '90 or over' ELSE (a // 10 * 10) || ' to ' || (a // 10 * 10 + 9) END
        FROM (SELECT {years} AS a))"""
