"""The register of claims, their runner and verdicts; what a user's claims file needs."""

from .claim import BadClaim, Claim, Evidence, Mutant, Refutation, Text
from .short import measured, state

__all__ = ["BadClaim", "Claim", "Evidence", "Mutant", "Refutation", "Text", "measured", "state"]
