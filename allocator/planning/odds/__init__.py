"""Odds: how often a child of a kind gets which school, over rosters and draws."""
