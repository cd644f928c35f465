"""The two-layer autoencoder: risk, decoder, bounds, training."""
