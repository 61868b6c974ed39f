"""Numbers, what they count, and the bounds they give."""
