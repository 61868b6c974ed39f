"""Kuager: witness footage and conflicting accounts, turned into a record that stands up."""

__version__ = "0.1.0"
