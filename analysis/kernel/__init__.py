"""The proof kernel: the only code that a verdict of proved rests on.

Its modules in the order in which they are best read, each of which imports only earlier ones:

* the language: `terms` (terms and propositions), `parsing` (read from text) and `printing` (written as text);
* normal forms of numbers: `polynomials`, `shapes` (what the shape of an atom shows), `known` (what facts show),
  `reductions`, `index_sums` (finite sums in one order of their indices) and `normal`, which puts them together;
* decisions about numbers: `calculus`, `improper`, `moments`, `evaluate` (rigorous balls) and `arith` (the solver);
* inference: `sequents`, `supply` (what a list of facts supplies), the rules in `rules_arithmetic`, `rules_logic`,
  `rules_binders` and `rules_calculus`, and their table in `rules`;
* proofs: `axioms`, and `derivation`, which replays the steps and gives the verdict.
"""
