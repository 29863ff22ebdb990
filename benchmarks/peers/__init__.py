"""Other solvers of the weekly problem, to hold the encodings against and to race them with."""
