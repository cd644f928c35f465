"""A second opinion: steps of derivations as SMT-LIB text, decided again by a program that is not the kernel's.

obligations.py says what has to follow from what, smtlib.py writes it down, solver.py asks cvc5, balls.py evaluates
enclosures with mpmath's intervals, opinion.py puts the answers together, step by step.
"""
