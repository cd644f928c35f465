"""The error of a sweep."""


class SweepError(ValueError):
    """A specification, a file of results or a cluster cannot be used; it names the value and what is allowed."""
