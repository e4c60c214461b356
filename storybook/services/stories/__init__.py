"""Drafts: brought in, written, kept and taken to others who write."""
