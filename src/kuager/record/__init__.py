"""What happened to the evidence."""
