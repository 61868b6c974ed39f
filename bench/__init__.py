"""Kuager against its peers, in one run on one machine: ``python -m bench`` (``make bench``)."""
