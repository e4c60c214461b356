"""How many people in the data match what somebody knows of a life."""
