"""A candidate before those who judge it: sent, looked at, and ready or not."""
