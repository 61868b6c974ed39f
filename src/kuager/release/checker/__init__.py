"""What travels with everything that leaves, so that anyone can check it without Kuager."""
