"""The noiseless problem over finite atomic measures, as the texts that the derivations share.

At zero temperature the free energy (6.1) of JMLR 23(130) depends on a neuron (a, w, b) only through the unit vector
along (w, b) and the weight c = a |(w, b)| (see :mod:`.balance`).  So the unknowns are a number K of units, their
directions (w_k, b_k) on the unit circle and their weights c_k:

    J(c) = (1/2M) sum_i (f(x_i) - y_i)^2 + lambda sum_k |c_k|,     f(x) = sum_k c_k (w_k x + b_k)_+ .
"""

from __future__ import annotations

DECLARE = "i,j,k,l:Z M,K,L:N"

#: One feature on one data point, and on a kink t seen from the right and from the left.
FEATURE = {"u(i,v,z)": "relu(v*x(i)+z)"}


def network(weight: str, v: str, z: str, count: str) -> str:
    """Return the text of f(x_i) for units named by their weight and direction.

    Arguments:
        weight: the symbol of the weights.
        v: the symbol of the first coordinate of the directions.
        z: the symbol of the second coordinate.
        count: how many units there are.

    Returns:
        The sum over the units, as the kernel reads it.

    Example:
        >>> network("c", "w", "b", "K")
        'Sum(k,1,K,c(k)*relu(w(k)*x(i)+b(k)))'
    """
    return f"Sum(k,1,{count},{weight}(k)*relu({v}(k)*x(i)+{z}(k)))"


def objective(predictor: str, penalty: str) -> str:
    """Return the text of J for a predictor on the data and a penalty.

    Arguments:
        predictor: text of f(x_i).
        penalty: text of sum_k |c_k|.

    Returns:
        (1/2M) sum_i (f(x_i) - y_i)^2 + lambda penalty, equation (6.1) after the reduction to unit directions.

    Example:
        >>> objective("f(i)", "1")
        'Sum(i,1,M,(f(i)-y(i))**2)/(2*M)+lam*(1)'
    """
    return f"Sum(i,1,M,({predictor}-y(i))**2)/(2*M)+lam*({penalty})"


#: The predictor, its penalty, the objective, and the correlation g of the residuals (f(x_i) - y_i)/M with a unit.
LET = {
    **FEATURE,
    "f(i)": network("c", "w", "b", "K"),
    "cost": "Sum(k,1,K,abs(c(k)))",
    "J": objective("f(i)", "cost"),
    "g(v,z)": "Sum(i,1,M,(f(i)-y(i))/M*u(i,v,z))",
}
