"""Live co-editing of narratives: merges, stores nothing. Comes with its own issue; the layer is fixed now."""
