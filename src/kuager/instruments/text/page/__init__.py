"""From a file's bytes to one text and its parts: headline, byline, captions, body, comments."""
