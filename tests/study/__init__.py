"""The fairness study: what it measures and its floor."""
