"""The axioms: theorems that derivations may use without proof, in one place, each with its hypotheses and a reference.

Variables and symbols are schematic: an instance replaces them.  `sanity` gives two numeric instances a test evaluates
independently of the kernel.  None of them is a result of the two papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Axiom:
    """One axiom: hypotheses (text) imply the conclusion (text).

    `exists` names variables and symbols of the conclusion: whatever the others are, there are such that it holds
    (rule introduce).
    """

    name: str
    prose: str
    concl: str
    reference: str
    hyps: tuple[str, ...] = ()
    declare: str = ""
    sanity: tuple[Mapping[str, str], ...] = ()
    exists: tuple[str, ...] = ()


_LIST = [
    Axiom(
        "gaussian-integral",
        "The Gaussian integral with variance 1/c.",
        "Int(x, -oo, oo, exp(-c*x**2/2)) == sqrt(2*pi/c)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.21 and example (101)",
        hyps=("0 < c",),
        sanity=({"c": "1"}, {"c": "3/2"}),
    ),
    Axiom(
        "translation",
        "The integral over the line does not change when the integrand is shifted.",
        "Int(x, -oo, oo, f(x + s)) == Int(x, -oo, oo, f(x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20(c)",
        sanity=({"f(x)": "exp(-x**2)", "s": "1"}, {"f(x)": "x*exp(-x**2/2)", "s": "-2"}),
    ),
    Axiom(
        "gaussian-integrable",
        "All powers are integrable against a Gaussian.",
        "Integrable(x, -oo, oo, x**p*exp(-c*x**2/2))",
        "P. Billingsley, Probability and Measure, 3rd ed., Example 21.1",
        hyps=("0 < c",),
        declare="p:N",
        sanity=({"c": "1", "p": "0"}, {"c": "3", "p": "5"}),
    ),
    Axiom(
        "odd-integrand",
        "The integral of an odd function over the line is 0.",
        "Int(x, -oo, oo, f(x)) == 0",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20 (reflection)",
        hyps=("All(x, f(-x) == -f(x))",),
        sanity=({"f(x)": "x*exp(-x**2)"}, {"f(x)": "sin(x)*exp(-x**2/2)"}),
    ),
    Axiom(
        "gaussian-second-moment",
        "The second moment of a Gaussian.",
        "Int(x, -oo, oo, x**2*exp(-c*x**2/2)) == sqrt(2*pi/c)/c",
        "P. Billingsley, Probability and Measure, 3rd ed., Example 21.1",
        hyps=("0 < c",),
        sanity=({"c": "1"}, {"c": "3"}),
    ),
    Axiom(
        "even-integrand",
        "The integral of an even function over the line is twice that over the half-line.",
        "Int(x, -oo, oo, f(x)) == 2*Int(x, 0, oo, f(x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20 (reflection)",
        hyps=("All(x, f(-x) == f(x))",),
        sanity=({"f(x)": "exp(-x**2)"}, {"f(x)": "abs(x)*exp(-x**2/2)"}),
    ),
    Axiom(
        "even-integrable",
        "An even function that is integrable over the half-line is integrable over the line.",
        "Integrable(x, -oo, oo, f(x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20 (reflection)",
        hyps=("All(x, f(-x) == f(x))", "Integrable(x, 0, oo, f(x))"),
        sanity=({"f(x)": "exp(-x**2)"}, {"f(x)": "abs(x)*exp(-x**2/2)"}),
    ),
    Axiom(
        "polar-coordinates",
        "A function on the plane, continuous in each variable, integrated in polar coordinates.  Its polar form h has "
        "an absolute bound k whose radial integrals are finite and bounded by a continuous function m of the angle.",
        "Int(w, -oo, oo, Int(b, -oo, oo, f(w, b))) == Int(phi, 0, 2*pi, Int(R, 0, oo, R*h(R, phi)))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorems 7.26 and 8.8 (change of variables, Fubini)",
        hyps=(
            "All(w, Cont(b, -oo, oo, f(w, b)))",
            "All(b, Cont(w, -oo, oo, f(w, b)))",
            "All(phi, All(R, Imp(0 <= R, f(R*cos(phi), R*sin(phi)) == h(R, phi))))",
            "All(phi, All(R, Imp(0 <= R, abs(h(R, phi)) <= k(R, phi))))",
            "All(phi, Integrable(R, 0, oo, R*k(R, phi)))",
            "All(phi, Int(R, 0, oo, R*k(R, phi)) <= m(phi))",
            "Cont(phi, 0, 2*pi, m(phi))",
        ),
        sanity=(
            {"f(w,b)": "exp(-w**2 - b**2)", "h(R,phi)": "exp(-R**2)", "k(R,phi)": "exp(-R**2)", "m(phi)": "1/2"},
            {
                "f(w,b)": "w**2*exp(-w**2 - b**2)",
                "h(R,phi)": "R**2*cos(phi)**2*exp(-R**2)",
                "k(R,phi)": "R**2*exp(-R**2)",
                "m(phi)": "1/2",
            },
        ),
    ),
    Axiom(
        "period",
        "The integral of a periodic function over one period does not depend on where the period starts.",
        "Int(x, a, a + T, f(x)) == Int(x, 0, T, f(x))",
        "A. Zygmund, Trigonometric Series, 3rd ed., chapter I, section 1",
        hyps=("All(x, f(x + T) == f(x))",),
        sanity=({"f(x)": "sin(x)**2", "T": "2*pi", "a": "1"}, {"f(x)": "exp(cos(x))", "T": "2*pi", "a": "-3"}),
    ),
    Axiom(
        "additivity",
        "The integral of a continuous function over two adjacent intervals is the sum of the two.",
        "Int(x, a, c, f(x)) == Int(x, a, b, f(x)) + Int(x, b, c, f(x))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 6.12(c)",
        hyps=("a <= b", "b <= c", "Cont(x, a, c, f(x))"),
        sanity=({"f(x)": "x", "a": "0", "b": "1", "c": "3"}, {"f(x)": "exp(x)", "a": "-1", "b": "0", "c": "0"}),
    ),
    Axiom(
        "mean-value-inequality",
        "A function whose slope is at most c between a and b changes by at most c (b - a).",
        "abs(f(b) - f(a)) <= c*(b - a)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 5.10",
        hyps=("a <= b", "All(x, HasDeriv(x, f(x), g(x)))", "All(x, Imp(a <= x, x <= b, abs(g(x)) <= c))"),
        sanity=(
            {"f(x)": "sin(x)", "g(x)": "cos(x)", "a": "0", "b": "1", "c": "1"},
            {"f(x)": "x**2", "g(x)": "2*x", "a": "-1", "b": "1/2", "c": "2"},
        ),
    ),
    Axiom(
        "exponential-tangent",
        "The exponential lies above its tangent at 0.",
        "1 + t <= exp(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.6",
        sanity=({"t": "1"}, {"t": "-2"}),
    ),
    Axiom(
        "sine-positive",
        "The sine is positive between 0 and pi.",
        "0 < sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        hyps=("0 < t", "t < pi"),
        sanity=({"t": "1"}, {"t": "3"}),
    ),
    Axiom(
        "sine-nonnegative",
        "The sine is not negative from 0 to pi.",
        "0 <= sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        hyps=("0 <= t", "t <= pi"),
        sanity=({"t": "0"}, {"t": "3"}),
    ),
    Axiom(
        "sine-of-sum",
        "The addition theorem of the sine.",
        "sin(s + t) == sin(s)*cos(t) + cos(s)*sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., chapter 8, (46)",
        sanity=({"s": "1", "t": "2"}, {"s": "-3", "t": "1/2"}),
    ),
    Axiom(
        "cosine-of-sum",
        "The addition theorem of the cosine.",
        "cos(s + t) == cos(s)*cos(t) - sin(s)*sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., chapter 8, (46)",
        sanity=({"s": "1", "t": "2"}, {"s": "-3", "t": "1/2"}),
    ),
    Axiom(
        "sine-at-pi",
        "The sine vanishes at pi.",
        "sin(pi) == 0",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        sanity=({}, {}),
    ),
    Axiom(
        "cosine-at-pi",
        "The cosine is -1 at pi.",
        "cos(pi) == -1",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        sanity=({}, {}),
    ),
    Axiom(
        "cosine-of-arctangent",
        "The cosine of an arctangent.",
        "cos(atan(t)) == 1/sqrt(1 + t**2)",
        "M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 4.4.28 with 4.3.45",
        sanity=({"t": "1"}, {"t": "-3"}),
    ),
    Axiom(
        "sine-of-arctangent",
        "The sine of an arctangent.",
        "sin(atan(t)) == t/sqrt(1 + t**2)",
        "M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 4.4.28 with 4.3.45",
        sanity=({"t": "1"}, {"t": "-3"}),
    ),
    Axiom(
        "atan2-positive-axis",
        "The angle of a point on the positive half-axis is 0.",
        "atan2(0, t) == 0",
        "definition of the principal value",
        hyps=("0 < t",),
        sanity=({"t": "1"}, {"t": "7/3"}),
    ),
    Axiom(
        "affine-substitution",
        "The integral over the line in an affine change of the variable.",
        "Int(x, -oo, oo, f(c*x + s)) == Int(x, -oo, oo, f(x))/abs(c)",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20(c), (e)",
        hyps=("c != 0",),
        sanity=({"f(x)": "exp(-x**2)", "c": "2", "s": "1"}, {"f(x)": "(1 + x)*exp(-x**2/2)", "c": "-3/2", "s": "-2"}),
    ),
    Axiom(
        "affine-integrable",
        "A function that is integrable over the line is so in an affine change of the variable.",
        "Integrable(x, -oo, oo, f(c*x + s))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 2.20(c), (e)",
        hyps=("c != 0", "Integrable(x, -oo, oo, f(x))"),
        sanity=({"f(x)": "exp(-x**2)", "c": "2", "s": "1"}, {"f(x)": "(1 + x)*exp(-x**2/2)", "c": "-3/2", "s": "-2"}),
    ),
    Axiom(
        "half-lines",
        "An integral over the line is the sum over the two half-lines, the left one reflected.",
        "Int(x, -oo, oo, f(x)) == Int(x, 0, oo, f(x)) + Int(x, 0, oo, f(-x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorems 1.29 and 2.20(e)",
        hyps=("Integrable(x, -oo, oo, f(x))",),
        sanity=({"f(x)": "exp(-(x - 1)**2)"}, {"f(x)": "(x + abs(x))*exp(-x**2/2)"}),
    ),
    Axiom(
        "half-line-integrable",
        "A function that is integrable over the line is so over the half-line.",
        "Integrable(x, 0, oo, f(x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Definition 1.30",
        hyps=("Integrable(x, -oo, oo, f(x))",),
        sanity=({"f(x)": "exp(-(x - 1)**2)"}, {"f(x)": "x*exp(-x**2/2)"}),
    ),
    Axiom(
        "dominated-integrable",
        "A continuous function below an integrable one in modulus is integrable.",
        "Integrable(x, -oo, oo, f(x))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Definition 1.30",
        hyps=("Cont(x, -oo, oo, f(x))", "All(x, abs(f(x)) <= h(x))", "Integrable(x, -oo, oo, h(x))"),
        sanity=(
            {"f(x)": "sin(x)*exp(-x**2)", "h(x)": "exp(-x**2)"},
            {"f(x)": "exp(-x**2 - abs(x))", "h(x)": "exp(-x**2)"},
        ),
    ),
    Axiom(
        "dominated-convergence",
        "Integrals converge where the integrands do, below one integrable function.",
        "Lim(t, Int(x, -oo, oo, f(t, x)), Int(x, -oo, oo, g(x)))",
        "W. Rudin, Real and Complex Analysis, 3rd ed., Theorem 1.34",
        hyps=(
            "All(x, Lim(t, f(t, x), g(x)))",
            "All(t, Imp(0 < t, Integrable(x, -oo, oo, f(t, x))))",
            "All(t, All(x, Imp(0 < t, abs(f(t, x)) <= h(x))))",
            "Integrable(x, -oo, oo, h(x))",
        ),
        sanity=(
            {"f(t,x)": "(1 + exp(-t))*exp(-x**2)", "g(x)": "exp(-x**2)", "h(x)": "2*exp(-x**2)"},
            {"f(t,x)": "x*exp(-t)*exp(-x**2)", "g(x)": "0", "h(x)": "abs(x)*exp(-x**2)"},
        ),
    ),
    Axiom(
        "squeeze",
        "A function that is close to a number by less than something that vanishes has it for its limit.",
        "Lim(t, f(t), l)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Definitions 4.32 and 4.33",
        hyps=("Lim(t, h(t), 0)", "All(t, Imp(0 < t, abs(f(t) - l) <= h(t)))"),
        sanity=(
            {"f(t)": "2 + sin(t)*exp(-t)", "l": "2", "h(t)": "exp(-t)"},
            {"f(t)": "-exp(-2*t)", "l": "0", "h(t)": "exp(-t)"},
        ),
    ),
    Axiom(
        "archimedean",
        "No number is larger than all integers.",
        "x <= h",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 1.20(a)",
        declare="h:N",
        exists=("h",),
        sanity=({"x": "5/2", "h": "3"}, {"x": "-1", "h": "0"}),
    ),
    # --- polynomials, series, finite-dimensional vectors
    Axiom(
        "logarithm",
        "The logarithm inverts the exponential function.",
        "exp(log(t)) == t",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., (38)",
        hyps=("0 < t",),
        sanity=({"t": "2"}, {"t": "1/3"}),
    ),
    Axiom(
        "factorial",
        "The recurrence that defines the factorial.",
        "fact(n + 1) == (n + 1)*fact(n)",
        "definition of the factorial",
        declare="n:N",
        sanity=({"n": "0"}, {"n": "4"}),
    ),
    Axiom(
        "hermite-recurrence",
        "The recurrence that, with He_0 = 1 and He_1 = x, defines the probabilists' Hermite polynomials.",
        "He(n + 2, x) == x*He(n + 1, x) - (n + 1)*He(n, x)",
        "G. Szego, Orthogonal Polynomials, 4th ed., (5.5.8), in the normalisation He_n(x) = 2^(-n/2) H_n(x/sqrt(2))",
        declare="n:N",
        sanity=({"n": "0", "x": "3"}, {"n": "3", "x": "-1/2"}),
    ),
    Axiom(
        "geometric-series",
        "The geometric series converges.",
        "Summable(k, 0, x**k)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 3.26",
        hyps=("-1 < x", "x < 1"),
        declare="k:N",
        sanity=({"x": "1/2"}, {"x": "-1/3"}),
    ),
    Axiom(
        "comparison-test",
        "A series is absolutely convergent if one with larger non-negative terms converges.",
        "Summable(k, 0, s(k))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 3.25",
        hyps=("Summable(k, 0, t(k))", "All(k, -t(k) <= s(k))", "All(k, s(k) <= t(k))"),
        declare="k:N",
        sanity=({"s(k)": "(-1/3)**k", "t(k)": "(1/2)**k"}, {"s(k)": "0", "t(k)": "(1/4)**k"}),
    ),
    Axiom(
        "even-and-odd-terms",
        "An absolutely convergent series is the sum of its even and of its odd terms.",
        "Series(k, 0, s(k)) == Series(k, 0, s(2*k)) + Series(k, 0, s(2*k + 1))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 3.55",
        hyps=("Summable(k, 0, s(k))",),
        declare="k:N",
        sanity=({"s(k)": "(1/2)**k"}, {"s(k)": "(-1/3)**k"}),
    ),
    Axiom(
        "odd-terms-summable",
        "The odd terms of an absolutely convergent series form an absolutely convergent series.",
        "Summable(k, 0, s(2*k + 1))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 3.55",
        hyps=("Summable(k, 0, s(k))",),
        declare="k:N",
        sanity=({"s(k)": "(1/2)**k"}, {"s(k)": "(-1/3)**k"}),
    ),
    Axiom(
        "first-term",
        "An absolutely convergent series is its first term plus the rest.",
        "Series(k, 0, s(k)) == s(0) + Series(k, 0, s(k + 1))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Definition 3.21",
        hyps=("Summable(k, 0, s(k))",),
        declare="k:N",
        sanity=({"s(k)": "(1/2)**k"}, {"s(k)": "(-1/3)**k"}),
    ),
    Axiom(
        "rest-summable",
        "An absolutely convergent series without its first term converges absolutely.",
        "Summable(k, 0, s(k + 1))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Definition 3.21",
        hyps=("Summable(k, 0, s(k))",),
        declare="k:N",
        sanity=({"s(k)": "(1/2)**k"}, {"s(k)": "(-1/3)**k"}),
    ),
    Axiom(
        "arcsine-series",
        "The binomial series of the arcsine, on the closed interval by Abel's theorem.",
        "asin(t) == Series(k, 0, fact(2*k)/(4**k*fact(k)**2*(2*k + 1))*t**(2*k + 1))",
        "K. Knopp, Theory and Application of Infinite Series, section 24 and (for t = 1, -1) section 20 (Abel)",
        hyps=("-1 <= t", "t <= 1"),
        declare="k:N",
        sanity=({"t": "1/2"}, {"t": "-3/4"}),
    ),
    Axiom(
        "arcsine-at-one",
        "The sine of pi/2 is 1.",
        "asin(1) == pi/2",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        sanity=({}, {}),
    ),
    Axiom(
        "term-of-series",
        "A convergent series of non-negative terms is at least each of them.",
        "s(q) <= Series(k, 0, s(k))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 3.24",
        hyps=("Summable(k, 0, s(k))", "All(k, 0 <= s(k))"),
        declare="k,q:N",
        sanity=({"s(k)": "(1/2)**k", "q": "0"}, {"s(k)": "(1/3)**k", "q": "2"}),
    ),
    Axiom(
        "idempotent-trace",
        "The trace of an idempotent matrix is its rank; so an idempotent matrix with trace 0 is 0.",
        "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, M(i, j) == 0)))",
        "R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., section 3.3 (minimal polynomial of an idempotent)",
        hyps=(
            "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, Sum(k, 1, n, M(i, k)*M(k, j)) == M(i, j))))",
            "Sum(i, 1, n, M(i, i)) == 0",
        ),
        declare="i,j,k:Z n:N",
        sanity=({"n": "2", "M(i,j)": "0"}, {"n": "0", "M(i,j)": "1"}),
    ),
    Axiom(
        "tensor-power",
        "The tensor powers of vectors b_i are vectors whose inner products are the powers of those of the b_i.",
        "All(i, All(j, Sum(p, 1, N, k(i, p)*k(j, p)) == Sum(c, 1, d, b(i, c)*b(j, c))**m))",
        "R. A. Horn and C. R. Johnson, Topics in Matrix Analysis, section 4.2, Lemma 4.2.10",
        declare="i,j,c,p:Z d,m,N:N",
        exists=("N", "k"),
        sanity=(
            {"d": "1", "m": "2", "b(i,c)": "i*c", "N": "1", "k(i,p)": "i**2"},
            {"d": "2", "m": "0", "b(i,c)": "i + c", "N": "1", "k(i,p)": "1"},
        ),
    ),
    Axiom(
        "invariant-tensor",
        "Tensor powers of odd order 2h + 1, as symmetric tensors with Bombieri's inner product, and the d tensors "
        "T_c of "
        "the forms x_c |x|^(2h): a power of b_i reproduces the value of a form at b_i, and sum_c |T_c|^2 = 1/mu_h, "
        "where "
        "mu_h is the mean of t^(2h + 2) for a coordinate t of a uniform unit vector.",
        "All(i, All(j, Sum(p, 1, N, k(i, p)*k(j, p)) == Sum(c, 1, d, b(i, c)*b(j, c))**(2*h + 1))) "
        "and All(i, All(c, Imp(1 <= c, c <= d, "
        "Sum(p, 1, N, T(c, p)*k(i, p)) == b(i, c)*Sum(m, 1, d, b(i, m)**2)**h))) "
        "and Sum(c, 1, d, Sum(p, 1, N, T(c, p)**2)) == 1/mu(h)",
        "B. Reznick, Sums of even powers of real linear forms, Mem. Amer. Math. Soc. 463 (1992), for the inner product "
        "of forms and its reproducing property; the norm follows with the Laplacian of powers of the length",
        hyps=("1 <= d", "mu(0) == 1/d", "All(l, mu(l + 1) == mu(l)*(2*l + 3)/(d + 2*l + 2))"),
        declare="i,j,c,m,p:Z d,h,l,N:N",
        exists=("N", "k", "T"),
        sanity=(
            {"d": "1", "h": "2", "b(i,c)": "i", "mu(h)": "1", "N": "1", "k(i,p)": "i**5", "T(c,p)": "1"},
            {
                "d": "2",
                "h": "0",
                "b(i,c)": "i*c",
                "mu(h)": "fact(2*h + 2)/(4**(h + 1)*fact(h + 1)**2)",
                "N": "2",
                "k(i,p)": "i*p",
                "T(c,p)": "delta(c,p)",
            },
        ),
    ),
    Axiom(
        "gram-schmidt",
        "The span of n arrays v_i has an orthonormal basis of at most n arrays (zero arrays fill it up to n): "
        "each v_i is the sum of its projections on the q_s, no q_s is longer than 1, and two of them are orthogonal.",
        "All(i, All(c, All(p, Imp(1 <= i, i <= n, 1 <= c, c <= d, 1 <= p, p <= N, v(i, c, p) == "
        "Sum(s, 1, n, Sum(e, 1, d, Sum(r, 1, N, v(i, e, r)*q(s, e, r)))*q(s, c, p)))))) "
        "and All(s, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2)) <= 1) "
        "and All(s, All(r, Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)*q(r, c, p))) == "
        "delta(s, r)*Sum(c, 1, d, Sum(p, 1, N, q(s, c, p)**2))))",
        "G. Strang, Linear Algebra and Its Applications, 4th ed., section 3.4",
        declare="i,s,c,e,p,r:Z n,d,N:N",
        exists=("q",),
        sanity=(
            {
                "n": "1",
                "d": "2",
                "N": "1",
                "v(i,c,p)": "3*delta(c,1) + 4*delta(c,2)",
                "q(s,c,p)": "delta(s,1)*(3/5*delta(c,1) + 4/5*delta(c,2))",
            },
            {"n": "2", "d": "1", "N": "1", "v(i,c,p)": "i", "q(s,c,p)": "delta(s,1)"},
        ),
    ),
    # --- expectations E[z] over independent standard normal z(1), z(2), ...
    Axiom(
        "gaussian-mean",
        "Standard normals have mean 0.",
        "E[z](z(k)) == 0",
        "definition of the standard normal distribution",
        declare="k:Z",
        sanity=({"k": "1"}, {"k": "3"}),
    ),
    Axiom(
        "gaussian-covariance",
        "Independent standard normals have unit variance and are uncorrelated.",
        "E[z](z(k)*z(l)) == delta(k, l)",
        "definition of the standard normal distribution",
        declare="k,l:Z",
        sanity=({"k": "1", "l": "1"}, {"k": "1", "l": "2"}),
    ),
    Axiom(
        "gaussian-square-integrable",
        "Standard normals are square integrable.",
        "L2[z](z(k))",
        "definition of the standard normal distribution",
        declare="k:Z",
        sanity=({"k": "1"}, {"k": "3"}),
    ),
    Axiom(
        "odd-mean",
        "The expectation of an odd function of a standard normal is 0; its value at 0 plays no role.",
        "E[z](s(z(1))) == 0",
        "definition of the standard normal distribution: its density is even",
        hyps=("All(x, Imp(0 < x, s(-x) == -s(x)))",),
        sanity=({"s(x)": "x**3"}, {"s(x)": "relu(x) - relu(-x)"}),
    ),
    Axiom(
        "half-lines-square-integrable",
        "A function of a standard normal with one value on each half-line is square integrable.",
        "L2[z](s(z(1)))",
        "definition of square integrability: the function is bounded",
        hyps=("All(x, Imp(0 < x, s(x) == a))", "All(x, Imp(x < 0, s(x) == b))"),
        sanity=({"s(x)": "abs(x)/x", "a": "1", "b": "-1"}, {"s(x)": "-3", "a": "-3", "b": "-3"}),
    ),
    Axiom(
        "modulus-square-integrable",
        "The modulus of a square-integrable variable is square integrable.",
        "L2[z](abs(s(z(1))))",
        "definition of square integrability",
        hyps=("L2[z](s(z(1)))",),
        sanity=({"s(x)": "x"}, {"s(x)": "abs(x)/x"}),
    ),
    Axiom(
        "affine-square-integrable",
        "An affine function of a standard normal and its positive part are square integrable.",
        "L2[z](a + b*z(1)) and L2[z](relu(a + b*z(1)))",
        "definition of square integrability: both grow at most linearly",
        sanity=({"a": "1", "b": "-2"}, {"a": "0", "b": "1/2"}),
    ),
    Axiom(
        "gaussian-independence",
        "The expectation of a product of independent square-integrable variables is the product of the expectations.",
        "E[z](s(z(1))*t(z(2))) == E[z](s(z(1)))*E[z](t(z(1)))",
        "P. Billingsley, Probability and Measure, 3rd ed., (21.19)",
        hyps=("L2[z](s(z(1)))", "L2[z](t(z(1)))"),
        sanity=({"s(x)": "x**2", "t(x)": "x**2 + x"}, {"s(x)": "relu(x)", "t(x)": "relu(-x)"}),
    ),
    Axiom(
        "mean-central-limit",
        "The Berry-Esseen bound in the mean: a sum of independent centred variables with unit variance and finite "
        "moments, written as functions of independent normals, has nearly the mean modulus of a normal.",
        "abs(E[z](abs(Sum(k, 1, d, u(k)*f(k, z(k))))) - sqrt(2/pi)) <= "
        "Sum(k, 1, d, abs(u(k))**3*E[z](abs(f(k, z(k)))**3))",
        "L. Goldstein, Bounds on the constant in the mean central limit theorem, Ann. Probab. 38 (2010) 1672; "
        "the modulus is Lipschitz",
        hyps=(
            "Sum(k, 1, d, u(k)**2) == 1",
            "All(k, E[z](f(k, z(k))) == 0)",
            "All(k, E[z](f(k, z(k))*f(k, z(k))) == 1)",
            "All(k, L2[z](f(k, z(k))**2))",
        ),
        declare="k:Z d:N",
        sanity=(
            {"d": "2", "u(k)": "3/5*delta(k,1) + 4/5*delta(k,2)", "f(k,x)": "x"},
            {"d": "1", "u(k)": "-1", "f(k,x)": "abs(x)/x"},
        ),
    ),
    Axiom(
        "gaussian-characteristic",
        "The characteristic function of a standard normal.",
        "E[z](cos(t*z(k))) == exp(-t**2/2) and E[z](sin(t*z(k))) == 0",
        "P. Billingsley, Probability and Measure, 3rd ed., section 26 (the table of characteristic functions)",
        declare="k:Z",
        sanity=({"k": "1", "t": "1"}, {"k": "2", "t": "-3/2"}),
    ),
    Axiom(
        "modulus-by-characteristic",
        "The mean modulus of a sum of independent symmetric variables of finite variance, written as functions of "
        "independent normals, is an absolutely convergent integral of its characteristic function C(d, t), which is "
        "the product of theirs.",
        "Integrable(t, 0, oo, (1 - C(d, t))/t**2) and E[z](abs(Sum(k, 1, d, u(k)*f(k, z(k))))) == "
        "2/pi*Int(t, 0, oo, (1 - C(d, t))/t**2)",
        "B. von Bahr and C.-G. Esseen, Inequalities for the rth absolute moment of a sum of random variables, Ann. "
        "Math. Statist. 36 (1965) 299, Lemma 2; P. Billingsley, Probability and Measure, 3rd ed., (26.12), for the "
        "product",
        hyps=(
            "All(k, L2[z](f(k, z(k))))",
            "All(k, All(t, E[z](sin(t*f(k, z(k)))) == 0))",
            "All(t, C(0, t) == 1)",
            "All(k, All(t, Imp(0 <= k, C(k + 1, t) == C(k, t)*E[z](cos(t*(u(k + 1)*f(k + 1, z(k + 1))))))))",
        ),
        declare="k:Z d:N",
        sanity=(
            {"d": "1", "u(k)": "1", "f(k,x)": "x", "C(k,t)": "exp(-k*t**2/2)"},
            {"d": "1", "u(k)": "-1", "f(k,x)": "2*x", "C(k,t)": "exp(-2*k*t**2)"},
        ),
    ),
    Axiom(
        "gaussian-rotation",
        "The law of a Gaussian vector is invariant under rotations: two unit directions whose inner product is r see "
        "the pair (z_1, r z_1 + sqrt(1 - r^2) z_2).",
        "E[z](f(Sum(k, 1, d, u(k)*z(k)), Sum(k, 1, d, v(k)*z(k)))) == E[z](f(z(1), r*z(1) + sqrt(1 - r**2)*z(2)))",
        "P. Billingsley, Probability and Measure, 3rd ed., section 29 (normal distributions in R^k)",
        hyps=("Sum(k, 1, d, u(k)**2) == 1", "Sum(k, 1, d, v(k)**2) == 1", "Sum(k, 1, d, u(k)*v(k)) == r"),
        declare="k:Z d:N",
        sanity=(
            {
                "f(x,y)": "x*y + y**2",
                "d": "2",
                "u(k)": "delta(k,1)",
                "v(k)": "3/5*delta(k,1) + 4/5*delta(k,2)",
                "r": "3/5",
            },
            {"f(x,y)": "x**2*y**2", "d": "2", "u(k)": "delta(k,1)", "v(k)": "delta(k,2)", "r": "0"},
        ),
    ),
    Axiom(
        "gaussian-direction-square-integrable",
        "In a unit direction a Gaussian vector is standard normal, so that square integrability carries over.",
        "L2[z](s(Sum(k, 1, d, u(k)*z(k))))",
        "P. Billingsley, Probability and Measure, 3rd ed., section 29 (normal distributions in R^k)",
        hyps=("Sum(k, 1, d, u(k)**2) == 1", "L2[z](s(z(1)))"),
        declare="k:Z d:N",
        sanity=(
            {"s(x)": "x**2", "d": "2", "u(k)": "3/5*delta(k,1) + 4/5*delta(k,2)"},
            {"s(x)": "relu(x)", "d": "1", "u(k)": "-1"},
        ),
    ),
    Axiom(
        "gaussian-density",
        "The expectation of a function of a standard normal, which is p(x) at x > 0 and q(x) at -x, by the density.",
        "E[z](s(z(1))) == Int(x, 0, oo, (p(x) + q(x))*exp(-x**2/2))/sqrt(2*pi)",
        "definition of the standard normal distribution",
        hyps=(
            "All(x, Imp(0 < x, s(x) == p(x)))",
            "All(x, Imp(0 < x, s(-x) == q(x)))",
            "Integrable(x, 0, oo, p(x)*exp(-x**2/2))",
            "Integrable(x, 0, oo, q(x)*exp(-x**2/2))",
        ),
        sanity=(
            {"s(x)": "x**2", "p(x)": "x**2", "q(x)": "x**2"},
            {"s(x)": "relu(x)", "p(x)": "x", "q(x)": "0"},
        ),
    ),
    Axiom(
        "hermite-integrable",
        "A polynomial times the Gaussian weight is integrable.",
        "Integrable(x, 0, oo, He(n, x)*exp(-x**2/2))",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.6 (f)",
        declare="n:N",
        sanity=({"n": "0"}, {"n": "3"}),
    ),
    Axiom(
        "hermite-decay",
        "A polynomial times the Gaussian weight tends to 0.",
        "Lim(x, c*He(n, x)*exp(-x**2/2), 0)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.6 (f)",
        declare="n:N",
        sanity=({"n": "0", "c": "1"}, {"n": "3", "c": "-2"}),
    ),
    Axiom(
        "hermite-expansion",
        "Mehler's formula in the form of Hermite coefficients: the correlation of two functions of unit directions.",
        "E[z](s(Sum(k, 1, d, u(k)*z(k)))*t(Sum(k, 1, d, v(k)*z(k)))) == Series(l, 0, E[z](s(z(1))*He(l, z(1)))"
        "*E[z](t(z(1))*He(l, z(1)))/fact(l)*Sum(k, 1, d, u(k)*v(k))**l)",
        "R. O'Donnell, Analysis of Boolean Functions, section 11.2",
        hyps=("Sum(k, 1, d, u(k)**2) == 1", "Sum(k, 1, d, v(k)**2) == 1", "L2[z](s(z(1)))", "L2[z](t(z(1)))"),
        declare="k:Z d,l:N",
        sanity=(
            {"s(x)": "x**3", "t(x)": "x", "d": "2", "u(k)": "delta(k,1)", "v(k)": "3/5*delta(k,1) + 4/5*delta(k,2)"},
            {"s(x)": "x**2", "t(x)": "x**2 + x", "d": "1", "u(k)": "1", "v(k)": "-1"},
        ),
    ),
    Axiom(
        "hermite-bessel",
        "The squared Hermite coefficients of a square-integrable function are summable.",
        "Summable(l, 0, E[z](s(z(1))*He(l, z(1)))**2/fact(l))",
        "R. O'Donnell, Analysis of Boolean Functions, section 11.2",
        hyps=("L2[z](s(z(1)))",),
        declare="l:N",
        sanity=({"s(x)": "x**3"}, {"s(x)": "x**2 + x"}),
    ),
]

AXIOMS: dict[str, Axiom] = {a.name: a for a in _LIST}
