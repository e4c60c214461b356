"""Agencies' rows become safe counts: dataset, mapping, counts, suppression, audit. Knows no story and no session."""
