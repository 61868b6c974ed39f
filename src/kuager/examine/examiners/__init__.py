"""The examiners that come with Kuager, one to a file."""
