"""The proof kernel: the only code that a verdict of proved rests on."""
