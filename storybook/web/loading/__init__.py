"""Bringing rows in, step by step."""
