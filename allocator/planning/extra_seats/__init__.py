"""Extra seats: the fewest that are enough, where they help most, and what each of them does."""
