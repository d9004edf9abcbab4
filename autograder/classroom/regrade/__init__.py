"""What other tests would change, and what made a score what it is."""
