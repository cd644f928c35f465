"""Claims on the mean-field ReLU network."""
