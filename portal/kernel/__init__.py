"""Pure building blocks used everywhere: errors, actors, permissions, machines, texts, clocks. Standard library only."""
