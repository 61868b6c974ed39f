"""The comparers that come with Kuager, one to a file."""
