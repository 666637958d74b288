"""Is a list the planning optimum? Judged by prices, and by search of the parts that prices leave open."""
