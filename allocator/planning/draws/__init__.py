"""Draws by the thousand: simulated public draws, means with their intervals, processes that share the work."""
