"""Storybook: anonymised timelines and stories over safe counts. Start at docs/architecture.md."""
