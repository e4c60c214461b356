"""Agencies' rows in, safe counts out: loaded, asked, linked to stories, held by the ledger."""
