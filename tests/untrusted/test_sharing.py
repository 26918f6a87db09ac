"""Values are shared among threads and processes, and neither flags nor imports change anything."""

from __future__ import annotations

import copy
import json
import os
import pickle
import random
import subprocess
import sys
from itertools import islice
from typing import Any

import attrs
import pytest

from backex import DecodeError
from backex.codec import KINDS, dumps, loads
from untrusted import streams
from untrusted.corpora import amount
from untrusted.samples import GOLDEN, samples

#: How many documents are loaded under other flags.
COMPARED = amount(quick=200, ci=2_000, long=20_000)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_shared_as_it_is(kind: str) -> None:
    value: Any = loads(json.dumps(samples()[kind]), KINDS[kind])
    shared = [pickle.loads(pickle.dumps(value, each)) for each in range(2, 6)]
    shared += [copy.copy(value), copy.deepcopy(value), attrs.evolve(value)]
    assert all(each == value and hash(each) == hash(value) for each in shared)


def _ran(script: str, *flags: str, given: bytes = b"", **environment: str) -> str:
    """Return what a script prints in a process of its own, which must say nothing else."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", *flags, "-c", script],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        input=given,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    return ran.stdout.decode()


_FIRST_USE = """
import sys, threading
from pathlib import Path
from typing import Any

text = Path(sys.stdin.read()).read_text(encoding="utf-8")
together, seen = threading.Barrier(8), [None] * 8

def use(index):
    together.wait()
    import backex
    from backex.catalog.upper_back import STOPPING_POLICY
    from backex.codec import digest, dumps, loads
    routine = loads(text, backex.Routine)
    entry = backex.report(1, pain=4)
    seen[index] = (
        dumps(routine),
        digest(routine),
        str(backex.validate(routine)),
        str(backex.verify(STOPPING_POLICY)),
        dumps(backex.decide(STOPPING_POLICY, [entry], baseline=backex.report(0, pain=1))),
    )

threads = [threading.Thread(target=use, args=(index,)) for index in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(None not in seen and len(set(seen)))
"""


def test_eight_threads_that_use_it_first_see_the_same() -> None:
    routine = GOLDEN / "format-1-routine.json"
    for switch in range(amount(quick=1, ci=3, long=20)):
        # The shorter the turns, the more of them in the middle of something.
        script = f"import sys; sys.setswitchinterval(10 ** -{3 + switch % 4})\n{_FIRST_USE}"
        assert _ran(script, given=str(routine).encode()).strip() == "1"


_LOAD = """
import pickle, sys
import attrs
from backex import DecodeError
from backex.codec import dumps, loads

if {disabled}:
    attrs.validators.set_disabled(True)
for text, cls in pickle.load(sys.stdin.buffer):
    try:
        print(dumps(loads(text, cls)))
    except DecodeError as error:
        print([(each.code, each.path, each.message) for each in error.problems])
"""


def test_neither_flags_nor_switched_off_validators_change_what_is_refused_and_why() -> None:
    found = (streams.changed, streams.wrong_types, streams.mutants, streams.generated_texts)
    documents = [
        each
        for stream in found
        for each in islice(stream(random.Random("flags")), COMPARED // len(found))
    ]
    outcomes = [_outcome(*each) for each in documents]
    refused = sum(each.startswith("[") for each in outcomes)
    assert 0.2 < refused / len(documents) < 0.98
    given = pickle.dumps(documents)
    # Not `splitlines`: a document may hold other characters that end a line.
    told = "\n".join([*outcomes, ""])
    assert _ran(_LOAD.format(disabled=False), "-OO", given=given) == told
    assert _ran(_LOAD.format(disabled=True), given=given) == told


def _outcome(text: bytes, cls: type) -> str:
    try:
        return dumps(loads(text, cls))
    except DecodeError as error:
        return str([(each.code, each.path, each.message) for each in error.problems])


_WATCH = """
import os, sys

seen = []

def look(event, arguments):
    writes = event == "open" and (
        (isinstance(arguments[1], str) and not set(arguments[1]) <= set("rbt"))
        or arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
    )
    if writes or event.split(".")[0] in {unwanted} or event in {calls}:
        seen.append((event, *map(repr, arguments)))

sys.addaudithook(look)
{script}
print(seen)
"""
#: Of the audit events: the network, other processes, and what changes files.
_UNWANTED = ["socket", "subprocess", "ftplib", "http", "urllib", "smtplib", "shutil", "tempfile"]
_CALLS = [
    *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.kill"),
    *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"),
    *("os.symlink", "os.truncate", "os.utime", "os.putenv", "os.unsetenv", "ctypes.dlopen"),
    *("sys.addaudithook", "signal.pthread_kill", "webbrowser.open", "pty.spawn"),
]


def _seen(script: str) -> str:
    watching = _WATCH.format(unwanted=_UNWANTED, calls=_CALLS, script=script)
    # Byte code is written by Python itself, not by what it imports.
    return _ran(watching, "-B").strip()


@pytest.mark.parametrize(
    "modules",
    ["backex", "backex.codec", "backex.catalog.upper_back, backex.presets, backex.render.text"],
)
def test_an_import_opens_no_connection_starts_no_process_and_writes_no_file(modules: str) -> None:
    assert _seen(f"import {modules}") == "[]"


@pytest.mark.parametrize(
    ("script", "event"),
    [
        ("open(os.devnull, 'w').close()", "open"),
        ("os.close(os.open(os.devnull, os.O_RDWR))", "open"),
        ("import socket; socket.socket().close()", "socket.__new__"),
        ("import subprocess; subprocess.run([sys.executable, '-V'])", "subprocess.Popen"),
    ],
    ids=["open", "os.open", "socket", "subprocess"],
)
def test_what_an_import_must_not_do_is_seen(script: str, event: str) -> None:
    assert f"('{event}'" in _seen(script)
