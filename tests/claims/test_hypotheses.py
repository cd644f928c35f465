"""Every hypothesis of a main theorem is weakened by some mutant, or it is said why not."""

from fractions import Fraction

from lemmata.analysis.kernel.derivation import Statement
from lemmata.analysis.meanfield.hypotheses import BROKEN
from lemmata.analysis.proof import Proof, step
from lemmata.claims.claim import Claim, Mutant, Text
from lemmata.claims.meanfield.hypotheses import WEAKER
from lemmata.claims.register import register
from lemmata.claims.verdict import Library, decide_claim
from lemmata.numerics.meanfield import fit_wide_relu

#: Hypotheses without a counterexample, and why.
ELSEWHERE = {
    ("mf.weak-duality", "M"): "1/M needs a datum",
    ("mf.optimality-support", "M"): "1/M needs a datum",
    ("mf.optimality-sufficient", "M"): "1/M needs a datum",
    ("mf.fitted-values-unique", "M"): "1/M needs a datum",
    ("mf.fitted-values-unique", "rival"): "the mutant 'dearer' is this one",
    ("mf.lemma-5.3-w.corrected", "n1"): "the mutant 'longer' is this one",
    ("mf.minimiser-knots", "gap"): "four knots with data between them: below, by the solver",
    ("mf.curvature-bound", "inside"): "without it the Gibbs weight is not integrable: mf.gibbs-divergent",
    ("mf.eq-5.16", "m"): "the side of a box; the integral from 0 to a negative number is not one over a box",
}


def test_every_hypothesis_of_a_main_theorem_is_weakened_or_accounted_for():
    claims, left = register(), set()
    for name in WEAKER:
        weakened = {hypothesis for mutant in claims[name].mutants for hypothesis in mutant.weaken}
        left |= {(name, h) for h in claims[name].proof().statement.hyps if h not in weakened}
    assert left == set(ELSEWHERE)


def test_data_between_the_ends_allow_four_knots():
    fit = fit_wide_relu([float(v) for v in BROKEN.x], [float(Fraction(v)) for v in BROKEN.y], lam=1.0)
    inner = [k.location for k in fit.knots if -2 <= k.location <= 2]
    assert len(inner) == 4
    assert max(abs(t - u) for t, u in zip(inner, (-4 / 3, -3 / 4, 3 / 4, 4 / 3), strict=True)) < 1e-9


def user_claim(*mutants):
    def proof():
        statement = Statement("0 < a*b", {"a": "0 < a", "b": "0 < b"}, inhabited={"a": "1", "b": "1"})
        return Proof(statement, [step("goal", "arithmetic", "0 < a*b", "a", "b")])

    text = Text("A product of positive numbers is positive.")
    return Claim(
        "user.product", "product", "notes", "as-claimed", "p. 1", "inequality", "proved", text, (), proof,
        mutants=mutants,
    )  # fmt: skip


def test_a_weaker_hypothesis_is_a_mutant_like_others():
    decided = {}
    for weaker, values in (("0 <= a", {"a": "0", "b": "1"}), ("1/2 < 2*a", {"a": "1/3", "b": "1"})):
        claim = user_claim(Mutant("weak", "hypothesis", {}, values, weaken={"a": weaker}))
        decided[weaker] = decide_claim(claim, Library({claim.id: claim}))
    assert decided["0 <= a"]["verdict"] == "proved"
    assert decided["0 <= a"]["mutants"][0]["failed_step"] == "goal"
    assert decided["1/2 < 2*a"]["verdict"] == "undecided"  # the theorem holds with it, so the mutant gets through
