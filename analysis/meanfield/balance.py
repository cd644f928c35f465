"""From neurons (a, w, b) to units on the circle: the L2 penalty becomes lambda times the sum of |c_k|."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .noiseless import DECLARE, objective

#: Neurons theta_k = (a_k, R_k w_k, R_k b_k) of mass p_k, |(w_k, b_k)| = 1: predictor, half the penalty, free
#: energy (6.1).
_NEURONS = {
    "F": objective("Sum(k,1,K,p(k)*a(k)*relu(R(k)*w(k)*x(i)+R(k)*b(k)))", "0")
    + "+lam/2*Sum(k,1,K,p(k)*(a(k)**2+(R(k)*w(k))**2+(R(k)*b(k))**2))",
    "c(k)": "p(k)*a(k)*R(k)",
    "J": objective("Sum(k,1,K,c(k)*relu(w(k)*x(i)+b(k)))", "Sum(k,1,K,abs(c(k)))"),
}
_DIRECTIONS = "All(k,Imp(1<=k,k<=K, w(k)**2+b(k)**2==1))"


def _same_predictor() -> list[dict[str, object]]:
    neuron, unit = "p(k)*a(k)*relu(R(k)*w(k)*x(i)+R(k)*b(k))", "c(k)*relu(w(k)*x(i)+b(k))"
    return [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("radius", "apply", "0 <= R(k)", "radii", "from", "to", at={"k": "k"}),
        step("homogeneous", "arithmetic", "relu(R*t) == R*relu(t)", "positive"),
        step("scaled", "apply", "relu(R(k)*w(k)*x(i)+R(k)*b(k)) == R(k)*relu(w(k)*x(i)+b(k))", "homogeneous", "radius",
             put={"R": "R(k)", "t": "w(k)*x(i)+b(k)"}, prose="The activation is positively homogeneous."),
        step("one", "identity", f"{neuron} == {unit}", "scaled"),
        step("predictor", "congruence", f"Sum(k,1,K,{neuron}) == Sum(k,1,K,{unit})", "one"),
        step("residual", "identity", f"(Sum(k,1,K,{neuron})-y(i))**2 == (Sum(k,1,K,{unit})-y(i))**2", "predictor"),
        step("misfit", "congruence",
             f"Sum(i,1,M,(Sum(k,1,K,{neuron})-y(i))**2) == Sum(i,1,M,(Sum(k,1,K,{unit})-y(i))**2)", "residual"),
    ]  # fmt: skip


def build_reduction(factor: str = "1") -> Proof:
    """Derive F(rho) >= J(c) for every finite atomic measure of neurons, with c_k = p_k a_k R_k.

    The predictors agree because relu(R t) = R relu(t), and a^2 + R^2 >= 2 |a| R neuron by neuron.

    Arguments:
        factor: a factor of J in the conclusion; 1 in the true statement.

    Returns:
        The statement and its derivation (derived in this project, from (6.1) of JMLR 23(130)).

    Example:
        >>> build_reduction().statement.goal
        '1*(J) <= F'
    """
    statement = Statement(
        goal=f"{factor}*(J) <= F",
        hyps={
            "directions": _DIRECTIONS,
            "radii": "All(k,Imp(1<=k,k<=K, 0<=R(k)))",
            "masses": "All(k,Imp(1<=k,k<=K, 0<=p(k)))",
            "lam": "0 <= lam",
        },
        declare=DECLARE,
        let=_NEURONS,
        inhabited={"M": "2", "K": "3", "w(k)": "1", "b(k)": "0", "R(k)": "k", "p(k)": "1/3", "lam": "1"},
    )
    penalty = "p(k)*(a(k)**2+(R(k)*w(k))**2+(R(k)*b(k))**2)"
    steps = [
        step("positive", "assume", "0 <= R"),
        *_same_predictor(),
        step("direction", "apply", "w(k)**2+b(k)**2==1", "directions", "from", "to", at={"k": "k"}),
        step("mass", "apply", "0 <= p(k)", "masses", "from", "to", at={"k": "k"}),
        step("lengths", "identity", f"{penalty} == p(k)*(a(k)**2+R(k)**2)", "direction",
             combine={"direction": "p(k)*R(k)**2"}),
        step("mean", "arithmetic", "2*abs(A*R) <= A**2+R**2", prose="Twice a product is at most the sum of squares."),
        step("weight", "arithmetic", "abs(P*A*R) == P*abs(A*R)", "heavy"),
        step("product", "apply", "abs(c(k)) == p(k)*abs(a(k)*R(k))", "weight", "mass",
             put={"P": "p(k)", "A": "a(k)", "R": "R(k)"}),
        step("balanced", "apply", "2*abs(a(k)*R(k)) <= a(k)**2+R(k)**2", "mean", put={"A": "a(k)", "R": "R(k)"}),
        step("times", "certificate", "2*(p(k)*abs(a(k)*R(k))) <= p(k)*(a(k)**2+R(k)**2)", "balanced", "mass",
             terms=[["mass", "balanced"]]),
        step("unit", "arithmetic", f"2*abs(c(k)) <= {penalty}", "times", "product", "lengths"),
        step("units", "monotone", f"Sum(k,1,K,2*abs(c(k))) <= Sum(k,1,K,{penalty})", "unit"),
        step("difference", "identity",
             f"F-J == lam/2*(Sum(k,1,K,{penalty})-Sum(k,1,K,2*abs(c(k))))", "misfit", combine={"misfit": "1/(2*M)"}),
        step("sign", "certificate", f"0 <= lam/2*(Sum(k,1,K,{penalty})-Sum(k,1,K,2*abs(c(k))))", "lam", "units",
             terms=[["c:1/2", "lam", "units"]]),
        step("goal", "arithmetic", statement.goal, "difference", "sign"),
    ]  # fmt: skip
    steps.insert(1, step("heavy", "assume", "0 <= P"))
    return Proof(statement, steps)


def build_attained(ratio: str = "1") -> Proof:
    """Derive F(rho) = J(c) for balanced neurons: |c_k| = p_k R_k^2 = p_k a_k^2 for each.

    Every list of weights c_k is reached: take any p_k > 0, R_k = sqrt(|c_k|/p_k) and a_k of the sign of c_k, |a_k| =
    R_k.

    Arguments:
        ratio: |a_k|/R_k; 1 for balanced neurons, the true statement.

    Returns:
        The statement and its derivation (derived in this project, from (6.1) of JMLR 23(130)).

    Example:
        >>> build_attained().statement.goal
        'F == J'
    """
    penalty, square = "p(k)*(a(k)**2+(R(k)*w(k))**2+(R(k)*b(k))**2)", f"{ratio}*p(k)*R(k)**2"
    equal = f"p(k)*a(k)**2 == {ratio}**2*p(k)*R(k)**2"
    statement = Statement(
        goal="F == J",
        hyps={
            "directions": _DIRECTIONS,
            "radii": "All(k,Imp(1<=k,k<=K, 0<=R(k)))",
            "size": f"All(k,Imp(1<=k,k<=K, abs(c(k)) == {square}))",
            "equal": f"All(k,Imp(1<=k,k<=K, {equal}))",
        },
        declare=DECLARE,
        let=_NEURONS,
        inhabited={"M": "2", "K": "3", "w(k)": "1", "b(k)": "0", "R(k)": "k", "a(k)": "-k", "p(k)": "1/3", "lam": "1"},
    )
    steps = [
        step("positive", "assume", "0 <= R"),
        *_same_predictor(),
        step("direction", "apply", "w(k)**2+b(k)**2==1", "directions", "from", "to", at={"k": "k"}),
        step("product", "apply", f"abs(c(k)) == {square}", "size", "from", "to", at={"k": "k"}),
        step("balanced", "apply", equal, "equal", "from", "to", at={"k": "k"}),
        step("unit", "identity", f"{penalty} == 2*abs(c(k))", "direction", "product", "balanced",
             combine={"direction": "p(k)*R(k)**2", "product": "-2", "balanced": "1"}),
        step("units", "congruence", f"Sum(k,1,K,{penalty}) == Sum(k,1,K,2*abs(c(k)))", "unit"),
        step("goal", "identity", "F == J", "misfit", "units", combine={"misfit": "1/(2*M)", "units": "lam/2"}),
    ]  # fmt: skip
    return Proof(statement, steps)
