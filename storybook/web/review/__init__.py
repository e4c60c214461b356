"""From a draft to an edition and back."""
