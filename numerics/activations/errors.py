"""The errors of this package: an activation that cannot be used, and one that doubles cannot carry."""


class ActivationError(ValueError):
    """An activation was refused.

    The message names the activation as it was written and says why it was refused: it cannot be read, it is not odd
    where oddness is needed, its oddness could not be decided, its first Hermite coefficient c_1 vanishes, it is not
    square-integrable under the Gaussian, it is constant, or it is not real somewhere.

    >>> str(ActivationError("exp(x)", "it is not odd"))
    "activation 'exp(x)' refused: it is not odd"
    """

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= 80 else text[:77] + "..."
        super().__init__(f"activation {shown!r} refused: {reason}")
        self.text = text
        self.reason = reason


class NumericalRangeError(ValueError):
    """The activation is sound, but in double precision it overflows, or it is too rough to integrate."""
