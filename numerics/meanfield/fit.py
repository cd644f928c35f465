"""Exact regression with the infinitely wide ReLU network: the public entry point and its result."""
