"""Activations: read from text, decided odd or not, and integrated against the Gaussian with enclosures."""
