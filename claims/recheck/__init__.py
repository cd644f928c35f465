"""A second opinion: steps of derivations, decided again by programs that are not the kernel's.

obligations.py says what has to follow from what; logic.py, binders.py and calculus.py read the steps that are more than
arithmetic, and steps.py counts the assumptions on which each rests.  smtlib.py writes questions down and solver.py asks
cvc5; shapes.py and finite_sums.py tell which terms are equal; coq.py asks Coq, for calculus with what slopes.py and
coquelicot.py write; balls.py evaluates enclosures with mpmath's intervals.  opinion.py puts the answers together.
"""
