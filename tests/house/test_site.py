"""The documentation as a site: every page is reached, every public name and every claim named on a page exists."""

import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lemmata
from lemmata.claims.register import register

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r"^```\{([\w-]+)\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLAIM = re.compile(r"`((?:mf|ae)\.[\w.-]*[\w*])`")


def _blocks(page: Path, kind: str) -> Iterator[str]:
    return (body for found, body in BLOCK.findall(page.read_text("utf-8")) if found == kind)


def _listed(page: Path) -> set[Path]:
    """The pages that the tables of contents of a page name."""
    lines = [line.strip() for body in _blocks(page, "toctree") for line in body.splitlines()]
    return {(page.parent / f"{line}.md").resolve() for line in lines if line and not line.startswith(":")}


def test_every_page_is_reached_from_the_first_one() -> None:
    reached, waiting = set(), {DOCS / "index.md"}
    while waiting:
        page = waiting.pop()
        assert page.is_file(), page
        reached.add(page)
        waiting |= _listed(page) - reached
    assert reached == set(PAGES)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        text = re.sub(r"^```.*?^```$|`[^`]*`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if not target.startswith("https://"):
                assert (page.parent / target).is_file(), f"{page.name}: {target}"


def test_every_claim_on_a_page_exists() -> None:
    shown: list[str] = []
    for page in PAGES:
        named = CLAIM.findall(page.read_text("utf-8"))
        inside = [line for body in _blocks(page, "claim") for line in body.split() if not line.startswith(":")]
        assert set(named) | set(inside) <= set(register()), page.name
        shown += inside
    assert len(shown) > 20
    assert len(shown) == len(set(shown)), "a claim is shown on one page, and linked to from the others"


def _documented() -> tuple[set[str], set[str]]:
    """The modules of which the reference shows all public names, and the names that it shows one by one."""
    text = "\n".join(body for page in (DOCS / "reference").glob("*.md") for body in _blocks(page, "eval-rst"))
    modules = {
        m for m, options in re.findall(r"automodule:: (\S+)\n((?:   :.*\n)*)", text) if "no-members" not in options
    }
    return modules, set(re.findall(r"auto(?:class|function|exception):: (\S+)", text))


def test_every_public_name_is_in_the_reference() -> None:
    modules, names = _documented()
    homes = ("numerics.meanfield", "numerics.autoencoder", "numerics.estimators", "numerics.sweep", "claims")
    assert {f"lemmata.{home}" for home in homes} | {"lemmata.claims.testing.strategies"} <= modules
    for name in names:
        home, _, last = name.rpartition(".")
        assert hasattr(importlib.import_module(home), last), name
    first = (DOCS / "reference" / "index.md").read_text("utf-8")
    for name in lemmata.__all__:
        assert re.search(rf"[.~]{name}`", first), name


def test_every_command_is_in_the_reference(capsys: pytest.CaptureFixture[str]) -> None:
    from lemmata.reports.commands.main import main

    main([])
    shown = capsys.readouterr().out.split("Commands:")[1].split("Exit status")[0]
    commands = set(re.findall(r"^  ([a-z][a-z-]*) ", shown, re.MULTILINE))
    assert {"check", "knots", "bound"} <= commands
    assert {body.split()[1] for body in _blocks(DOCS / "reference" / "commands.md", "help")} == commands


@pytest.fixture
def extension(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sphinx", reason="the extra `docs` is not installed")
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))


def _build(place: Path, text: str) -> tuple[bool, str]:
    """Build one page with the project's own extensions; whether without a warning, and its HTML."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    place.joinpath("index.md").write_text(text, "utf-8")
    settings = {
        "extensions": ["myst_parser", "offline", "derivations"],
        "html_math_renderer": "mathml",
        "myst_enable_extensions": ["dollarmath"],
    }
    with docutils_namespace():
        app = Sphinx(place, None, place / "out", place / "trees", "html", settings, None, None, warningiserror=True)
        app.build()
    return app.statuscode == 0, (place / "out" / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("extension")
def test_a_page_shows_the_derivation_and_the_verdict(tmp_path: Path) -> None:
    claims = "```{claim}\nmf.eq-6.4.printed\nmf.weak-duality\n```"
    clean, page = _build(tmp_path, f"# T\n\n$a^2$ and `mf.eq-6.4.printed`\n\n{claims}\n")
    assert clean
    assert page.count('<div class="claim"') == 2
    assert 'class="v v-refuted"' in page
    assert 'class="v v-proved"' in page
    assert "<math" in page
    assert 'href="#claim-mf.eq-6.4.printed"' in page
    assert page.count('id="claim-mf.weak-duality-s') == 8
    assert "MathJax" not in page


@pytest.mark.usefixtures("extension")
@pytest.mark.parametrize("text", ["```{claim}\nmf.no-such-claim\n```", "```{claim}\n```", r"$\mystery{x}$"])
def test_a_page_with_a_mistake_is_not_clean(text: str, tmp_path: Path) -> None:
    assert not _build(tmp_path, f"# T\n\n{text}\n")[0]


@pytest.mark.usefixtures("extension")
def test_a_page_that_loads_something_remote_is_refused(tmp_path: Path) -> None:
    from sphinx.errors import ExtensionError

    with pytest.raises(ExtensionError, match="loads https"):
        _build(tmp_path, "# T\n\n![x](https://example.org/x.png)\n")


@pytest.mark.usefixtures("extension")
def test_what_a_page_loads_is_told_from_what_it_links_to() -> None:
    offline = importlib.import_module("offline")
    assert offline.remote_loads("a.html", '<a href="https://x.org">x</a><img src="a.png">') == []
    assert offline.remote_loads("a.html", '<link rel="stylesheet" href="https://x.org/a.css">')
    assert offline.remote_loads("a.html", '<style>@import "//x.org/a.css";</style>')
    assert offline.remote_loads("a.css", "body{background:url(https://x.org/a.png)}")
    assert offline.remote_loads("a.css", "body{background:url(a.png)}") == []


@pytest.mark.usefixtures("extension")
@pytest.mark.parametrize("module", ["offline", "docstrings"])
def test_examples_of_the_extensions(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.usefixtures("extension")
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["|f| at x_ is 2*n."], [r"\|f\| at x\_ is 2\*n."]),
        (["As `fit` and `other` do."], ["As :py:obj:`~m.fit` and ``other`` do."]),
        ([">>> a | b", "`x`"], [">>> a | b", "`x`"]),
        (["Args: x, y: rows (M; N); lam: λ. Returns: a `fit`."],
         ["**Arguments.**", "", "* ``x``, ``y``: rows (M; N)", "* ``lam``: λ", "",
          "**Returns.** a :py:obj:`~m.fit`.", ""]),
        (["gap: a bound; 0 at best; knots: all."], ["* ``gap``: a bound; 0 at best", "* ``knots``: all", ""]),
        (["f: no field; of the class."], ["f: no field; of the class."]),
    ],
)  # fmt: skip
def test_docstrings_become_restructured_text(written: list[str], shown: list[str]) -> None:
    names, fields = {"fit": ":py:obj:`~m.fit`"}, frozenset({"gap", "knots"})
    assert importlib.import_module("docstrings").as_restructured(written, names, fields) == shown
