"""What people decide about what was found, and the story with their decisions carried out."""
