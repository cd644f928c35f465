"""The register of claims, their runner and verdicts."""
