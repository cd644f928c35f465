"""What can be wrong with the input, and what a user must know about the output."""


class MeanFieldInputError(ValueError):
    """An argument is outside what is allowed; the message names the value and what is allowed."""


class NonUniquePredictorWarning(UserWarning):
    """The noiseless problem has more than one minimising function; the fit says which one it returns."""
