"""Exact mathematics: the kernel and the derivations it decides."""
