"""Questions to a dataset and their safe answers."""
