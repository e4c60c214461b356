"""The synthetic city: rows that look like life and are nobody's."""
