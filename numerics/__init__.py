"""Floating point and balls: evaluate, solve, train, certify."""
