"""Past loads and fair shares."""
