"""Models of the planning optimum: relaxation, prices, and the parts that have to be decided anew."""
