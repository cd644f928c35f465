"""The infinitely wide ReLU network: exact regression, knots and simulation."""
