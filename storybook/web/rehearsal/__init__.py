"""The motivated-intruder rehearsal, for a reviewer who wrote none of the story."""
