"""The exit status of the program."""

GOOD, UNFINISHED, BAD_INPUT, DISAGREE, NOT_SHOWN = 0, 1, 2, 3, 4
"""Good; run finished but children unplaced or needing a ruling; bad input; engines or checker disagree; good, but
standard output did not take the words."""
