"""School-zone warnings: demand against seats in the years to come."""
