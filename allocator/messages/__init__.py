"""The tables of texts, one file for each subject; ``allocator.ground`` gives the words of a code."""
