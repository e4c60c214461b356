"""Writes an edition's files, atomically."""
