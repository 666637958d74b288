"""What the public sees beside the draw itself: the draw day, letters, lists, and what may go on a website."""
