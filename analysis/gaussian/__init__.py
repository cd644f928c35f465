"""Hermite polynomials and Gaussian moments."""
