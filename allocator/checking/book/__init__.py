"""Is a played season right? Every outcome, journal line and row judged from the district and the events alone."""
