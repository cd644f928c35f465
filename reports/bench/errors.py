"""What can be wrong with a request for a benchmark."""


class BenchmarkError(ValueError):
    """A benchmark's name, limits or results file cannot be used; the message names the value and what is allowed."""
