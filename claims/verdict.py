"""The verdict of one claim: derivation replayed, mutants tried, evidence measured; the entry of the JSON of `check`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..analysis.display import tex
from ..analysis.kernel.axioms import AXIOMS
from ..analysis.kernel.derivation import Outcome, Statement, closed, inhabited, refuted_by, replay
from ..analysis.kernel.sequents import Sequent
from ..analysis.proof import Proof
from .claim import Claim, Evidence, Mutant, Refutation
from .search import find_witness, refutation_at

Record = dict[str, Any]


class Library:
    """Claims that derivations may use: each replayed at most once a run; a claim that uses itself is not proved."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self._claims = claims
        self._known: dict[str, tuple[Proof, Outcome, str]] = {}
        self._open: list[str] = []

    def outcome(self, name: str) -> tuple[Proof, Outcome, str] | None:
        """Return the claim's derivation, its replay and why its hypotheses may be empty ("" if they are not).

        None if the claim has no derivation or is being decided (a circle).
        """
        claim = self._claims.get(name)
        if claim is None or claim.proof is None or name in self._open:
            return None
        if name not in self._known:
            self._open.append(name)
            try:
                proof = claim.proof()
                self._known[name] = (proof, replay(proof.statement, proof.steps, self), inhabited(proof.statement))
            finally:
                self._open.pop()
        return self._known[name]

    def __call__(self, name: str) -> Sequent | None:
        """Return the claim's statement as a sequent if its derivation holds."""
        found = self.outcome(name)
        if found is None or not found[1].proved or found[2]:
            return None
        proof, outcome, _ = found
        return Sequent(
            frozenset(), closed(proof.statement), frozenset(outcome.axioms), frozenset(outcome.oracles),
            frozenset({*outcome.claims, name}),
        )  # fmt: skip

    def proved(self, name: str) -> bool:
        """Return whether the claim counts as proved: its derivation holds and it does not rest on a cited theorem."""
        return self(name) is not None and self._claims[name].kind != "cited"


_DECIDED_BY = {
    "identity": "identity", "sign": "sign", "certificate": "certificate", "arithmetic": "z3",
    "derivative": "derivative",
    "fundamental-theorem": "antiderivative", "enclosure": "enclosure", "assume": "assumption", "limit": "limit",
    "continuous": "continuity", "linear": "linearity", "monotone": "monotonicity",
}  # fmt: skip


def _formal(statement: Statement) -> Record:
    """Return what the kernel is asked to decide, word for word, as formulas."""
    return {
        "goal": tex(statement.goal),
        "declare": statement.declare,
        "assumptions": [{"id": name, "tex": tex(text)} for name, text in statement.hyps.items()],
        "definitions": [{"tex": f"{tex(head)} = {tex(body)}"} for head, body in statement.let.items()],
    }


def _steps(proof: Proof, outcome: Outcome) -> list[Record]:
    decided = {d.id: d for d in outcome.steps}
    rows = []
    for raw in proof.steps:
        d = decided.get(str(raw["id"]))
        uses = [str(u) for u in raw.get("uses", ())]
        axiom = next((u for u in uses if u.startswith("axiom:")), None)
        claim = next((u for u in uses if u.startswith("claim:")), None)
        by = ", ".join(uses) or "its shape"
        rows.append({
            "id": raw["id"],
            "kind": "axiom" if axiom else "claim" if claim else raw["rule"],
            "tex": tex(raw["goal"]),
            "prose": raw.get("prose", ""),
            "uses": uses,
            "conditions": [{"tex": tex(c), "discharged_by": by} for c in (d.conditions if d else ())],
            "decided_by": axiom or claim or _DECIDED_BY.get(raw["rule"], raw["rule"]),
            "result": d.result if d else "not reached",
        })  # fmt: skip
    return rows


def _evidence(e: Evidence) -> Record:
    return {
        "name": e.name, "value": e.value, "enclosure": list(e.enclosure) if e.enclosure else None,
        "tolerance": e.tolerance, "reason": e.reason, "seed": e.seed, "passed": bool(e.passed),
    }  # fmt: skip


def _mutant_of_proof(claim: Claim, mutant: Mutant, library: Library) -> Record:
    assert claim.proof is not None
    proof = claim.proof(**mutant.change).weakened(mutant.weaken)
    false, told = refuted_by(proof.statement, mutant.witness, mutant.witness_steps)
    outcome = replay(proof.statement, proof.steps, library)
    rejected = false and not outcome.proved and outcome.mathematical
    why = told if not false else "its derivation went through" if outcome.proved else outcome.reason
    return {
        "id": mutant.id, "kind": mutant.kind, "prose": mutant.prose, "rejected": rejected, "reason": why,
        "witness": {k: str(v) for k, v in mutant.witness.items()}, "false_at_witness": told if false else None,
        "failed_step": outcome.failed_step,
    }  # fmt: skip


def _mutant_of_evidence(claim: Claim, mutant: Mutant) -> Record:
    assert claim.evidence is not None
    failed = [e for e in claim.evidence(**mutant.change) if not e.passed]
    return {
        "id": mutant.id, "kind": mutant.kind, "prose": mutant.prose, "rejected": bool(failed),
        "reason": "; ".join(f"{e.name}: {e.value}" for e in failed[:2]) or "its evidence passed",
        "witness": {e.name: e.value for e in failed[:2]}, "false_at_witness": None,
        "failed_step": failed[0].name if failed else None,
    }  # fmt: skip


def _refutation(r: Refutation) -> tuple[str, str, Record | None, list[Record]]:
    """Return verdict, reason, witness and the controls of a statement that is said to be false."""
    false, told = refuted_by(r.statement, r.witness)
    controls = []
    for name, statement, values in r.controls:
        hit, why = refuted_by(statement, values)
        controls.append({
            "id": name, "kind": "control", "prose": "must survive the same check", "rejected": not hit, "reason": why,
            "witness": dict(values), "false_at_witness": why if hit else None, "failed_step": None,
        })  # fmt: skip
    witness = {"values": dict(r.witness), "evaluates_to": told} if false else None
    if not false:
        return "undecided", f"the witness does not refute it: {told}", None, controls
    if not controls or not all(c["rejected"] for c in controls):
        return "undecided", "a control was refuted as well, so the check proves nothing", None, controls
    return "refuted", "", witness, controls


def blank(claim: Claim) -> Record:
    """Return the record of a claim about which nothing has been decided yet."""
    return {
        "id": claim.id,
        "title": claim.title,
        "paper": claim.paper,
        "relation": claim.relation,
        "locator": claim.locator,
        "kind": claim.kind,
        "verdict": "undecided",
        "expected": claim.expected,
        "fully_proved": False,
        "counterpart": claim.counterpart or None,
        "axioms": [],
        "oracles": [],
        "uses": [],
        "unused_hypotheses": [],
        "statement": {"text": claim.statement.text, "tex": claim.statement.tex},
        "hypotheses": [{"text": h.text, "tex": h.tex} for h in claim.hypotheses],
        "formal": None,
        "steps": [],
        "mutants": [],
        "witness": None,
        "evidence": [],
        "reason": None,
        "seconds": 0.0,
    }


def decide_claim(claim: Claim, library: Library, *, full: bool = False) -> Record:
    """Return the record of one claim, as `check` prints it.

    Arguments:
        claim: the claim.
        library: the claims that its derivation may use.
        full: whether long simulations run.

    Returns:
        The claim's entry of the check's JSON; its verdict is recomputed here, never read.
    """
    start = time.perf_counter()
    outcome: Outcome | None = None
    rows: list[Record] = []
    formal: Record | None = None
    mutants: list[Record] = []
    witness: Record | None = None
    evidence: list[Evidence] = []
    reason = ""
    ran = full or not claim.slow
    if claim.refutation is not None:
        refutation = claim.refutation()
        verdict, reason, witness, mutants = _refutation(refutation)
        formal = _formal(refutation.statement)
    elif claim.proof is not None:
        found = library.outcome(claim.id)
        if found is None:
            proof, verdict, reason = claim.proof(), "undecided", "the claim uses itself"
        else:
            proof, outcome, empty = found
            verdict = "proved" if outcome.proved and not empty else "undecided"
            reason = outcome.reason or empty
            rows = _steps(proof, outcome)
        formal = _formal(proof.statement)
        # What is not proved may be false: then a witness says more than the step that failed.
        values = find_witness(proof.statement) if verdict == "undecided" else None
        if values is not None:
            verdict, told, witness, mutants = _refutation(refutation_at(proof.statement, values))
            reason = f"{told or 'it is false'}; its derivation: {reason}"
        else:
            mutants = [_mutant_of_proof(claim, m, library) for m in claim.mutants if m.witness]
    elif not ran:
        verdict, reason = "not run", claim.reason or "a long simulation; run with --full"
    else:
        verdict = "enclosed" if claim.enclosed else "supported"
    if claim.evidence is not None and ran:
        evidence = claim.evidence()
        mutants += [_mutant_of_evidence(claim, m) for m in claim.mutants if not m.witness]
        failed = [e.name for e in evidence if not e.passed]
        if failed or not evidence:
            verdict, reason = "undecided", f"the evidence disagrees: {', '.join(failed) or 'nothing was measured'}"
    escaped = [m["id"] for m in mutants if not m["rejected"]]
    if verdict in ("proved", "supported", "enclosed") and (escaped or not mutants):
        reason = f"the check does not reject the mutant {escaped[0]}" if escaped else "no mutant was tried"
        verdict = "undecided"
    if verdict == "proved" and claim.kind == "cited":  # the step is, the theorem from elsewhere is not
        verdict, reason = "undecided", claim.reason
    return {
        **blank(claim),
        "verdict": verdict,
        "axioms": list(outcome.axioms) if outcome else [],
        "oracles": list(outcome.oracles) if outcome else [],
        "uses": list(outcome.claims) if outcome else [],
        "unused_hypotheses": list(outcome.unused_hyps) if outcome else [],
        "formal": formal,
        "steps": rows,
        "mutants": mutants,
        "witness": witness,
        "evidence": [_evidence(e) for e in evidence],
        "reason": reason or claim.reason or None,
        "seconds": round(time.perf_counter() - start, 4),
    }


def axiom_details(names: set[str]) -> Record:
    """Return prose, statement and reference of the named axioms, for the report."""
    return {
        n: {"statement_tex": tex(AXIOMS[n].concl), "hypotheses_tex": [tex(h) for h in AXIOMS[n].hyps],
            "prose": AXIOMS[n].prose, "reference": AXIOMS[n].reference}
        for n in sorted(names)
    }  # fmt: skip
