"""Lemmas on derivatives and continuity for Coq with its library Coquelicot.

What does not move with the variable is any real number in them, a symbol of which something is known any function of
which that is assumed, and a finite sum one over any list of indices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ...analysis.kernel.terms import Term, free_vars
from .shapes import reciprocal_power, shape, whole_power
from .slopes import ROOT, Slope
from .steps import Unread

_SECONDS = 5  # for one lemma
_MAX_POWER = 12  # that is written as a product
_NAMES = {"log": "ln", **{name: name for name in ("sqrt", "exp", "sin", "cos", "atan", "asin", "erf")}}
_WRITTEN = {
    "abs": "(Rabs {0})",
    "relu": "(({0} + Rabs {0}) * / 2)",
    "max": "(({0} + {1} + Rabs ({0} - {1})) * / 2)",
    "min": "(({0} + {1} - Rabs ({0} - {1})) * / 2)",
}

HEAD = """
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.
Definition erf x := 2 * / sqrt PI * RInt (fun t => exp (-1 * (t * t))) 0 x.
Fixpoint total (l : list R) (f : R -> R) : R := match l with nil => 0 | cons i r => f i + total r f end.
Lemma slope_asin : forall x, 0 < 1 + -1 * (x * x) -> is_derive asin x (/ sqrt (1 + -1 * (x * x))).
Proof.
intros x H. assert (R : -1 < x < 1) by (split; nra).
replace (/ sqrt (1 + -1 * (x * x))) with (derive_pt asin x (derivable_pt_asin x R)).
- apply is_derive_Reals. exact (proj2_sig (derivable_pt_asin x R)).
- rewrite derive_pt_asin. unfold Rdiv, Rsqr. rewrite Rmult_1_l. do 2 f_equal. ring.
Qed.
Lemma slope_erf : forall x, is_derive erf x (2 * / sqrt PI * exp (-1 * (x * x))).
Proof.
intros x. unfold erf. apply (is_derive_scal (fun y => RInt (fun t => exp (-1 * (t * t))) 0 y)).
assert (C : forall z, continuous (fun t => exp (-1 * (t * t))) z).
- intros z. apply (ex_derive_continuous (K := R_AbsRing) (V := R_NormedModule)). auto_derive. exact I.
- apply (is_derive_RInt (V := R_NormedModule) (fun t => exp (-1 * (t * t))) _ 0).
  + apply filter_forall. intros y. apply (RInt_correct (V := R_CompleteNormedModule)).
    apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros z _. apply C.
  + apply C.
Qed.
Lemma continuous_erf : forall x, continuous erf x.
Proof.
intros x. apply (ex_derive_continuous (K := R_AbsRing) (V := R_NormedModule)). eexists. apply slope_erf.
Qed.
Lemma continuous_asin : forall x, 0 < 1 + -1 * (x * x) -> continuous asin x.
Proof.
intros x H. apply (ex_derive_continuous (K := R_AbsRing) (V := R_NormedModule)). eexists. apply slope_asin. exact H.
Qed.
Lemma continuous_total : forall l (f : R -> R -> R) x,
  (forall i, continuous (f i) x) -> continuous (fun y => total l (fun i => f i y)) x.
Proof.
intros l f x H. induction l as [|i r IH]; simpl.
- apply continuous_const.
- apply (continuous_plus (V := R_NormedModule) (f i) (fun y => total r (fun j => f j y))); [apply H | exact IH].
Qed.
Ltac known := match goal with
  | |- ex_derive (fun y => erf y) _ => eexists; apply slope_erf
  | |- ex_derive (fun y => asin y) _ => eexists; apply slope_asin; assumption
  | _ => first [exact I | assumption | apply Rgt_not_eq; assumption | eexists; eassumption] end.
Ltac divides := first [assumption | apply Rgt_not_eq; assumption
  | apply Rgt_not_eq, sqrt_lt_R0; first [assumption | exact PI_RGT_0]
  | let Z := fresh in intro Z; match goal with G : 0 < ?a * _ |- _ =>
      replace a with 0 in G by (rewrite <- Z; ring); lra end
  | let Z := fresh in intro Z; match goal with G : _ <> 0 |- _ => apply G; rewrite Z; ring end
  | apply Rgt_not_eq; nra].
Ltac slope := intros; auto_derive;
  [ repeat match goal with |- _ /\\ _ => split end; known
  | repeat match goal with
      | |- context [Derive (fun y : R => erf y) ?z] => rewrite (is_derive_unique (fun y : R => erf y) z _ (slope_erf z))
      | |- context [Derive (fun y : R => asin y) ?z] =>
          erewrite (is_derive_unique (fun y : R => asin y) z) by (apply slope_asin; assumption)
      | |- context [Derive ?f ?z] => erewrite (is_derive_unique f z) by eassumption end;
    first [ring | field; repeat split; divides] ].
Ltac onward := cbv beta; match goal with
  | |- continuous (fun y => ?c) _ => apply continuous_const
  | |- continuous (fun y => y) _ => apply continuous_id
  | |- continuous (fun y => @?f y + @?g y) _ => apply (continuous_plus (V := R_NormedModule) f g)
  | |- continuous (fun y => @?f y - @?g y) _ => apply (continuous_minus (V := R_NormedModule) f g)
  | |- continuous (fun y => @?f y * @?g y) _ => apply (continuous_mult (K := R_AbsRing) f g)
  | |- continuous (fun y => / @?f y) _ => apply (continuous_Rinv_comp f)
  | |- continuous (fun y => exp (@?f y)) _ => apply (continuous_exp_comp f)
  | |- continuous (fun y => sin (@?f y)) _ => apply (continuous_sin_comp f)
  | |- continuous (fun y => cos (@?f y)) _ => apply (continuous_cos_comp f)
  | |- continuous (fun y => atan (@?f y)) _ => apply (continuous_atan_comp f)
  | |- continuous (fun y => sqrt (@?f y)) _ => apply (continuous_sqrt_comp f)
  | |- continuous (fun y => Rabs (@?f y)) _ => apply (continuous_Rabs_comp f)
  | |- continuous (fun y => ln (@?f y)) _ => apply (continuous_comp f ln); [|apply continuous_ln]
  | |- continuous (fun y => erf (@?f y)) _ => apply (continuous_comp f erf); [|apply continuous_erf]
  | |- continuous (fun y => asin (@?f y)) _ => apply (continuous_comp f asin); [|apply continuous_asin]
  | |- continuous (fun y => total ?l (fun i => @?f y i)) _ => apply (continuous_total l (fun i y => f y i)); intro
  | |- continuous _ _ => match goal with H : _ |- _ => apply H end
  | |- _ => cbv beta; match goal with H : _ |- _ => apply H end end.
"""


class _Writer:
    """The text of terms at the point x of a variable, and the names of what was met in them."""

    def __init__(self, variable: Term, functions: Mapping[Term, Sequence[Term]]) -> None:
        self.variable = variable
        self.constants: dict[Term, tuple[str, int]] = {}
        self.lists: dict[tuple[Term, Term], str] = {}
        self._functions = {f: (f"g{k}", indices) for k, (f, indices) in enumerate(functions.items())}
        self._indices: dict[Term, str] = {}

    def binders(self) -> str:
        """Return the names over which a lemma is quantified, with their types."""
        names = [f"({c} : {'R -> ' * n}R)" for c, n in self.constants.values()]
        names += [f"({g} : {'R -> ' * len(indices)}R -> R)" for g, indices in self._functions.values()]
        return " ".join([*names, *(f"({name} : list R)" for name in self.lists.values()), "(x : R)"])

    def function(self, f: Term) -> tuple[str, list[str]]:
        """Return the text of a function of which something is known, and the indices that it depends on."""
        name, indices = self._functions[f]
        own = [f"i{k}" for k, _ in enumerate(indices)]
        return f"({' '.join([name, *own])})" if own else name, own

    def under(self, indices: Sequence[Term], p: Term) -> str:
        """Return the text of a comparison for every value of the indices in it."""
        inner = {v: f"i{k}" for k, v in enumerate(indices)}
        before, self._indices = self._indices, {**self._indices, **inner}
        text = f"{self.real(p[1])} {'<' if p[0] == 'lt' else '<>'} {self.real(p[2])}"
        self._indices = before
        return f"(forall {' '.join(inner.values())} : R, {text})" if inner else text

    def real(self, t: Term) -> str:
        """Return the text of a number."""
        op = t[0]
        if op == "num":
            return _number(t[1])
        if t == ROOT:
            return "(/ sqrt PI)"
        if op not in ("add", "mul") and self.variable not in free_vars(t):
            return self._constant(t)
        if (key := shape(t)) in self._functions:
            name, indices = self._functions[key]
            return f"({' '.join([name, *(self._constant(i) for i in indices), 'x'])})"
        if op == "var":
            return "x"
        if op in ("add", "mul"):
            return "(" + f" {'+' if op == 'add' else '*'} ".join(self.real(s) for s in t[1:]) + ")"
        if op == "inv":
            return f"(/ {self.real(t[1])})"
        if (e := whole_power(t)) is not None and e <= _MAX_POWER:
            if e < 0:
                return self.real(reciprocal_power(t, e))
            return "(" + " * ".join([self.real(t[1])] * e) + ")" if e else "1"
        if op == "fn" and t[1] in _NAMES:
            return f"({_NAMES[t[1]]} {self.real(t[2])})"
        if op == "fn" and t[1] in _WRITTEN:
            return _WRITTEN[t[1]].format(*(self.real(s) for s in t[2:]))
        if op == "sum":
            return self._total(t)
        raise Unread(f"{t[1] if op == 'fn' else op} has no text for Coq")

    def _constant(self, t: Term) -> str:
        if t in self._indices:
            return self._indices[t]
        moving = sorted(self._indices.keys() & free_vars(t))
        name, _ = self.constants.setdefault(shape(t), (f"c{len(self.constants)}", len(moving)))
        return f"({' '.join([name, *(self._indices[v] for v in moving)])})" if moving else name

    def _total(self, t: Term) -> str:
        v, lo, hi, body = t[1:]
        if {self.variable, *self._indices} & (free_vars(lo) | free_vars(hi)) or v in self._indices:
            raise Unread("the range of a sum moves")
        name = self.lists.setdefault((shape(lo), shape(hi)), f"l{len(self.lists)}")
        own = f"k{len(self._indices)}"
        self._indices[v] = own
        text = f"(total {name} (fun {own} => {self.real(body)}))"
        del self._indices[v]
        return text


def _number(c: Fraction) -> str:
    return f"({c.numerator})" if c.denominator == 1 else f"({c.numerator} * / {c.denominator})"


def derivative(t: Term, found: Slope) -> str:
    """Return statement and proof that a function has the derivative that was written down for it.

    >>> from .slopes import slope
    >>> x = ("var", "x", "R")
    >>> print(derivative(("fn", "sin", x), slope(("fn", "sin", x), x, {})))
    forall (x : R), is_derive (fun x => (sin x)) x ((cos x) * (1)). Proof. timeout 5 slope. Qed.
    """
    writer = _Writer(found.variable, dict.fromkeys(found.assumed, ()))
    function, value = writer.real(t), writer.real(found.written)
    given = [writer.under((), p) for p in found.conditions]
    given += [f"is_derive {writer.function(f)[0]} x {writer.real(name)}" for f, name in found.assumed.items()]
    whole = " -> ".join([*given, f"is_derive (fun x => {function}) x {value}"])
    return f"forall {writer.binders()}, {whole}. Proof. timeout {_SECONDS} slope. Qed."


def continuity(
    t: Term, v: Term, conditions: Iterable[tuple[Sequence[Term], Term]], functions: Mapping[Term, Sequence[Term]]
) -> str:
    """Return statement and proof that a function is continuous at each point where the conditions hold.

    Arguments:
        t: the function's term.
        v: the variable.
        conditions: comparisons, each with the indices of the sums in which it stands.
        functions: the shapes of functions that are continuous, each with the indices that it depends on.

    Raises:
        Unread: for a term that has no text for Coq.
    """
    writer = _Writer(v, functions)
    text = writer.real(t)
    given = [writer.under(indices, p) for indices, p in conditions]
    for f in functions:
        name, own = writer.function(f)
        given.append(f"(forall {' '.join(own)} : R, continuous {name} x)" if own else f"continuous {name} x")
    whole = " -> ".join([*given, f"continuous (fun x => {text}) x"])
    return f"forall {writer.binders()}, {whole}. Proof. timeout {_SECONDS} (intros; repeat onward). Qed."
