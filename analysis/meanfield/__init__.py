"""Derivations for the wide ReLU network."""
