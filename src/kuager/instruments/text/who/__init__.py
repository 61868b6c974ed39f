"""Whom a page names, and whom a mention means."""
