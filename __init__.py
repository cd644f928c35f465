"""lemmata: checked mathematics of wide two-layer networks, and the software it promises."""

__version__ = "0.1.0"
