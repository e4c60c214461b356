"""What becomes of dates on the way to what is shown, and how they are said."""
