"""A summer of an admissions office from a platform's export to signed lists, with trouble of every kind."""
