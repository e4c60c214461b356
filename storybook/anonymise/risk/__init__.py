"""How many people a story could be, what a release asks for, and the smallest changes that help."""
