"""Runs capabilities through the command line's own commands: a JSON list of [who, tool, args] in, one outcome a line out."""

import json
import sys

from click.testing import CliRunner

from cli.call import Capabilities
from tools.declare import Effect, load_all


def options(args: dict[str, object]) -> list[str]:
    """Arguments as options: a list repeats its option, what is no word or number is JSON."""
    found: list[str] = []
    for name, value in args.items():
        flag = f"--{name.replace('_', '-')}"
        for one in value if isinstance(value, list) else [value]:
            found += [flag, one if isinstance(one, str) else json.dumps(one)]
    return found


def main() -> None:
    group, runner = Capabilities(name="call"), CliRunner()
    for email, name, args in json.load(sys.stdin):
        tool = load_all()[name]
        how = ["--json"] if tool.effect is Effect.READ else ["--json", "--preview"]
        result = runner.invoke(group, [name, *options(args), "--as", email, *how], catch_exceptions=True)
        error = str(result.exception) if result.exception and not isinstance(result.exception, SystemExit) else ""
        print(json.dumps([result.exit_code, result.stdout, error or result.stderr]), flush=True)


if __name__ == "__main__":
    main()
