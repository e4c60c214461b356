"""Draft to edition: identifiers, date policy, candidate, and the one function that makes an Edition."""
