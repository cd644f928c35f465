"""Break each rule and switch off each check of the kernel in turn, and show that the attack suite notices every time.

A check is a call that only raises (`require`, `not_free`, `check_kind`, `check`), an `if` whose body raises, each
part of the condition of either, and each function that answers a question (its annotation says `-> bool`), which is
made to answer always yes and always no.  A rule is broken in three ways: it accepts every step, it refuses every step,
and it forgets the hypotheses under which its premises hold.  For each, a copy of the kernel without it is loaded
(nothing on disk changes) and tried with the attacks and the valid uses of tests/analysis/kernel until one of them ends
otherwise than it should.

    python tools/disable_kernel_checks.py [--sample N] [--quiet]

The exit status is 0 if every check is needed or stands in the list EQUIVALENT below, with the reason.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.util
import itertools
import signal
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KERNEL = ROOT / "analysis" / "kernel"
SUITE = ROOT / "tests" / "analysis" / "kernel"
ATTACKS = (
    "attacks_arithmetic", "attacks_logic", "attacks_sums", "attacks_calculus", "attacks_replay", "attacks_witnesses",
    "attacks_examiner", "attacks_assumptions", "tampering",
)  # fmt: skip
RAISING = {"require", "not_free", "check_kind", "check"}
SECONDS = 10  # of the processor's time for one attack, the longest of which takes one, before a variant runs away

#: Checks (function, beginning of the check's text) that change no verdict, and why they stand.
EQUIVALENT: dict[tuple[str, str], str] = {
    ("_crowded", "_crowded answers always yes"): "it spares reductions that change nothing",
    ("_special", "_special answers always yes"): "it spares reductions that change nothing",
    ("enclosure", "the rule forgets hypotheses"): "it has no premises, and so no hypotheses to forget",
    ("_ordered", "total > 5040"): "a limit of time: the permutations of eight indices take minutes",
    ("frac", "self.replacements > _MAX_REPLACEMENTS"): "a limit of time: one normal form replaces 40 times at most",
}


Path_ = tuple[tuple[str, int], ...]  # the way to a statement: names of lists of statements and places in them


@dataclass(frozen=True)
class Check:
    """One place in the kernel's source at which something is asked, and how it is switched off."""

    module: str
    function: str
    line: int
    text: str
    change: Callable[[ast.Module], None]

    @property
    def place(self) -> str:
        """Return the module, line and function."""
        return f"{self.module}.py:{self.line} {self.function}"


@dataclass(frozen=True)
class Result:
    """What happened without the check; `by` is accepts, refuses, crashes, runs away, equivalent or survives."""

    check: Check
    by: str
    what: str


class _Late(BaseException):
    """A variant took too long. It may end as another exception, where it is raised below a library's own code."""

    happened = False


# --- finding the checks


def _raises(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise)


def _calls_a_check(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISING


def _at(tree: Any, path: Sequence[tuple[str, int]]) -> Any:
    for name, index in path:
        tree = getattr(tree, name)[index]
    return tree


def _statements(tree: ast.AST, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield every statement with the way to it, so that the same place is found in a copy of the tree."""
    for name in ("body", "orelse", "finalbody", "handlers"):
        for i, node in enumerate(getattr(tree, name, ()) or ()):
            if isinstance(node, ast.stmt | ast.ExceptHandler):
                here = (*path, (name, i))
                yield here, node
                yield from _statements(node, here)


def _remove(path: Path_) -> Callable[[ast.Module], None]:
    def change(tree: ast.Module) -> None:
        *way, (name, index) = path
        node = _at(tree, path)
        rest = node.orelse if isinstance(node, ast.If) and node.orelse else [ast.Pass()]
        getattr(_at(tree, way), name)[index : index + 1] = rest

    return change


def _drop_part(path: Path_, part: int) -> Callable[[ast.Module], None]:
    def change(tree: ast.Module) -> None:
        node = _at(tree, path)
        test = node.test if isinstance(node, ast.If) else node.value.args[0]
        test.values[part] = ast.Constant(isinstance(test.op, ast.And))

    return change


def _answer(path: Path_, value: bool) -> Callable[[ast.Module], None]:
    def change(tree: ast.Module) -> None:
        _at(tree, path).body = [ast.Return(ast.Constant(value))]

    return change


def _body(path: Path_, source: str) -> Callable[[ast.Module], None]:
    def change(tree: ast.Module) -> None:
        _at(tree, path).body = ast.parse(source).body

    return change


def _return_nothing(path: Path_) -> Callable[[ast.Module], None]:
    def change(tree: ast.Module) -> None:
        for node in ast.walk(_at(tree, path)):
            if isinstance(node, ast.Return):
                # What it would have returned is still computed: its checks stay.
                node.value = ast.BinOp(node.value, ast.BitAnd(), ast.parse("frozenset()", mode="eval").body)

    return change


def _rules(trees: Iterable[ast.Module]) -> set[str]:
    """The names of the functions that are rules: the values of the table RULES."""
    tables = [
        n for tree in trees for n in tree.body if isinstance(n, ast.AnnAssign) and ast.unparse(n.target) == "RULES"
    ]
    return {v.id for n in tables if isinstance(n.value, ast.Dict) for v in n.value.values if isinstance(v, ast.Name)}


def _broken(module: str, path: Path_, node: ast.FunctionDef) -> list[Check]:
    """A rule, broken in three ways."""
    ways = {
        "the rule accepts every step": _body(path, "return frozenset().union(*(p.hyps for p in step.premises))"),
        "the rule refuses every step": _body(path, "from .sequents import Rejected\nraise Rejected('no')"),
        "the rule forgets hypotheses": _return_nothing(path),
    }
    return [Check(module, node.name, node.lineno, text, change) for text, change in ways.items()]


def _parts(test: ast.expr, operator: type[ast.boolop]) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, operator) else []


def checks(module: str, tree: ast.Module, rules: Set[str]) -> list[Check]:
    """Return the checks of one module of the kernel, in the order of its text, and its functions that are rules."""
    found: list[Check] = []
    functions = {}
    for path, node in _statements(tree):
        if isinstance(node, ast.FunctionDef):
            functions[path] = node.name
            if node.name in rules:
                found += _broken(module, path, node)
        inside = [name for way, name in functions.items() if path[: len(way)] == way and path != way]
        function = inside[-1] if inside else ""
        if function == "require":
            continue
        if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "bool":
            for value in (True, False):
                text = f"{node.name} answers always {'yes' if value else 'no'}"
                found.append(Check(module, node.name, node.lineno, text, _answer(path, value)))
        elif _calls_a_check(node) or _raises(node):
            text = ast.unparse(node.test if isinstance(node, ast.If) else node.value)
            found.append(Check(module, function, node.lineno, text, _remove(path)))
            is_if = isinstance(node, ast.If)
            required = not is_if and node.value.func.id == "require"
            parts = _parts(node.test, ast.Or) if is_if else _parts(node.value.args[0], ast.And) if required else []
            for i, part in enumerate(parts):
                found.append(Check(module, function, node.lineno, f"part: {ast.unparse(part)}", _drop_part(path, i)))
    return found


# --- copies of the kernel


class Kernel:
    """The kernel's source, of which copies with one change are loaded."""

    def __init__(self) -> None:
        self.trees = {p.stem: ast.parse(p.read_text()) for p in sorted(KERNEL.glob("*.py")) if p.stem != "__init__"}
        self.order = list(self._sorted())
        self.code = {m: compile(self.trees[m], f"{m}.py", "exec") for m in self.order}
        self.count = itertools.count()

    def _sorted(self) -> Iterator[str]:
        """Yield the modules so that each comes after those that it imports."""
        needs = {}
        for name, tree in self.trees.items():
            imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level == 1]
            needs[name] = {n.module for n in imports if n.module} | {
                a.name for n in imports if not n.module for a in n.names
            }
        while needs:
            ready = sorted(m for m, more in needs.items() if not more & set(needs))
            if not ready:
                raise RuntimeError(f"the kernel's modules import each other in a circle: {', '.join(needs)}")
            yield from ready
            for m in ready:
                del needs[m]

    def checks(self) -> list[Check]:
        """Return the checks of all modules."""
        rules = _rules(self.trees.values())
        return [c for m in self.order for c in checks(m, self.trees[m], rules)]

    def copy(self, check: Check | None = None) -> types.SimpleNamespace:
        """Return the modules of a copy of the kernel, without the check."""
        package = types.ModuleType(f"_kernel_copy_{next(self.count)}")
        package.__path__ = []
        sys.modules[package.__name__] = package
        for name in self.order:
            code = self.code[name]
            if check is not None and name == check.module:
                tree = copy.deepcopy(self.trees[name])
                check.change(tree)
                code = compile(ast.fix_missing_locations(tree), f"{name}.py", "exec")
            module = types.ModuleType(f"{package.__name__}.{name}")
            module.__package__ = package.__name__
            sys.modules[module.__name__] = module
            setattr(package, name, module)
            exec(code, module.__dict__)
        return types.SimpleNamespace(**{name: getattr(package, name) for name in self.order})

    @staticmethod
    def forget(k: types.SimpleNamespace) -> None:
        """Remove a copy from the interpreter's modules."""
        package = k.terms.__package__
        for name in [n for n in sys.modules if n == package or n.startswith(f"{package}.")]:
            del sys.modules[name]


# --- trying them


def _suite() -> tuple[Any, list[Any], list[Any]]:
    """Return the module that judges, the attacks and the valid uses."""
    package = types.ModuleType("_kernel_attacks")
    package.__path__ = [str(SUITE)]
    sys.modules.setdefault(package.__name__, package)
    judge, examples = (importlib.import_module(f"{package.__name__}.{m}") for m in ("judge", "examples"))
    attacks = [a for m in ATTACKS for a in importlib.import_module(f"{package.__name__}.{m}").ATTACKS]
    return judge, attacks, [*examples.PROVED, *examples.REFUTED, *examples.INHABITED]


class Trial:
    """The attack suite, tried on copies of the kernel."""

    def __init__(self) -> None:
        self.kernel = Kernel()
        self.judge, self.attacks, self.examples = _suite()
        intact = self.kernel.copy()
        self.answers: dict[str, tuple[bool, str]] = {}
        self.cost: dict[str, float] = {}
        for a in self.attacks:
            start = time.perf_counter()
            self.answers[a.name] = self.judge.accepts(intact, a)
            self.cost[a.name] = time.perf_counter() - start
        wrong = [name for name, (accepted, _) in self.answers.items() if accepted]
        wrong += [e.name for e in self.examples if not self.judge.accepts(intact, e)[0]]
        if wrong:
            raise RuntimeError(f"the intact kernel fails its own suite: {', '.join(wrong[:5])}")
        self.kernel.forget(intact)

    def _likely_first(self, check: Check) -> list[tuple[Any, bool]]:
        """Return the attacks (True) and the valid uses (False), those first that this check seems to be about."""
        words = {w for w in check.text.replace("'", " ").replace('"', " ").split() if len(w) > 3}

        def unlikely(a: Any) -> tuple[int, bool, float]:
            shared = sum(w in self.answers[a.name][1] for w in words)
            return -shared if shared > 1 else 0, self.cost[a.name] > 0.05, self.cost[a.name]

        by_answer = [(a, True) for a in sorted(self.attacks, key=unlikely)]
        cheap = [(a, True) for a, _ in by_answer[12:] if self.cost[a.name] <= 0.05]
        dear = [(a, True) for a, _ in by_answer[12:] if self.cost[a.name] > 0.05]
        uses = [(e, False) for e in self.examples]
        first = [uses, by_answer[:12]] if check.text.endswith("always no") else [by_answer[:12], cheap, uses]
        return [pair for group in (*first, cheap, dear) for pair in group]

    def _in_time(self, k: types.SimpleNamespace, tried: Any) -> tuple[bool, str]:
        _Late.happened = False
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            return self.judge.accepts(k, tried)
        except _Late:
            return False, ""
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def without(self, check: Check) -> Result:
        """Return what the suite says of the kernel without the check."""
        k = self.kernel.copy(check)
        try:
            for tried, is_attack in self._likely_first(check):
                accepted, answer = self._in_time(k, tried)
                if _Late.happened:
                    return Result(check, "runs away", tried.name)
                if accepted and is_attack:
                    return Result(check, "accepts", tried.name)
                if not accepted and not is_attack:
                    return Result(check, "refuses", tried.name)
                if is_attack and answer.startswith("crash") and not self.answers[tried.name][1].startswith("crash"):
                    return Result(check, "crashes", tried.name)
        finally:
            self.kernel.forget(k)
        why = [r for (f, t), r in EQUIVALENT.items() if f == check.function and check.text.startswith(t)]
        return Result(check, "equivalent", why[0]) if why else Result(check, "survives", "")


def _late(*_: Any) -> None:
    _Late.happened = True
    raise _Late


def run(
    sample: int | None = None,
    report: Callable[[Result], None] = lambda _: None,
    skip: Callable[[Check], bool] = lambda _: False,
) -> list[Result]:
    """Switch off the checks of the kernel, all or evenly spread `sample` of them, and return what happened.

    Arguments:
        sample: how many checks to try; None tries all.
        report: called with each result.
        skip: says which checks are left out, since their result is known.

    Returns:
        One result a check.

    Raises:
        RuntimeError: if the intact kernel fails its own suite.
    """
    signal.signal(signal.SIGPROF, _late)
    trial = Trial()
    found = trial.kernel.checks()
    if sample is not None:
        step = max(1, len(found) // sample)
        found = found[::step]
    results = []
    for check in found:
        if skip(check):
            continue
        results.append(trial.without(check))
        report(results[-1])
    return results


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table of all checks and what happens without each; return 1 if one is not missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sample", type=int, help="try this many checks, evenly spread")
    parser.add_argument("--quiet", action="store_true", help="print only what is not missed")
    options = parser.parse_args(argv)
    start = time.perf_counter()

    def show(r: Result) -> None:
        if not options.quiet or r.by == "survives":
            print(f"{r.check.place:<44.44} {r.check.text:<60.60} {r.by:<10} {r.what}", flush=True)

    results = run(options.sample, show)
    counts = {by: sum(r.by == by for r in results) for by in dict.fromkeys(r.by for r in results)}
    told = ", ".join(f"{n} {by}" for by, n in counts.items())
    print(f"{len(results)} checks in {time.perf_counter() - start:.0f} s: {told}")
    return 1 if counts.get("survives") else 0


if __name__ == "__main__":
    sys.exit(main())
