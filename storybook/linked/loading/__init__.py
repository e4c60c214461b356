"""Agencies' files become a dataset: looked at, mapped, checked, without what would say who somebody is."""
