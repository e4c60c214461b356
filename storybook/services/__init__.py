"""The use cases, one verb each. Owns the transaction; knows no Flask."""
