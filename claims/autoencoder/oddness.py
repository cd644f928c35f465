"""Claims on the need for an odd activation."""

from __future__ import annotations

from ...analysis.autoencoder.oddness import EVEN_PART, RELU, odd_neighbour, with_oddness, without_oddness
from ..claim import Claim, Refutation, Text

_BOUND = r"\tfrac1d\,\mathbb E\,|x-\hat x|^2\ \ge\ 1-\frac{r}{\max(r,1)+\alpha}\ \text{ for every activation}"


def _relu() -> Refutation:
    return Refutation(
        without_oddness(),
        RELU,
        (
            ("with oddness", with_oddness(), RELU),
            ("odd activation", without_oddness(), odd_neighbour(RELU)),
            ("no decoder", without_oddness(), {**RELU, "A(k,i)": "0"}),
        ),
    )


def _even_part() -> Refutation:
    return Refutation(
        without_oddness(),
        EVEN_PART,
        (
            ("with oddness", with_oddness(), EVEN_PART),
            ("odd activation", without_oddness(), odd_neighbour(EVEN_PART)),
            ("no decoder", without_oddness(), {**EVEN_PART, "A(k,i)": "0"}),
        ),
    )


CLAIMS = (
    Claim(
        id="ae.relu-cex",
        title="the bound without oddness: ReLU",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "The lower bound for activations that need not be odd. False: two opposite ReLU units in one dimension "
            "reconstruct the data, relu(x) - relu(-x) = x, with risk 0 below the bound 1/3.",
            _BOUND,
        ),
        refutation=_relu,
    ),
    Claim(
        id="ae.even-cex",
        title="the bound without oddness: an even part",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "The bound for activations that need not be odd. False also for x + x^2 - 1 and two rows in the plane "
            "whose inner product is -40/41: the risk 144363/275684 lies below the bound 2/3.",
            _BOUND,
        ),
        refutation=_even_part,
    ),
)
