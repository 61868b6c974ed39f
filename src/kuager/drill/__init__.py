"""A synthetic case with known truth, clearly marked as a drill."""
