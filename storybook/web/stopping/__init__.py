"""Stopping without an account: with the code on a card, or through an advocate."""
