"""The limit of vanishing temperature at m = infinity: which minimiser it selects, and how sharp its knots are.

At inverse temperature beta the largest |g| at a contact k is lambda (1 - eps_k).  The partition function expanded about
free contacts (inside an arc, the constant unit included) leaves |c_k| = eps_k^(-3/2)/(2 beta lambda S) with
S = sum_j eps_j^(-1/2).  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "i,k:Z K,M:N"


def build_selection(rate: str = "1/u(k)**2") -> Proof:
    """Derive that weights u_k^3 with 1/u_k^2 = sum_i mu_i phi_ik are the only maximum of sum |c_k|^(1/3).

    phi_ik is the value of unit k at datum i; v_k^3 are other weights with the same fitted values, v_k >= 0.  Then
    sum u - sum v = sum (v - u)^2 (v + 2u)/(3 u^2) >= 0, which vanishes only if v = u.

    Arguments:
        rate: what the multipliers reproduce; 1/u_k^2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_selection().statement.hyps["lagrange"]
        'All(k, Imp(1<=k, k<=K, 1/u(k)**2 == Sum(i,1,M,mu(i)*phi(i,k))))'
    """
    loss, share = "(v(k)-u(k))**2*(v(k)+2*u(k))/(3*u(k)**2)", "Sum(i,1,M,mu(i)*phi(i,k))"
    moved = "Sum(k,1,K,phi(i,k)*(v(k)**3-u(k)**3))"
    exact = f"Sum(k,1,K,u(k))-Sum(k,1,K,v(k)) == Sum(k,1,K,{loss})"
    statement = Statement(
        f"{exact} and Sum(k,1,K,v(k)) <= Sum(k,1,K,u(k))",
        {
            "u": "All(k, Imp(1<=k, k<=K, 0 < u(k)))", "v": "All(k, Imp(1<=k, k<=K, 0 <= v(k)))",
            "lagrange": f"All(k, Imp(1<=k, k<=K, {rate} == {share}))",
            "fitted": f"All(i, Imp(1<=i, i<=M, {moved} == 0))",
        },
        DECLARE, inhabited={"K": "1", "M": "1", "u(k)": "1", "v(k)": "1", "mu(i)": "1", "phi(i,k)": "1"},
    )  # fmt: skip
    steps = [
        step("low", "assume", "1<=k"),
        step("high", "assume", "k<=K"),
        step("u-k", "apply", "0 < u(k)", "u", "low", "high", at={"k": "k"}),
        step("v-k", "apply", "0 <= v(k)", "v", "low", "high", at={"k": "k"}),
        step("lagrange-k", "apply", f"{rate} == {share}", "lagrange", "low", "high", at={"k": "k"}),
        step("term", "identity", f"u(k)-v(k)+1/3*(v(k)**3-u(k)**3)*{share} == {loss}", "lagrange-k", "u-k",
             combine={"lagrange-k": "-1/3*(v(k)**3-u(k)**3)"}),
        step("terms", "congruence",
             f"Sum(k,1,K,u(k)-v(k)+1/3*(v(k)**3-u(k)**3)*{share}) == Sum(k,1,K,{loss})", "term"),
        step("from", "assume", "1<=i"),
        step("to", "assume", "i<=M"),
        step("fitted-i", "apply", f"{moved} == 0", "fitted", "from", "to", at={"i": "i"}),
        step("weighted", "identity", f"mu(i)*{moved} == 0", "fitted-i", combine={"fitted-i": "mu(i)"}),
        step("all-fitted", "congruence", f"Sum(i,1,M,mu(i)*{moved}) == Sum(i,1,M,0)", "weighted"),
        step("exact", "identity", exact, "terms", "all-fitted", combine={"terms": "1", "all-fitted": "-1/3"}),
        step("loss-k", "sign", f"0 <= {loss}", "u-k", "v-k"),
        step("loss", "monotone", f"0 <= Sum(k,1,K,{loss})", "loss-k"),
        step("less", "certificate", "Sum(k,1,K,v(k)) <= Sum(k,1,K,u(k))", "loss", "exact", terms=[["loss"]],
             combine={"exact": "1"}),
        step("goal", "arithmetic", statement.goal, "exact", "less"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_free_knot(two: str = "2") -> Proof:
    """Derive eps_k = 1/(2 beta lambda |c_k|^(2/3) sum_j |c_j|^(1/3)) from the weights of free contacts.

    s_k = eps_k^(-1/2), u_k = |c_k|^(1/3): u_k^3 = s_k^3/(2 beta lambda sum s) gives u_k q = s_k with
    q^3 = 2 beta lambda sum s, hence sum u q = sum s.

    Arguments:
        two: the factor of beta lambda; 2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_free_knot().statement.goal
        'All(k, 2*beta*lam*u(k)**2*Sum(k,1,K,u(k)) == s(k)**2)'
    """
    total, sizes = "Sum(k,1,K,s(k))", "Sum(k,1,K,u(k))"
    law = f"{two}*beta*lam*u(k)**2*{sizes} == s(k)**2"
    statement = Statement(
        f"All(k, {law})",
        {
            "u": "All(k, 0 < u(k))", "s": "All(k, 0 < s(k))",
            "weights": f"All(k, u(k)**3*(2*beta*lam*{total}) == s(k)**3)",
            "q": f"0 < q and q**3 == 2*beta*lam*{total}",
        },
        DECLARE, inhabited={"K": "1", "u(k)": "1", "s(k)": "1", "q": "1", "beta": "1", "lam": "1/2"},
    )  # fmt: skip
    steps = [
        step("u-k", "apply", "0 < u(k)", "u", at={"k": "k"}),
        step("s-k", "apply", "0 < s(k)", "s", at={"k": "k"}),
        step("weights-k", "apply", f"u(k)**3*(2*beta*lam*{total}) == s(k)**3", "weights", at={"k": "k"}),
        step("cube-lemma", "arithmetic", "Imp(0 < a, 0 < c, 0 < p and p**3 == t, a**3*t == c**3, a*p == c)"),
        step("ratio", "apply", "u(k)*q == s(k)", "cube-lemma", "u-k", "s-k", "q", "weights-k",
             put={"a": "u(k)", "c": "s(k)", "p": "q", "t": f"2*beta*lam*{total}"}),
        step("sum", "congruence", f"Sum(k,1,K,u(k)*q) == {total}", "ratio"),
        step("q>0", "arithmetic", "0 < q", "q"),
        step("q3", "arithmetic", f"q**3 == 2*beta*lam*{total}", "q"),
        step("scaled", "identity", f"q**3*(2*beta*lam*u(k)**2*{sizes}) == q**3*s(k)**2", "ratio", "sum", "q3",
             combine={"ratio": f"2*beta*lam*{sizes}*q*(u(k)*q+s(k))", "sum": "2*beta*lam*s(k)**2",
                      "q3": "-s(k)**2"}),
        step("cancel", "arithmetic", "Imp(0 < p, p*t == p*w, t == w)"),
        step("cube", "sign", "0 < q**3", "q>0"),
        step("law", "apply", f"2*beta*lam*u(k)**2*{sizes} == s(k)**2", "cancel", "cube", "scaled",
             put={"p": "q**3", "t": f"2*beta*lam*u(k)**2*{sizes}", "w": "s(k)**2"}),
        step("goal", "generalize", statement.goal, "law"),
    ]  # fmt: skip
    return Proof(statement, steps)
