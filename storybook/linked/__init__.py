"""Agencies' rows become safe counts: dataset, mapping, counts, suppression.

Knows no story and no session.
"""
