r"""TeX of the kernel's texts, for readers; nothing here decides anything.

Abbreviations stay abbreviations: G(i,j) is printed as a symbol with indices, not as the sum it stands for.
"""

from __future__ import annotations

import ast

_GREEK = {
    "alpha", "beta", "gamma", "delta", "epsilon", "eps", "lam", "lambda", "phi", "psi", "rho", "sigma", "tau", "theta",
    "mu", "nu", "kappa", "omega", "eta", "xi", "chi", "zeta", "Delta", "Gamma", "Theta", "Lambda",
    "Omega", "Sigma", "Phi", "Psi",
}  # fmt: skip
_SPECIAL = {"lam": r"\lambda", "eps": r"\varepsilon", "oo": r"\infty", "phi": r"\varphi", "rho": r"\rho"}
_NAMED = {
    "sin": r"\sin", "cos": r"\cos", "exp": r"\exp", "log": r"\log", "atan": r"\arctan", "asin": r"\arcsin",
    "max": r"\max", "min": r"\min", "erf": r"\operatorname{erf}", "atan2": r"\operatorname{atan2}",
}  # fmt: skip
_COMPARE = {ast.Eq: "=", ast.NotEq: r"\ne", ast.Lt: "<", ast.LtE: r"\le", ast.Gt: ">", ast.GtE: r"\ge"}
_INDEX = frozenset("ijklmnpqrs0123456789")  # arguments printed as indices
_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


def _name(text: str) -> str:
    """Return a variable's name: Greek letters, a trailing number or part after _ as an index, primes kept."""
    base, _, index = text.partition("_")
    if not index and len(base) > 1 and base[-1].isdigit() and base.rstrip("0123456789"):
        stem = base.rstrip("0123456789")
        base, index = stem, base[len(stem) :]
    if base in _SPECIAL:
        shown = _SPECIAL[base]
    elif base in _GREEK:
        shown = "\\" + base
    elif len(base) == 1:
        shown = base
    else:
        shown = rf"\mathit{{{base}}}"
    return f"{shown}_{{{_name(index) if not index.isdigit() else index}}}" if index else shown


def _wrap(text: str, level: int, needed: int) -> str:
    return text if level >= needed else rf"\left({text}\right)"


def _tex(node: ast.expr) -> tuple[str, int]:
    if isinstance(node, ast.Constant):
        return str(node.value), _ATOM
    if isinstance(node, ast.Name):
        return (r"\pi" if node.id == "pi" else _name(node.id)), _ATOM
    if isinstance(node, ast.UnaryOp):
        inner, level = _tex(node.operand)
        if isinstance(node.op, ast.Not):
            return rf"\neg\left({inner}\right)", _ATOM
        return "-" + _wrap(inner, level, _PRODUCT), _SUM
    if isinstance(node, ast.BinOp):
        return _arithmetic(node)
    if isinstance(node, ast.Compare):
        parts = [_tex(node.left)[0]]
        for op, c in zip(node.ops, node.comparators, strict=True):
            parts += [_COMPARE.get(type(op), "?"), _tex(c)[0]]
        return " ".join(parts), 0
    if isinstance(node, ast.BoolOp):
        word = r"\;\wedge\;" if isinstance(node.op, ast.And) else r"\;\vee\;"
        return word.join(_wrap(*_tex(v), 0) for v in node.values), -1
    if isinstance(node, ast.Call):
        return _call(node)
    return r"\text{" + ast.unparse(node).replace("_", r"\_") + "}", _ATOM


def _arithmetic(node: ast.BinOp) -> tuple[str, int]:
    (a, la), (b, lb) = _tex(node.left), _tex(node.right)
    if isinstance(node.op, ast.Add):
        return f"{a} + {_wrap(b, lb, _PRODUCT) if b.startswith('-') else b}", _SUM
    if isinstance(node.op, ast.Sub):
        return f"{a} - {_wrap(b, lb, _PRODUCT)}", _SUM
    if isinstance(node.op, ast.Mult):
        joint = r" \cdot " if b[:1].isdigit() else r"\,"
        return f"{_wrap(a, la, _PRODUCT)}{joint}{_wrap(b, lb, _PRODUCT)}", _PRODUCT
    if isinstance(node.op, ast.Div):
        return rf"\frac{{{a}}}{{{b}}}", _ATOM
    if isinstance(node.left, ast.Call) and isinstance(node.left.func, ast.Name) and node.left.func.id in _NAMED:
        la = _PRODUCT
    return f"{_wrap(a, la, _ATOM)}^{{{b}}}", _POWER


def _call(node: ast.Call) -> tuple[str, int]:
    if isinstance(node.func, ast.Subscript):
        inner = _tex(node.args[0])[0]
        word = r"\mathbb{E}" if ast.unparse(node.func.value) == "E" else r"\text{square integrable: }"
        return rf"{word}\left[{inner}\right]", _ATOM
    name = ast.unparse(node.func)
    args = [_tex(a) for a in node.args]
    texts = [a for a, _ in args]
    if name == "Sum" and len(args) == 4:
        return rf"\sum_{{{texts[0]}={texts[1]}}}^{{{texts[2]}}} {_wrap(*args[3], _PRODUCT)}", _PRODUCT - 1
    if name == "Series" and len(args) == 3:
        return rf"\sum_{{{texts[0]}={texts[1]}}}^{{\infty}} {_wrap(*args[2], _PRODUCT)}", _PRODUCT - 1
    if name == "Int" and len(args) == 4:
        return rf"\int_{{{texts[1]}}}^{{{texts[2]}}} {_wrap(*args[3], _PRODUCT)}\,d{texts[0]}", _PRODUCT - 1
    if name in ("All", "Ex") and len(args) == 2:
        return rf"\{'forall' if name == 'All' else 'exists'} {texts[0]}:\; {texts[1]}", -2
    if name == "Imp":
        return r" \;\Rightarrow\; ".join(_wrap(*a, 0 if i == len(args) - 1 else -1) for i, a in enumerate(args)), -2
    if name == "Iff":
        return r" \;\Leftrightarrow\; ".join(_wrap(*a, -1) for a in args), -2
    if name == "HasDeriv" and len(args) == 3:
        return rf"\frac{{d}}{{d{texts[0]}}}\left({texts[1]}\right) = {texts[2]}", 0
    if name == "Lim" and len(args) == 3:
        return rf"\lim_{{{texts[0]}\to\infty}} \left({texts[1]}\right) = {texts[2]}", 0
    if name in ("Cont", "Integrable") and len(args) == 4:
        word = "continuous" if name == "Cont" else "integrable"
        return rf"{texts[0]} \mapsto {texts[3]} \;\text{{is {word} on}}\; [{texts[1]}, {texts[2]}]", 0
    if name == "Summable" and len(args) == 3:
        return rf"\sum_{{{texts[0]}\ge {texts[1]}}} \left|{texts[2]}\right| < \infty", 0
    if name == "sqrt":
        return rf"\sqrt{{{texts[0]}}}", _ATOM
    if name == "abs":
        return rf"\left|{texts[0]}\right|", _ATOM
    if name == "relu":
        return rf"\left({texts[0]}\right)_+", _ATOM
    if name == "fact":
        return f"{_wrap(*args[0], _ATOM)}!", _POWER
    if name == "delta":
        return rf"\delta_{{{''.join(texts)}}}", _ATOM
    if name in _NAMED:
        return rf"{_NAMED[name]}\left({', '.join(texts)}\right)", _PRODUCT
    if texts and all(ast.unparse(a) in _INDEX for a in node.args):
        head = _name(name)
        if "_" not in head:
            return rf"{head}_{{{' '.join(texts)}}}", _ATOM
    return rf"{_name(name)}\left({', '.join(texts)}\right)", _ATOM


def tex(text: str) -> str:
    r"""Return the TeX of a statement written in the kernel's language.

    Arguments:
        text: a proposition or term as :class:`lemmata.analysis.kernel.parsing.Signature` reads it.

    Returns:
        TeX for one display; the text itself as \text{...} where it cannot be read.

    Example:
        >>> tex("Sum(i,1,n,b(i,k)**2) == 1")
        '\\sum_{i=1}^{n} b_{i k}^{2} = 1'
    """
    try:
        return _tex(ast.parse(" ".join(text.split()), mode="eval").body)[0]
    except (SyntaxError, ValueError, RecursionError):
        return r"\text{" + text.replace("_", r"\_") + "}"
