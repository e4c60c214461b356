"""Trying to recognise the people in a story before a stranger does."""
