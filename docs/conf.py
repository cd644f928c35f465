"""How Sphinx builds these pages: strictly, and without any network. `make docs` runs it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import lemmata
from lemmata.reports.embedded import palette

project = "lemmata"
author = "The lemmata developers"
release = version = lemmata.__version__
copyright = f"2026, {author}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "offline", "derivations", "docstrings"]
exclude_patterns = ["_ext"]

myst_enable_extensions = ["dollarmath", "html_image"]
myst_heading_anchors = 3

smartquotes = False
nitpicky = True
# Names of the standard library and of NumPy, Matplotlib and scikit-learn: where they lead is on the network. Then the
# types of fields that are not for users.
nitpick_ignore_regex = [
    ("py:.*", r"(numpy|np|collections|pathlib|os|fractions|matplotlib|sklearn|hypothesis|st|scipy|typing)(\..*)?"),
    ("py:class", r"Array|ArrayLike|Axes|FittedEstimator"),
    (
        "py:class",
        r"lemmata\..*\.(Model|Rows|PiecewiseLinear|ExactRows|_?Units|Circle|DualPoint|Branches|Cut|Loss|Task|_Problem|Signature)",
    ),
]

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_numpy_docstring = False
napoleon_custom_sections = ["Source"]
python_maximum_signature_line_length = 80

html_math_renderer = "mathml"
html_theme = "furo"
html_title = f"lemmata {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = html_show_sourcelink = False


def _colours(scheme: str) -> dict[str, str]:
    """The theme's colours, those of the report."""
    own = palette(scheme)
    return {
        "color-background-primary": own["bg"],
        "color-background-secondary": own["panel"],
        "color-foreground-primary": own["ink"],
        "color-foreground-secondary": own["mut"],
        "color-brand-primary": own["link"],
        "color-brand-content": own["link"],
        "color-brand-visited": own["link"],
        **own,
    }


html_theme_options = {"light_css_variables": _colours("light"), "dark_css_variables": _colours("dark")}
