"""Claims on the two-layer autoencoder."""
