"""Carries items to the instruments and findings to the record."""
