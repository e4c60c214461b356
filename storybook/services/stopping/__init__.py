"""Taking back: one story, all of them, or some words everywhere; and again after an older copy is put back."""
