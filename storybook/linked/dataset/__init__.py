"""Datasets on disk or on a server: immutable versions, who gave the rows, where they are asked."""
