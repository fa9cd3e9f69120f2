"""What the addons cost Odoo's own operations: a database with them, one without."""

import datetime
import json
import os
from contextlib import contextmanager

from benchmark import host_report, inside, readme, report
from kontakti_setup.errors import say

NAME = "host"
BURST = 3  # calls a turn: the processor's caches are warm again
# Two processes of one program differ by some percent, by where their memory lies.
PAIRS = 5


def publish(run, options):
    """Measure, print and keep it."""
    found = measure(run, options)
    print(host_report.text(found))
    say(f"wrote {report.save(found, options.output, NAME)}")
    if options.keep:
        readme.place(NAME, after="latest")
        readme.put(NAME, host_report.text(found))
    return 0


def measure(run, options):
    """Each operation in turn in both databases, by several pairs of processes.

    See :mod:`benchmark.host_report`.
    """
    machine = report.machine()
    names, seconds = _filled(run, options)
    taken = {asked: [[], []] for asked in host_report.questions()}
    calls = {}
    pairs = min(PAIRS, options.repeats)
    for _pair in range(pairs):
        with _peer(run, names[0]) as ours, _peer(run, names[1]) as theirs:
            peers = (ours, theirs)
            for asked, sides in taken.items():
                _take_turns(asked, peers, -(-options.repeats // pairs), sides)
                calls[asked] = [peer.take(asked, 0)[0]["calls"] for peer in peers]
    return {
        "size": options.size,
        "documents": options.size // 5,
        "seed": options.seed,
        "date": datetime.date.today().isoformat(),
        "machine": machine,
        "versions": inside.versions(run),
        "fill_seconds": round(seconds, 1),
        "host": [
            host_report.line(*asked, sides, calls[asked])
            for asked, sides in taken.items()
        ],
    }


def _filled(run, options):
    """The names of the database with the addons and of the one without."""
    filling = inside.Filling("host_rows", "host_around", "fill", "rows")
    templates = {"with": run.templates.kontakti(), "without": run.templates.base()}
    plan = {"size": options.size, "seed": options.seed}
    keep, fresh = options.keep_database, options.fresh
    names, total = [], 0.0
    for side, template in templates.items():
        say(f"filling {options.size:,} messages, {side} the addons")
        hint = f"{NAME}_{side}"
        name, seconds = filling.filled(run, hint, template, keep, fresh, plan)
        names.append(name)
        total += seconds
    if keep:
        inside.drop_kept(run, [NAME], names)
    return names, total


def _take_turns(asked, peers, repeats, taken):
    """Add to both sides what the calls took, after a turn each that warms up."""
    for turn in range(1 + repeats):
        for side, peer in enumerate(peers):
            calls = peer.take(asked, BURST)
            taken[side] += calls if turn else []
    ours, theirs = ({one["found"] for one in side} for side in taken)
    assert len(ours) == 1, f"{asked}: found {ours}"
    assert ours == theirs, f"{asked}: {ours} with the addons, {theirs} without"


@contextmanager
def _peer(run, db):
    """A process that calls operations in a database until the block ends."""
    peer = _Peer(run, db)
    try:
        yield peer
    finally:
        peer.stop()


class _Peer:
    FUNCTION = "host.serve"

    def __init__(self, run, db):
        asked, asking = os.pipe()
        answering, answered = os.pipe()
        arguments = {"asking": asked, "answering": answered}
        self.config = run._odoo.config()
        self.process = inside.start(
            run, db, self.config, self.FUNCTION, arguments, (asked, answered)
        )
        os.close(asked)
        os.close(answered)
        self.questions = os.fdopen(asking, "w", buffering=1)
        self.answers = os.fdopen(answering)

    def take(self, asked, times):
        """Call an operation, ``(login, key)``; returns what each call took.

        0 times: how many function calls it is, see :func:`benchmark.host.serve`.
        """
        answer = ""
        try:
            print(json.dumps([*asked, times]), file=self.questions)
            answer = self.answers.readline()
        except BrokenPipeError:
            pass
        if not answer:
            raise inside.failed(f"{self.FUNCTION} {asked}", self.process.stdout.read())
        return json.loads(answer)

    def stop(self):
        """End the process by giving it nothing more to do."""
        self.questions.close()
        self.process.stdout.read()
        self.process.wait()
        self.answers.close()
        self.config.unlink()
