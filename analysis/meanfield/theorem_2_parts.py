"""What JMLR 23(130) says around Theorem 2: bounded pieces, and uniqueness, which holds for fitted values only."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .two_point import build_face

_MOMENT = "Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2))"


def build_coefficients(half: str = "1/2") -> Proof:
    """Derive p. 15: where f(x) = u x + v, both |u| and |v| are at most half the second moment.

    The measure has K atoms of weights p_k >= 0; s_k = 1 where the unit k is active at x and 0 where it is not.

    Arguments:
        half: the factor of the second moment; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 15); it uses mf.eq-5.32.

    Example:
        >>> sorted(build_coefficients().statement.hyps)
        ['active', 'p', 'unit']
    """
    u, v = "Sum(k,1,K,p(k)*s(k)*a(k)*w(k))", "Sum(k,1,K,p(k)*s(k)*a(k)*b(k))"
    f = "Sum(k,1,K,p(k)*a(k)*relu(w(k)*x+b(k)))"
    parts = [f"{f} == ({u})*x+{v}", f"abs({u}) <= {half}*{_MOMENT}", f"abs({v}) <= {half}*{_MOMENT}"]
    statement = Statement(
        " and ".join(parts),
        {"p": "All(k, 0 <= p(k))", "active": "All(k, 0 <= s(k) and s(k) <= 1)",
         "unit": "All(k, relu(w(k)*x+b(k)) == s(k)*(w(k)*x+b(k)))"},
        "k:Z K:N",
        inhabited={"K": "1", "p(k)": "1", "s(k)": "1", "a(k)": "1", "w(k)": "1", "b(k)": "1", "x": "0"},
        inhabited_steps=one_atom(),
    )  # fmt: skip

    def sides(name: str, total: str, mirrored: str, symbols: dict[str, str]) -> Steps:
        return [
            step(f"{name}-both", "apply", f"{total} <= 1/2*{mirrored} and -({total}) <= 1/2*{mirrored}",
                 "claim:mf.eq-5.32", "p", "active", symbols=symbols),
            step(f"{name}-lemma", "arithmetic", "Imp(z <= c and -z <= c, abs(z) <= c)"),
            step(f"{name}-abs", "apply", f"abs({total}) <= 1/2*{mirrored}", f"{name}-lemma", f"{name}-both",
                 put={"z": total, "c": f"1/2*{mirrored}"}),
        ]  # fmt: skip

    swapped = "Sum(k,1,K,p(k)*(a(k)**2+b(k)**2+w(k)**2))"
    steps = [
        step("at", "apply", "relu(w(k)*x+b(k)) == s(k)*(w(k)*x+b(k))", "unit", at={"k": "k"}),
        step(
            "term",
            "identity",
            "p(k)*a(k)*relu(w(k)*x+b(k)) == (p(k)*s(k)*a(k)*w(k))*x+p(k)*s(k)*a(k)*b(k)",
            "at",
            combine={"at": "p(k)*a(k)"},
        ),
        step("sum", "congruence", f"{f} == Sum(k,1,K,(p(k)*s(k)*a(k)*w(k))*x+p(k)*s(k)*a(k)*b(k))", "term"),
        step("affine", "identity", parts[0], "sum", combine={"sum": "1"}),
        *sides("u", u, _MOMENT, {}),
        *sides("v", v, swapped, {"w(k)": "b(k)", "b(k)": "w(k)"}),
        step("slope", "certificate", parts[1], "u-abs", terms=[["u-abs"]]),
        step("height", "certificate", parts[2], "v-abs", terms=[["v-abs"]]),
        step("goal", "arithmetic", statement.goal, "affine", "slope", "height"),
    ]
    return Proof(statement, steps)


def one_atom() -> Steps:
    """Return steps that prove the hypotheses of :func:`build_coefficients` for one active atom at x = 0.

    Returns:
        The steps for "p", "active" and "unit".

    Example:
        >>> one_atom()[-1]["for"]
        'unit'
    """
    bodies = {"p": "0 <= 1", "active": "0 <= 1 and 1 <= 1", "unit": "relu(1*0+1) == 1*(1*0+1)"}
    return [
        {"for": name, **line}
        for name, body in bodies.items()
        for line in (step("body", "arithmetic", body), step("all", "generalize", f"All(k, {body})", "body"))
    ]


def build_not_unique(share: str = "1") -> Proof:
    """Derive that the noiseless minimiser is not unique: on two points at -sqrt(3), sqrt(3) two minimisers differ at 0.

    The pair of units and the constant unit both attain the minimum, as does every mixture; at 0 the first is p/2 and
    the second p, p > 0 being their value at the data.

    Arguments:
        share: the share of the pair in the first minimiser; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 15, which leaves uniqueness open); it uses mf.two-point-face.

    Example:
        >>> sorted(build_not_unique().statement.hyps)
        ['Y', 'lam', 'regime', 'rivals', 'small']
    """
    face = build_face().statement
    shares = (share, "0")
    values = [f"cost_of({a}) == least and least <= Jd and at_zero({a}) == p*(1-{a}/2)" for a in shares]
    hyps = {name: text for name, text in face.hyps.items() if name not in ("share", "rest")}
    statement = Statement(
        f"cost_of({share}) == least and cost_of(0) == least and least <= Jd and at_zero({share}) < at_zero(0)",
        {**hyps, "small": "lam*kap < Y"},
        face.declare,
        {**face.let, "cost_of(a)": "J", "at_zero(a)": "out(0)"},
        {name: text for name, text in face.inhabited.items() if name != "a"},
    )
    steps: Steps = []
    for n, (a, text) in enumerate(zip(shares, values, strict=True)):
        steps += [
            step(f"low{n}", "enclosure", f"0 <= {a}"),
            step(f"high{n}", "enclosure", f"{a} <= 1"),
            step(f"face{n}", "apply", text, "claim:mf.two-point-face", "lam", "Y", "regime", "rivals", f"low{n}",
                 f"high{n}", put={"a": a}),
            *[step(f"part{n}{k}", "arithmetic", part, f"face{n}")
              for k, part in enumerate(text.split(" and ")) if (n, k) != (1, 1)],
        ]  # fmt: skip
    steps += [
        step("p0", "arithmetic", "0 < p", "small"),
        step("p-lemma", "arithmetic", f"Imp(0 < z, z1 == z*(1-{share}/2), z2 == z*(1-0/2), z1 < z2)"),
        step("differ", "apply", f"at_zero({share}) < at_zero(0)", "p-lemma", "p0", "part02", "part12",
             put={"z": "p", "z1": f"at_zero({share})", "z2": "at_zero(0)"}),
        step("goal", "arithmetic", statement.goal, "part00", "part10", "part01", "differ"),
    ]  # fmt: skip
    return Proof(statement, steps)
