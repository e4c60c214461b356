"""Draft to edition: findings, identifiers, date policy, candidate, and the one function that makes an Edition."""
