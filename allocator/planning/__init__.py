"""The planning optimum as a whole: from a district to its best list, certificate, and the price of the rules.

``facade`` computes and checks, ``files`` writes, ``table`` shows, ``verification`` proves a folder again. Nothing is
imported here, so that verification loads no solver.
"""
