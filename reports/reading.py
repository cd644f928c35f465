"""Reading the record of a check: validated once, before anything is written.

The JSON of `lemmata check` is material, not authority: counts, unexpected verdicts and erratum pairs are computed
from the rows, and a summary that says otherwise is reported as a disagreement instead of being believed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..analysis.display import tex as kernel_tex
from .record import (
    ANSWERS,
    VERDICTS,
    Axiom,
    Claim,
    Condition,
    Evidence,
    Formal,
    Formula,
    Mutant,
    Pair,
    Record,
    ReportError,
    SecondOpinion,
    Step,
)

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARK = "\ufffd"
_MISSING: Any = object()


def _walk(value: Any, where: str) -> Iterator[str]:
    """Places where the value is not strict JSON."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                yield f"{where} has the key {key!r}; keys must be strings"
            yield from _walk(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _walk(inner, f"{where}[{index}]")
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{where} is {value}; numbers must be finite"
    elif value is not None and not isinstance(value, (str, int, float)):
        yield f"{where} is a {type(value).__name__}; allowed are JSON values"


def _string(value: Any) -> str:
    """Any JSON value as one line of prose; formulas of a mapping with `tex` are set between dollar signs."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ILLEGAL.sub(_MARK, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) <= {"text", "tex"}:
            tex = _string(value.get("tex")).strip("$ ")
            return " ".join(p for p in (_string(value.get("text")), f"${tex}$" if tex else "") if p)
        return ", ".join(f"{_string(k)} = {_string(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(f"({_string(v)})" if isinstance(v, (list, tuple)) else _string(v) for v in value)
    return repr(value)


def _said(text: str) -> str:
    """The TeX of a text in the kernel's language, "" where it is not one."""
    found = kernel_tex(text) if text else ""
    return "" if found.startswith(r"\text{") else found


def _values(value: Any) -> str:
    """Witness values as prose: names and values in the kernel's language become formulas, anything else stays text."""
    if not isinstance(value, dict):
        return _string(value)
    parts = []
    for key, inner in value.items():
        name, shown = _string(key), _string(inner)
        left, right = _said(name), _said(shown)
        parts.append(f"${left} = {right}$" if left and right else f"{name} = {shown}")
    return ", ".join(parts)


def _witness(value: Any, where: str) -> Formula:
    """What makes a statement false: prose, and what the statement says there."""
    if isinstance(value, dict) and "evaluates_to" in value:
        told = _string(value["evaluates_to"])
        return Formula(f"At {_values(value.get('values'))} it says" + ("" if _said(told) else f": {told}"), _said(told))
    if isinstance(value, dict) and set(value) <= {"text", "tex"}:
        return _formula(value, where)
    return Formula(_values(value))


class _Reader:
    """One JSON object with the place where it stands, for messages that name it."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise ReportError(f"{where} is {type(value).__name__} {str(value)[:40]!r}; allowed is an object")
        self.value: dict[str, Any] = value
        self.where = where

    def text(self, key: str) -> str:
        """Any value under the key as prose, "" where it is missing."""
        return _string(self.value.get(key))

    def required(self, key: str) -> str:
        found = self.value.get(key, _MISSING)
        if not isinstance(found, str) or not found:
            shown = "missing" if found is _MISSING else repr(found)
            raise ReportError(f"{self.where}.{key} is {shown}; allowed is a non-empty string")
        return found

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        found = self.required(key)
        if found not in allowed:
            raise ReportError(f"{self.where}.{key} is {found!r}; allowed are {', '.join(allowed)}")
        return found

    def flag(self, key: str) -> bool | None:
        found = self.value.get(key)
        if found is not None and not isinstance(found, bool):
            raise ReportError(f"{self.where}.{key} is {found!r}; allowed are true, false and null")
        return found

    def items(self, key: str) -> list[Any]:
        found = self.value.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            raise ReportError(f"{self.where}.{key} is {found!r}; allowed is a list")
        return found

    def strings(self, key: str) -> tuple[str, ...]:
        return tuple(_string(v) for v in self.items(key))

    def objects(self, key: str) -> list[_Reader]:
        return [_Reader(v, f"{self.where}.{key}[{i}]") for i, v in enumerate(self.items(key))]


def _formula(value: Any, where: str) -> Formula:
    if value is None or isinstance(value, str):
        return Formula(text=_string(value))
    reader = _Reader(value, where)
    return Formula(reader.text("text"), reader.text("tex"))


def _gap(lower: str, upper: str) -> str:
    """Width of an enclosure given as decimal or rational strings, two digits, rounded up; "" if it is not one."""
    try:
        width = Fraction(upper) - Fraction(lower)
    except (ValueError, ZeroDivisionError):
        return ""
    if width <= 0:
        return "0" if width == 0 else ""
    exponent = math.floor(math.log10(width.numerator) - math.log10(width.denominator))
    # math.log10 takes integers of any size; being one off in the exponent costs or adds a digit, nothing more.
    mantissa = math.ceil(width / Fraction(10) ** (exponent - 1))
    return f"{mantissa / 10:g}e{exponent}" if not -3 <= exponent <= 3 else f"{mantissa * 10.0 ** (exponent - 1):.4g}"


def _evidence(reader: _Reader) -> Evidence:
    enclosure = reader.value.get("enclosure")
    lower, upper = "", ""
    if isinstance(enclosure, (list, tuple)) and len(enclosure) == 2:
        lower, upper = _string(enclosure[0]), _string(enclosure[1])
    elif enclosure is not None and not isinstance(enclosure, str):
        raise ReportError(f"{reader.where}.enclosure is {enclosure!r}; allowed is a pair [lower, upper] or null")
    value = reader.text("value") or _string(enclosure if isinstance(enclosure, str) else None)
    return Evidence(
        name=reader.text("name"),
        value=value,
        lower=lower,
        upper=upper,
        gap=_gap(lower, upper),
        tolerance=reader.text("tolerance"),
        reason=reader.text("reason"),
        seed=reader.text("seed"),
        passed=reader.flag("passed"),
    )


def _step(reader: _Reader, number: int) -> Step:
    return Step(
        id=reader.text("id") or str(number),
        kind=reader.text("kind"),
        tex=reader.text("tex"),
        prose=reader.text("prose"),
        uses=reader.strings("uses"),
        conditions=tuple(Condition(c.text("tex"), c.text("discharged_by")) for c in reader.objects("conditions")),
        decided_by=reader.text("decided_by"),
        result=reader.text("result"),
        second=_second(reader.value.get("second_opinion"), f"{reader.where}.second_opinion"),
    )


def _second(value: Any, where: str) -> SecondOpinion | None:
    if value is None:
        return None
    reader = _Reader(value, where)
    answer = reader.one_of("answer", ANSWERS)
    return SecondOpinion(answer, reader.text("program"), reader.text("reason"))


def _mutant(reader: _Reader) -> Mutant:
    return Mutant(
        id=reader.text("id"),
        kind=reader.text("kind"),
        prose=reader.text("prose"),
        witness=_values(reader.value.get("witness")),
        at_witness=_said(reader.text("false_at_witness")),
        reason=reader.text("reason"),
        failed_step=reader.text("failed_step"),
        rejected=reader.flag("rejected"),
    )


def _one_name(value: Any) -> str:
    """A reference to another claim, given as its id or as a list whose first entry is it."""
    if isinstance(value, list):
        value = value[0] if value else None
    return _string(value)


def _formal(value: Any, where: str) -> Formal | None:
    if value is None:
        return None
    reader = _Reader(value, where)
    return Formal(
        goal=reader.text("goal"),
        declare=reader.text("declare"),
        assumptions=tuple((a.text("id"), a.text("tex")) for a in reader.objects("assumptions")),
        definitions=tuple(d.text("tex") for d in reader.objects("definitions")),
    )


def _claim(reader: _Reader) -> Claim:
    name = reader.required("id")
    from ..claims.claim import IDS, is_id  # with the kernel, which `--help` does without

    if not is_id(name):
        raise ReportError(f"{reader.where}.id is {name[:60]!r}; {IDS}")
    twin = _one_name(reader.value.get("counterpart"))
    relation = reader.text("relation")
    return Claim(
        id=name,
        paper=reader.text("paper") or "own",
        relation=relation,
        locator=reader.text("locator"),
        kind=reader.text("kind"),
        title=reader.text("title"),
        verdict=reader.one_of("verdict", VERDICTS),
        expected=reader.one_of("expected", VERDICTS),
        fully_proved=reader.flag("fully_proved"),
        axioms=tuple(dict.fromkeys(reader.strings("axioms"))),
        oracles=reader.strings("oracles"),
        uses=tuple(dict.fromkeys(reader.strings("uses"))),
        mutants=tuple(_mutant(m) for m in reader.objects("mutants")),
        evidence=tuple(_evidence(e) for e in reader.objects("evidence")),
        statement=_formula(reader.value.get("statement"), f"{reader.where}.statement"),
        hypotheses=tuple(
            _formula(h, f"{reader.where}.hypotheses[{i}]") for i, h in enumerate(reader.items("hypotheses"))
        ),
        unused_hypotheses=reader.strings("unused_hypotheses"),
        formal=_formal(reader.value.get("formal"), f"{reader.where}.formal"),
        steps=tuple(_step(s, i) for i, s in enumerate(reader.objects("steps"), 1)),
        witness=_witness(reader.value.get("witness"), f"{reader.where}.witness"),
        reason=reader.text("reason"),
        corrects=_one_name(reader.value.get("corrects")) or (twin if relation == "corrected" else ""),
        corrected_by=_one_name(reader.value.get("corrected_by")) or (twin if relation == "as-printed" else ""),
    )


def _pairs(claims: Sequence[Claim]) -> tuple[Pair, ...]:
    """Errata: by the keys that name the other record, else by ids that differ in `printed` and `corrected` alone."""
    by_id = {c.id: c for c in claims}
    partner: dict[str, str] = {c.corrects: c.id for c in claims if c.corrects in by_id}
    partner |= {c.id: c.corrected_by for c in claims if c.corrected_by in by_id}
    for claim in claims:
        for printed, corrected in (("printed", "corrected"), ("as-printed", "as-corrected")):
            other = claim.id.removesuffix(printed) + corrected
            if claim.id.endswith(f".{printed}") and other in by_id:
                partner.setdefault(claim.id, other)
    return tuple(Pair(c, by_id[partner[c.id]]) for c in claims if c.id in partner and partner[c.id] != c.id)


def _ordered(claims: Sequence[Claim], pairs: Sequence[Pair]) -> tuple[Claim, ...]:
    following: dict[str, Claim] = {p.printed.id: p.corrected for p in pairs}
    order: dict[str, Claim] = {}
    moved = {p.corrected.id for p in pairs}
    for claim in claims:
        if claim.id not in moved:
            order[claim.id] = claim
        if claim.id in following:
            order.setdefault(claim.id, claim)
            order.setdefault(following[claim.id].id, following[claim.id])
    return tuple(order.values())


def _disagreements(claims: Sequence[Claim], summary: Mapping[str, Any]) -> tuple[str, ...]:
    """What the record's own summary says against its rows: a sign of an edited or stale file."""
    found = []
    counts = Counter(c.verdict for c in claims)
    stated = summary.get("by_verdict")
    if isinstance(stated, dict):
        for verdict in dict.fromkeys([*VERDICTS, *stated]):
            if stated.get(verdict, 0) != counts[verdict]:
                found.append(f"the summary counts {stated.get(verdict, 0)} {verdict}, the rows {counts[verdict]}")
    computed = {
        "unexpected": {c.id for c in claims if c.differs},
        "not_run": {c.id for c in claims if c.verdict == "not run"},
    }
    for key, ids in computed.items():
        listed = summary.get(key)
        if isinstance(listed, list):
            names = {_string(n.get("id")) if isinstance(n, dict) else _string(n) for n in listed}
            if names != ids:
                odd = ", ".join(sorted(names ^ ids))
                found.append(f"the summary's list “{key}” and the rows differ in {odd}")
    return tuple(_ILLEGAL.sub(_MARK, f) for f in found)


def _axioms(claims: Sequence[Claim], details: Mapping[str, Any]) -> tuple[Axiom, ...]:
    users: dict[str, list[str]] = {_string(name): [] for name in details}
    for claim in claims:
        for name in claim.axioms:
            users.setdefault(name, []).append(claim.id)
    found = []
    for name in sorted(users):
        reader = _Reader(details.get(name) or {}, f"axiom_details.{name}")
        parts = (reader.text("statement_tex"), reader.text("prose"), reader.text("reference"))
        found.append(Axiom(name, reader.strings("hypotheses_tex"), *parts, used_by=tuple(users[name])))
    return tuple(found)


def read_record(check: Any) -> Record:
    """Read the JSON of `lemmata check` into a `Record`.

    Args:
        check: the decoded JSON, as docs and `lemmata check --json` describe it.  Only `claims` with `id`, `verdict`
            and `expected` are required; every other key may be missing.

    Raises:
        ReportError: naming the first value that is not allowed, and what is.

    >>> read_record({"claims": [{"id": "a", "verdict": "proved", "expected": "proved"}]}).counts["proved"]
    1
    """
    top = _Reader(check, "the record")
    for problem in _walk(check, "the record"):
        raise ReportError(problem)
    if "claims" not in top.value:
        raise ReportError("the record has no key 'claims'; allowed is the JSON that `lemmata check --json` writes")
    rows = [_claim(r) for r in top.objects("claims")]
    seen: dict[str, str] = {}
    for row in rows:
        if row.id.lower() in seen:  # some file systems do not tell upper from lower case
            raise ReportError(
                f"claim id {row.id!r} repeats {seen[row.id.lower()]!r}; ids must differ, also in lower case"
            )
        seen[row.id.lower()] = row.id
    summary = _Reader(top.value.get("summary") or {}, "the record.summary").value
    details = _Reader(top.value.get("axiom_details") or {}, "the record.axiom_details").value
    figures = _Reader(top.value.get("figures") or {}, "the record.figures").value
    pairs = _pairs(rows)
    used_by: dict[str, list[str]] = {c.id: [] for c in rows}
    for row in rows:
        for name in row.uses:
            if name in used_by:
                used_by[name].append(row.id)
    return Record(
        title=top.text("title"),
        claims=_ordered(rows, pairs),
        pairs=pairs,
        axioms=_axioms(rows, details),
        figures={k: _Reader(v, f"the record.figures.{k}").value for k, v in figures.items()},
        used_by={k: tuple(v) for k, v in used_by.items()},
        disagreements=_disagreements(rows, summary),
        seed=_string(summary.get("seed")),
        provenance={
            **{k: summary[k] for k in ("commit", "versions", "seconds", "seed") if k in summary},
            "claim_seconds": {r.value["id"]: r.value["seconds"] for r in top.objects("claims") if "seconds" in r.value},
        },
    )
