"""What a data protection impact assessment needs of a story."""
