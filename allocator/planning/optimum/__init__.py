"""The planning optimum: from a district to its best list, certificate, and the price of the rules."""
