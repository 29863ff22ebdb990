"""Memory of past loads and measures of evenness."""
