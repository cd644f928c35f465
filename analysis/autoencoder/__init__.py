"""Derivations for the two-layer autoencoder."""
