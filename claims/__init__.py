"""The register of claims, their runner and verdicts; what a user's claims file needs."""

from .claim import BadClaim, Claim, Evidence, Mutant, Refutation, Text

__all__ = ["BadClaim", "Claim", "Evidence", "Mutant", "Refutation", "Text"]
