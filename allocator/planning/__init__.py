"""Planning: what seats, rules and demand would do, and what would be best; nothing here gives a seat.

Nothing is imported here, so that verification loads no solver.
"""
