"""What `run.py` does; no part of storybook itself."""
