"""What people say: yes to taking part, yes or no to one exact text, and a word on everybody else in it."""
