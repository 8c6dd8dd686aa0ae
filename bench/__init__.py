"""What the program costs, as ratios to a bare limit measured in the same run. `make bench` prints the table."""
