"""Sweeps: every composition of a grid under many draws, stored as it arrives, in processes or on a cluster."""
