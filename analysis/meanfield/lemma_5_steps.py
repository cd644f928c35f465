"""Single inequalities inside the proofs of Lemmas 5.3, 5.5 and 5.7 of JMLR 23(130)."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_eigenvector_norms(minus: str = "1+x**2") -> Proof:
    """Derive p. 23: on the cluster set, c^2 >= 1 + x^2, both eigenvectors of Lemma 5.3 have a norm from 1 to K2.

    Their first coordinates are -(x^2 + r)/(2c) and -(x^2 - r)/(2c) with r = sqrt(4c^2 + x^4), the second is 1. The
    paper's K2 is made explicit: |v-|^2 <= 1 + (1 + x^2)^2 and |v+|^2 <= 2.

    Arguments:
        minus: the bound on the first coordinate of v-, whose square is taken; 1+x**2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 23, with an explicit constant).

    Example:
        >>> build_eigenvector_norms().statement.hyps["cluster"]
        '1+x**2 <= c**2'
    """
    root = "sqrt(4*c**2+x**4)"
    low, high = f"(-(x**2+{root})/(2*c))", f"(-(x**2-{root})/(2*c))"
    goal = f"1 <= {low}**2+1 and {low}**2+1 <= 1+({minus})**2 and 1 <= {high}**2+1 and {high}**2+1 <= 2"
    statement = Statement(goal, {"cluster": "1+x**2 <= c**2"}, inhabited={"x": "0", "c": "1"})
    steps = [
        step("c", "arithmetic", "c != 0", "cluster"),
        step("c2", "arithmetic", "0 < c**2", "cluster"),
        step("inside", "sign", "0 <= 4*c**2+x**4"),
        step("root", "sign", f"0 <= {root}"),
        step("square", "identity", f"{root}**2 == 4*c**2+x**4", "inside"),
        step("low", "identity", f"{low}**2 == (x**2+{root})**2/(4*c**2)", "c"),
        step("high", "identity", f"{high}**2 == (x**2-{root})**2/(4*c**2)", "c"),
        step("d", "assume", "1+p <= d"),
        step("p", "assume", "0 <= p"),
        step("s", "assume", "0 <= s"),
        step("s2", "assume", "s**2 == 4*d+p**2"),
        step("numerator-low", "arithmetic", f"(p+s)**2 <= 4*d*(({minus.replace('x**2', 'p')})**2)", "d", "p", "s",
             "s2"),
        step("numerator-high", "arithmetic", "(p-s)**2 <= 4*d", "d", "p", "s", "s2"),
        step("x2", "sign", "0 <= x**2"),
        step("x4", "identity", f"{root}**2 == 4*c**2+(x**2)**2", "square", combine={"square": "1"}),
        step("at-low", "apply", f"(x**2+{root})**2 <= 4*c**2*(({minus})**2)", "numerator-low", "cluster", "x2", "root",
             "x4", put={"p": "x**2", "s": root, "d": "c**2"}),
        step("at-high", "apply", f"(x**2-{root})**2 <= 4*c**2", "numerator-high", "cluster", "x2", "root", "x4",
             put={"p": "x**2", "s": root, "d": "c**2"}),
        step("quotient-low", "certificate", f"(x**2+{root})**2/(4*c**2) <= ({minus})**2", "at-low", "c", "c2",
             times="4*c**2", terms=[["at-low"]]),
        step("quotient-high", "certificate", f"(x**2-{root})**2/(4*c**2) <= 1", "at-high", "c", "c2",
             times="4*c**2", terms=[["at-high"]]),
        step("low-sign", "sign", f"0 <= {low}**2"),
        step("high-sign", "sign", f"0 <= {high}**2"),
        step("a", "certificate", f"1 <= {low}**2+1", "low-sign", terms=[["low-sign"]]),
        step("b", "certificate", f"{low}**2+1 <= 1+({minus})**2", "low", "quotient-low", terms=[["quotient-low"]],
             combine={"low": "-1"}),
        step("e", "certificate", f"1 <= {high}**2+1", "high-sign", terms=[["high-sign"]]),
        step("f", "certificate", f"{high}**2+1 <= 2", "high", "quotient-high", terms=[["quotient-high"]],
             combine={"high": "-1"}),
        step("goal", "arithmetic", goal, "a", "b", "e", "f"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_box(side: str = "m/2") -> Proof:
    """Derive p. 23: z in (0, m/2]^2 keeps 0 < w(z) <= m and |a(z)| <= m, where (a, w) = Q z with unit columns v/|v|.

    w(z) = z1/|v-| + z2/|v+| with norms of at least 1, and the first coordinates p, q of the unit vectors are at most 1.

    Arguments:
        side: the side of the box; m/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 23; printed w(z) < m, which is attained as z1 = z2 = m/2).

    Example:
        >>> build_box().statement.hyps["z1"]
        '0 < z1 and z1 <= m/2'
    """
    goal = "0 < z1*k1+z2*k2 and z1*k1+z2*k2 <= m and abs(z1*p+z2*q) <= m"
    statement = Statement(
        goal,
        {
            "z1": f"0 < z1 and z1 <= {side}", "z2": f"0 < z2 and z2 <= {side}",
            "k1": "0 < k1 and k1 <= 1", "k2": "0 < k2 and k2 <= 1", "p": "abs(p) <= 1", "q": "abs(q) <= 1",
        },
        inhabited={"z1": "1", "z2": "1", "m": "2", "k1": "1/2", "k2": "1/2", "p": "1/2", "q": "0"},
    )  # fmt: skip
    return Proof(
        statement,
        [
            step("low", "arithmetic", "0 < z1*k1+z2*k2", "z1", "z2", "k1", "k2"),
            step("high", "arithmetic", "z1*k1+z2*k2 <= m", "z1", "z2", "k1", "k2"),
            step("a", "arithmetic", "abs(z1*p+z2*q) <= m", "z1", "z2", "p", "q"),
            step("goal", "arithmetic", goal, "low", "high", "a"),
        ],
    )


def build_linear_to_square(factor: str = "a1/L") -> Proof:
    """Derive p. 26: alpha_1 d >= (alpha_1/|I|) d^2 at distances d up to the length |I| of the interval.

    Arguments:
        factor: the factor of d^2; a1/L in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), Lemma 5.5).

    Example:
        >>> build_linear_to_square().statement.goal
        'a1/L*d**2 <= a1*d'
    """
    statement = Statement(
        f"{factor}*d**2 <= a1*d",
        {"a1": "0 <= a1", "d": "0 <= d", "room": "d <= L", "L": "0 < L"},
        inhabited={"a1": "1", "d": "1", "L": "1"},
    )
    return Proof(
        statement,
        [step("goal", "certificate", statement.goal, "a1", "d", "room", "L", times="L", terms=[["a1", "d", "room"]])],
    )


def build_exponent_bound(share: str = "C") -> Proof:
    """Derive (5.27): w^2 + v^2 (x^2 - c^2) >= w^2 - v^2 (1 - C) where 1 + x^2 - c^2 >= C; v is the truncated w.

    Arguments:
        share: what stands for C in the conclusion; C in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.27)).

    Example:
        >>> build_exponent_bound().statement.hyps
        {'outside': 'C <= 1+x**2-c**2'}
    """
    statement = Statement(
        f"w**2-v**2*(1-{share}) <= w**2+v**2*(x**2-c**2)",
        {"outside": "C <= 1+x**2-c**2"},
        inhabited={"C": "1", "x": "0", "c": "0"},
    )
    return Proof(
        statement,
        [
            step("square", "sign", "0 <= v**2"),
            step("goal", "certificate", statement.goal, "outside", "square", terms=[["outside", "square"]]),
        ],
    )


def build_truncation_out(cap: str = "1") -> Proof:
    """Derive the steps of (5.29): w^2 - v^2 (1 - C) >= C w^2 for v^2 <= w^2, C <= 1, and sqrt(u+v) <= sqrt(u)+sqrt(v).

    Arguments:
        cap: the bound on C; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.29)).

    Example:
        >>> build_truncation_out().statement.hyps["C"]
        'C <= 1'
    """
    goal = "C*w**2 <= w**2-v**2*(1-C) and sqrt(p+q) <= sqrt(p)+sqrt(q)"
    statement = Statement(
        goal,
        {"C": f"C <= {cap}", "v": "v**2 <= w**2", "p": "0 <= p", "q": "0 <= q"},
        inhabited={"C": "1/2", "v": "0", "w": "1", "p": "1", "q": "1"},
    )
    return Proof(
        statement,
        [
            step("room", "arithmetic", "0 <= 1-C", "C"),
            step("first", "certificate", "C*w**2 <= w**2-v**2*(1-C)", "room", "v", terms=[["room", "v"]]),
            step("second", "arithmetic", "sqrt(p+q) <= sqrt(p)+sqrt(q)", "p", "q"),
            step("goal", "arithmetic", goal, "first", "second"),
        ],
    )


def build_root_above_one(sign: str = "<=") -> Proof:
    """Derive p. 23 corrected: on the cluster set |c| >= 1; > 1 is printed, and x = 0, c = -1 lies in the set.

    Arguments:
        sign: how 1 compares with |c|; <= in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 23, corrected).

    Example:
        >>> build_root_above_one().statement.goal
        '1 <= abs(c)'
    """
    statement = Statement(f"1 {sign} abs(c)", {"cluster": "1+x**2-c**2 <= 0"}, inhabited={"x": "0", "c": "-1"})
    return Proof(statement, [step("goal", "arithmetic", statement.goal, "cluster")])


def build_mirror(first: str = "(-a)") -> Proof:
    """Derive p. 24: (a, w, b) -> (-a, -w, w x) turns the exponent of (5.17) into the form of (5.13).

    With r(i) the residuals and c = (1/lambda) sum_{i <= j} r_i (x - x_i); the active units at w < 0 are i <= j.

    Arguments:
        first: what a becomes; -a in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 24 and (5.17)).

    Example:
        >>> build_mirror().statement.hyps
        {'lam': '0 < lam'}
    """
    c = "(1/lam*Sum(i, 1, j, r(i)*(x-x(i))))"
    energy = f"Sum(i, 1, j, r(i)*({first}*((-w)*x(i)+w*x)))+lam/2*(a**2+(-w)**2+(w*x)**2)"
    goal = f"-beta*({energy}) == -beta*lam/2*(2*(-a)*w*{c}+a**2+w**2*(1+x**2))"
    return Proof(
        Statement(goal, {"lam": "0 < lam"}, "i,j:Z", inhabited={"lam": "1"}),
        [step("goal", "identity", goal, "lam")],
    )
