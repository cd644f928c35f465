"""Characters outside ASCII in LaTeX, without packages for them."""

from __future__ import annotations

import unicodedata

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}",
}  # fmt: skip
_TEXT = {
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\dots{}",
    "\xa0": "~", "·": r"\textperiodcentered{}",
    "§": r"\S{}", "†": r"\dag{}", "‐": "-", "‑": "-", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
MATH = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi",
    "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "∞": r"\infty",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "∼": r"\sim", "→": r"\to", "↦": r"\mapsto",
    "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset",
    "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset", "±": r"\pm", "∓": r"\mp", "×": r"\times",
    "·": r"\cdot", "−": "-", "∂": r"\partial", "∇": r"\nabla", "∫": r"\int", "∑": r"\sum", "∏": r"\prod",
    "√": r"\surd", "∀": r"\forall", "∃": r"\exists", "∗": "*", "′": "'", "″": "''", "‖": r"\Vert", "∣": r"\mid",
    "⊥": r"\bot", "⊤": r"\top", "⊗": r"\otimes", "⊕": r"\oplus", "∘": r"\circ", "⟨": r"\langle", "⟩": r"\rangle",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "ℓ": r"\ell", "ℝ": r"\mathbb{R}",
    "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "𝔼": r"\mathbb{E}",
    "∎": r"\blacksquare",
    "↗": r"\nearrow", "↻": r"\circlearrowright", "✕": r"\times", "✓": r"\checkmark", "°": r"^{\circ}",
}  # fmt: skip
"""Characters that are commands in mathematics."""


def character(letter: str) -> str:
    r"""One character of prose as LaTeX; what has no counterpart is written as its code point.

    >>> character("λ"), character("%"), character("∮")
    ('\\ensuremath{\\lambda}', '\\%', '[U+222E]')
    """
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter in _TEXT:
        return _TEXT[letter]
    if letter.isascii() or ("\xa1" <= letter <= "\u017f" and letter.isalpha()):
        return letter
    if letter in MATH:
        return rf"\ensuremath{{{MATH[letter]}}}"
    name = unicodedata.name(letter, "")
    if name.startswith(("SUPERSCRIPT ", "SUBSCRIPT ", "MODIFIER LETTER SMALL ", "LATIN SUBSCRIPT SMALL LETTER ")):
        base = unicodedata.normalize("NFKC", letter).replace("−", "-")
        if base.isascii():
            return rf"\ensuremath{{{'_' if 'SUBSCRIPT' in name else '^'}{{{base}}}}}"
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if c.isascii() and c.isprintable())
    return "".join(_ESCAPES.get(c, c) for c in base) or rf"[U+{ord(letter):04X}]"
