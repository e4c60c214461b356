"""What in a text may identify somebody: patterns, lists, the language model, rare facts."""
