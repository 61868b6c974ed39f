"""Outlines of countries from Natural Earth; see README.md beside this file."""
