"""Invented documents with known truth, and the generator that makes them."""
