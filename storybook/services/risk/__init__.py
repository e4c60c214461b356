"""How many people a story could be: measured, and made less by small changes."""
