"""Models of extra seats: where they are enough, and the fewest."""
