"""The process that holds cvc5: a question a line in, an answer a line out, both JSON; a program by itself."""

from __future__ import annotations

import json
import signal
import sys

import cvc5


def answer(text: str, options: dict[str, str]) -> str:
    """Return what cvc5 says to a script's last command: "unsat", "sat" or "unknown"."""
    solver = cvc5.Solver(cvc5.TermManager())
    for name, value in options.items():
        solver.setOption(name, value)
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "step")
    names = parser.getSymbolManager()
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = command.invoke(solver, names) or said
    said = said.strip()
    return said if said in ("unsat", "sat") else "unknown"


def main() -> None:
    """Say that it is ready, and answer questions until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interruption is the asking process's to report
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            said = answer(question["text"], question["options"])
        except RuntimeError as err:  # what cvc5 raises where it gives up
            print(f"cvc5: {err}", file=sys.stderr)
            said = "unknown"
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
