"""The two-layer autoencoder in the kernel's language: data, code, decoder, risk, Hermite coefficients.

z(1), ..., z(d) are independent standard normals.  The encoder's rows b_i are unit vectors (all integers index them, the
first n are used), x_hat = A sigma(B z)/c_1 with c_1 = E[z sigma(z)], so that A is the decoder times c_1, and

    c_l = E[sigma(z) He_l(z)]/sqrt(l!),   G = B B^T,   F_ij = sum_l (c_l/c_1)^2 G_ij^l.

"The source" below is the setting of Shevchenko, Kogler, Hassani, Mondelli, ICML 2023, as its abstract describes it.
"""

from __future__ import annotations

DECLARE = "i,j,k,m,e:Z n,d,l,p:N"

#: Abbreviations of statements and derivations.
LET = {
    "u(i)": "Sum(m, 1, d, b(i, m)*z(m))",
    "G(i,j)": "Sum(k, 1, d, b(i, k)*b(j, k))",
    "c(l)": "E[z](sigma(z(1))*He(l, z(1)))/sqrt(fact(l))",
    "F(i,j)": "Series(l, 0, (c(l)/c1)**2*G(i, j)**l)",
    "risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)/c1*sigma(u(i))))**2))/d",
    "trace": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k)))",
    "r": "n/d",
}

#: Hypotheses: unit rows, a square-integrable activation, its first Hermite coefficient, which is not 0.
HYPS = {
    "dimension": "1 <= d",
    "unit": "All(i, Sum(m, 1, d, b(i, m)**2) == 1)",
    "square_integrable": "L2[z](sigma(z(1)))",
    "coefficient": "c1 == E[z](z(1)*sigma(z(1)))",
    "nonzero": "c1 != 0",
}

#: Values at which the hypotheses hold: two orthogonal rows in the plane and a cubic activation.
EXAMPLE = {
    "n": "2",
    "d": "2",
    "b(i,k)": "(1 - delta(i, 2))*delta(k, 1) + delta(i, 2)*delta(k, 2)",
    "sigma(x)": "x**3 - 2*x",
    "c1": "1",
    "A(k,i)": "delta(k, i)",
}
