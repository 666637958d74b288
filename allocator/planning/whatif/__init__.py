"""What a planner changes: files of changes become districts, with what was asked, done and left out."""
