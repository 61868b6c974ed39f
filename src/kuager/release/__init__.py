"""What may leave a case, and in what form."""
