"""The people of a story: who takes part, and who else is named."""
