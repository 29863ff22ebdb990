"""The fairness study: rolled horizons, what is measured of them, figures and tables."""
