"""Reading: a district folder to domain objects, all faults of all files at once.

Nothing is imported here: who reads a policy alone loads no tables.
"""
