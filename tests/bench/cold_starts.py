"""What each function imports, against what nobody could do without: the SDK with a client, and Claude's client."""

import re
from collections import Counter

from tests.bench.lines import Line, Options, Part
from tests.bench.processes import Interpreter, Script, Time, medians
from tests.costing.tables import table

_SDK = "import boto3; boto3.client('dynamodb')"
_CLAUDE = "from arxiv_daily.flow.claude import load_meanwhile; load_meanwhile().join()"
_TEMPLATES = """
from arxiv_daily.publishing.environment import page_environment, post_environment
for name in page_environment('zh-CN').list_templates():
    (post_environment if name.endswith('.md.j2') else page_environment)('zh-CN').get_template(name)
"""
_CLIENTS = "import boto3; boto3.resource('dynamodb').Table('bench'); boto3.client({!r})"
SCRIPTS = {
    "SDK": Script({"import": _SDK}),
    "SDK and anthropic": Script({"import": f"{_SDK}; import anthropic"}),
    "fetch": Script({"import": "import app", "AWS clients": _CLIENTS.format("sqs")}, "fetch"),
    "summarize": Script(
        {
            "import": "import app",
            "AWS clients": _CLIENTS.format("sqs"),
            "import of Claude's client": _CLAUDE,
            "Claude's client": "from arxiv_daily.digests.claude import with_key; with_key('none', '')",
        },
        "summarize",
    ),
    "on_demand": Script({"import": "import app", "AWS clients": _CLIENTS.format("ssm")}, "on_demand"),
    "aggregate": Script(
        {"import": "import app", "AWS clients": _CLIENTS.format("s3"), "every template compiled": _TEMPLATES},
        "aggregate",
    ),
    "notify": Script({"import": "import app", "AWS clients": _CLIENTS.format("sns")}, "notify"),
    "summarize with Claude": Script({"import": f"import app; {_CLAUDE}"}, "summarize"),
}
FUNCTIONS = ("fetch", "summarize", "on_demand", "aggregate", "notify")
_IMPORTED = re.compile(r"import time: +(\d+) \| +\d+ \| +(\w+)")

_ABOUT = """\
Milliseconds of one core, then of the clock, in processes that had just started: the function's folder and the two
layers on the path, bytecode beside the code, files in the page cache. Medians of {rounds} interleaved rounds. Lambda
gives a function with less than 1,769 MB of memory less than a core; there it takes longer in proportion.

*SDK* is `import boto3` and a client; every function has that much. *summarize with Claude* imports all that a reading
needs. In a run, Claude's client is imported in a thread while the paper's text is on its way from arXiv, and not at
all where no text is read. on_demand does what summarize does. aggregate compiles a template when it first renders it.

{steps}
What dominates each import: milliseconds in a package's own modules, under `-X importtime`, which adds to them.

{dominant}"""

Times = dict[str, dict[str, Time]]


def measured(options: Options) -> Part:
    interpreter = Interpreter(options.python)
    times = medians(interpreter, SCRIPTS, options.rounds)
    text = _ABOUT.format(rounds=options.rounds, steps=_steps(times), dominant=_dominants(interpreter))
    return Part("Cold starts", tuple(lines(times)), text)


def lines(times: Times) -> list[Line]:
    """Processor time: importing is work for one core, and other programs do not change how much."""

    def line(name: str, reference: str, limit: float) -> Line:
        processor = {script: times[script]["import"].processor for script in (name, reference)}
        return Line(f"{name}: import", f"{reference}: import", processor[name], processor[reference], limit)

    return [
        line("fetch", "SDK", 2),
        line("aggregate", "SDK", 2),
        line("summarize with Claude", "SDK and anthropic", 1.2),
    ]


def _steps(times: Times) -> str:
    rows = [(name, step, time.processor, time.wall) for name, found in times.items() for step, time in found.items()]
    return table(("", "step", "of a core", "of the clock"), rows)


def _dominants(interpreter: Interpreter) -> str:
    rows = [
        (name, *(f"{package} {milliseconds:.0f}" for package, milliseconds in dominant(interpreter, name)))
        for name in FUNCTIONS
    ]
    return table(("function", "first", "second", "third", "fourth", "fifth"), rows)


def dominant(interpreter: Interpreter, function: str, most: int = 5) -> list[tuple[str, float]]:
    """The packages whose own modules take longest to import, with their milliseconds, the median of three runs."""
    runs = [_by_package(interpreter, function) for _ in range(3)]
    middle = {name: sorted(run[name] for run in runs)[1] for name in runs[0]}
    return sorted(middle.items(), key=lambda one: -one[1])[:most]


def _by_package(interpreter: Interpreter, function: str) -> dict[str, float]:
    code = "import sys; sys.path[:0] = sys.argv[1:]; import app"
    told = interpreter.run(["-X", "importtime", "-c", code], function).stderr
    found: Counter[str] = Counter()
    for microseconds, package in _IMPORTED.findall(told):
        found[package] += int(microseconds)
    return {package: microseconds / 1000 for package, microseconds in found.items()}
