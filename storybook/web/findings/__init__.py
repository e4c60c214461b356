"""What may identify somebody in a story, decided one by one or together."""
