"""What-ifs side by side with the base: figures, gains and losses, rankings, the planners' page."""
