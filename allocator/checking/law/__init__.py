"""Is a list the policy's? Judged round by round from the district and the tickets."""
