"""What may identify somebody in a draft, and what people decide about it."""
