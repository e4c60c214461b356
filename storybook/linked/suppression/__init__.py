"""What a number may look like once it is safe, and the rules that make it so."""
