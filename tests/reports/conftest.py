"""A synthetic record with every verdict, an unexpected row, errata, mutants, enclosures and hostile strings."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports.generate import write_report

HOSTILE = "<script>alert('x')</script> & \"quotes\" </style> {{ 7*7 }} {% raw %} \\end{document} %"
LONG = "mf." + "very-long-name." * 6 + "end"


def _claim(name: str, verdict: str = "proved", expected: str | None = None, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": name,
        "paper": "jmlr",
        "relation": "as-claimed",
        "locator": "p. 12",
        "kind": "identity",
        "verdict": verdict,
        "expected": verdict if expected is None else expected,
        "fully_proved": verdict == "proved",
        "axioms": [],
        "oracles": [],
        "uses": [],
        "mutants": [
            {
                "id": "sign",
                "kind": "sign",
                "prose": "plus for minus",
                "witness": {"a": "1", "b": "1/2"},
                "false_at_witness": "3/4 == 5/4",
                "failed_step": "square",
                "rejected": True,
                "reason": "step square: not an identity",
            }
        ],
        "evidence": [],
        "seconds": 0.0123456,
        "statement": {"text": f"The statement of {name}.", "tex": r"a^2-b^2=(a-b)(a+b)"},
        "hypotheses": [
            {"text": "The penalty is positive", "tex": r"\lambda > 0"},
            {"text": "and the sum is", "tex": " + ".join(f"x_{{{i}}}" for i in range(20))},
        ],
        "steps": [
            {
                "id": "square",
                "kind": "identity",
                "tex": r"(a-b)(a+b) = a^2 - b^2",
                "prose": "Expand the product. The mixed terms $ab$ and $-ab$ cancel.",
                "uses": [],
                "conditions": [{"tex": r"a \ne b", "discharged_by": "square, positive"}],
                "decided_by": "identity",
                "result": "proved",
            },
            {
                "id": "conclude",
                "kind": "arithmetic",
                "tex": r"a^2 \ge b^2 \qquad b \ge 0",
                "prose": "Conclude.",
                "uses": ["square"],
                "conditions": [],
                "decided_by": "z3",
                "result": "proved",
            },
        ],
        "witness": None,
        "reason": None,
    }
    return base | more


def _claims() -> list[dict[str, Any]]:
    evidence = [
        {
            "name": "interior knot",
            "value": -0.75,
            "enclosure": ["-0.7500000000000003", "-0.7499999999999997"],
            "tolerance": 1e-12,
            "reason": "interval Newton at 128 bits",
            "seed": None,
        },
        {
            "name": "objective $F$",
            "value": "21997/36000",
            "enclosure": ["21997/36000", "21997/36000"],
            "tolerance": 0,
            "reason": "dual and primal in rationals",
            "seed": None,
        },
        {
            "name": "risk",
            "value": 0.3634,
            "enclosure": None,
            "tolerance": 0.002,
            "reason": "4 standard errors",
            "seed": 7,
        },
    ]
    axiom_step = {
        "id": "duality",
        "kind": "axiom",
        "tex": "",
        "prose": "Strong duality.",
        "uses": ["axiom:Strong duality for measures"],
        "conditions": [],
        "decided_by": "axiom:Strong duality for measures",
        "result": "proved",
    }
    claim_step = axiom_step | {
        "id": "contact",
        "kind": "claim",
        "prose": "A knot sits where the dual touches.",
        "uses": ["claim:mf.contact-set", "square"],
        "decided_by": "claim:mf.contact-set",
    }
    open_step = axiom_step | {
        "id": "rest",
        "kind": "arithmetic",
        "prose": "",
        "uses": [],
        "result": "failed",
        "decided_by": "z3",
    }
    duality = "Strong duality for measures"
    return [
        _claim(
            "mf.eq-5.13",
            locator="(5.13), p. 22",
            statement={"text": "Change of variables with Jacobian $|w|$.", "tex": ""},
        ),
        _claim(
            "mf.contact-set", uses=["mf.eq-5.13"], axioms=[duality], steps=[axiom_step], relation="new", locator="new"
        ),
        _claim(
            "mf.knots.at-most-three",
            kind="inequality",
            axioms=[duality],
            uses=["mf.contact-set", "mf.eq-5.13"],
            steps=[*_claim("x")["steps"], claim_step],
            evidence=evidence,
            locator="Def. 4.2, p. 14",
            statement={
                "text": "At most three knots between neighbouring data points.",
                "tex": r"\#\{t : f'\ \text{jumps at}\ t\} \le 3",
            },
        ),
        _claim("mf.thm-2", "enclosed", uses=["mf.knots.at-most-three"], reason="Balls for 12 data sets, not for all."),
        _claim("mf.cor-4.3", "supported", uses=["mf.thm-2"], kind="empirical", evidence=evidence[2:], steps=[]),
        _claim(
            "mf.eq-6.4.corrected",
            relation="corrected",
            uses=["mf.eq-5.13"],
            counterpart="mf.eq-6.4.printed",
            statement={
                "text": "The cost is twice the printed one.",
                "tex": r"F(\rho^*)=\frac{\lambda}{2}M(\rho^*)=\frac{2\lambda}{5}",
            },
        ),
        _claim(
            "mf.eq-6.4.printed",
            "refuted",
            relation="as-printed",
            locator="(6.4), p. 34",
            counterpart="mf.eq-6.4.corrected",
            witness={"values": {"lam": "1", "x": "10"}, "evaluates_to": "2/5 == 1/5"},
            mutants=[
                {"id": "corrected", "kind": "control", "witness": {"lam": "1"}, "rejected": True, "prose": "must stand"}
            ],
            kind="counterexample",
            statement={
                "text": "The cost as printed.",
                "tex": r"F(\rho^*)=\frac{\lambda}{2}M(\rho^*)=\frac{\lambda}{5}",
            },
        ),
        _claim("mf.sec6", uses=["mf.eq-6.4.corrected"]),
        _claim("ae.eq-7.printed", "refuted", paper="icml", witness="n = 1, d = 2: 3/4 < 1", reason=None),
        _claim("ae.eq-7.corrected", paper="icml", uses=["ae.bound"]),
        _claim("ae.bound", paper="icml", kind="inequality", axioms=["Mehler expansion"], locator="Thm. 4.2"),
        _claim(
            "ae.water-filling",
            "undecided",
            "proved",
            paper="icml",
            uses=["ae.bound"],
            steps=[open_step],
            reason="The solver ran out of time at step 1.",
        ),
        _claim("ae.slow", "not run", "supported", paper="icml", reason="A long simulation, left to `check --full`."),
        _claim(LONG, paper="own", relation="new", title="Ünïcode: λ ≤ 1, ‖x‖ → ∞, 10⁻¹²"),
        _claim(
            "user.hostile",
            paper=HOSTILE,
            locator=HOSTILE,
            title=HOSTILE,
            kind=HOSTILE,
            relation=HOSTILE,
            statement={
                "text": HOSTILE,
                "tex": r"\text{<script>alert(1)</script>} \href{javascript:alert(1)}{x} \unknown{",
            },
            hypotheses=[{"text": HOSTILE, "tex": "a < b & c > d"}],
            axioms=[HOSTILE],
            oracles=[HOSTILE],
            mutants=[
                {"id": HOSTILE, "kind": HOSTILE, "witness": {"x": HOSTILE}, "failed_step": HOSTILE, "rejected": True}
            ],
            steps=[
                {
                    "id": HOSTILE,
                    "kind": HOSTILE,
                    "tex": HOSTILE,
                    "prose": HOSTILE,
                    "uses": [HOSTILE],
                    "conditions": [{"tex": HOSTILE, "discharged_by": HOSTILE}],
                    "decided_by": HOSTILE,
                    "result": HOSTILE,
                }
            ],
            evidence=[
                {
                    "name": HOSTILE,
                    "value": HOSTILE,
                    "enclosure": [HOSTILE, HOSTILE],
                    "tolerance": HOSTILE,
                    "reason": HOSTILE,
                    "seed": 1,
                }
            ],
            witness=HOSTILE,
            reason=HOSTILE,
        ),
    ]


def _figures() -> dict[str, Any]:
    x = [i / 10 for i in range(-30, 31)]
    rate = [i / 10 for i in range(1, 31)]
    return {
        "predictor": {
            "data": {"x": [-2.0, 0.0, 2.0], "y": [1.1, 0.0, 1.0]},
            "exact": {"x": [-3.0, -1.0, 1.0, 3.0], "f": [2.0, 0.0, 0.0, 2.0]},
            "knots": {"x": [-1.0, 1.0], "f": [0.0, 0.0]},
            "network": {"x": x, "f": [max(abs(v) - 1, 0) + 0.02 for v in x]},
            "caption": "With $\\lambda = 1/10$.",
        },
        "rate": {
            "activation": HOSTILE,
            "bound": {"rate": rate, "risk": [1 - r / (max(r, 1) + 0.5708) for r in rate]},
            "shannon": {"rate": rate, "risk": [4.0**-r for r in rate]},
            "training": {"rate": [0.5, 1.0, 2.0], "risk": [0.69, 0.37, 0.23]},
        },
    }


def _record() -> dict[str, Any]:
    return {
        "claims": _claims(),
        "summary": {
            "by_verdict": {"proved": 9, "enclosed": 1, "supported": 1, "refuted": 2, "undecided": 1, "not run": 1},
            "unexpected": ["ae.water-filling"],
            "not_run": ["ae.slow"],
            "versions": {"python": "3.11.99", "numpy": "2.77.1"},
            "seed": 20221130,
            "commit": "0123abcd4567",
            "seconds": 12.3456789,
        },
        "axiom_details": {
            "Strong duality for measures": {
                "statement_tex": r"\min_\mu \tfrac12\|A\mu-y\|^2+\lambda\|\mu\|"
                r" = \max_{\|A^*r\|_\infty\le\lambda} \langle r,y\rangle-\tfrac12\|r\|^2",
                "prose": "No gap between the problem over measures and its dual.",
                "reference": "Bredies, Pikkarainen 2013",
            },
            "Unused axiom": {"statement_tex": "", "prose": "", "reference": ""},
        },
        "figures": _figures(),
    }


@pytest.fixture
def check_json() -> dict[str, Any]:
    """A fresh record, free to be changed by a test."""
    return _record()


@pytest.fixture
def hostile() -> str:
    """The string that stands in every field of the claim `user.hostile`."""
    return HOSTILE


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A written report of the synthetic record, for reading only."""
    return write_report(_record(), tmp_path_factory.mktemp("reports") / "report").parent


_VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})


class Page(HTMLParser):
    """The elements, ids, links and formulas of a page; fails on the first element that is not closed in its place."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(content)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute"
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src"):
            if name in found:
                self.links.append(found[name])


@pytest.fixture
def read_page() -> Callable[[str], Page]:
    """Parse a page strictly."""
    return Page
