"""Search for documents that escape the loader, guided by which code of backex each of them reaches.

Needs Linux and atheris, which is in the dependency group `fuzz`. The search begins with the
documents of every kind, and with JSONTestSuite where that is at hand.

    python tests/fuzz_loader.py --minutes 10

It exits with 0, or with the traceback of what escaped and the document in `escaped-…`. The folder
given as `--corpus` keeps what was found, to begin with the next time.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, final

from attrs import frozen

#: So much allows every kind of fault; what size costs is for `hostile_cost.py`.
MOST_BYTES = 20_000
#: For one document, on a busy machine.
MOST_SECONDS = 5
#: Modules that are imported only once atheris can watch them.
Module = Any
#: What JSON can hold once it is parsed.
Json = Any


def main() -> None:
    """Let a child fuzz, which libFuzzer ends, and say what came of it."""
    parser = argparse.ArgumentParser(description="Search for documents that escape the loader.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--corpus", type=Path)
    arguments = parser.parse_args()
    if find_spec("atheris") is None:
        sys.exit("this needs atheris: python -m pip install --group fuzz")
    with tempfile.TemporaryDirectory() as folder:
        corpus = arguments.corpus or Path(folder)
        corpus.mkdir(exist_ok=True)
        options = (
            f"-max_total_time={round(arguments.minutes * 60)}",
            f"-max_len={MOST_BYTES}",
            f"-timeout={MOST_SECONDS}",
            "-artifact_prefix=escaped-",
            "-print_final_stats=1",
        )
        ran = subprocess.run(
            [sys.executable, __file__, "child", corpus, *options],
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
        found = len(list(corpus.iterdir()))
    if ran.returncode:
        sys.exit(ran.stderr[-10_000:])
    tried = re.findall(r"number_of_executed_units: *(\d+)", ran.stderr)
    reached = re.findall(r"cov: (\d+)", ran.stderr)
    sys.stdout.write(
        f"{tried[-1]} documents, 0 escaped; {reached[-1]} branches reached by {found} of them\n"
    )


def child(corpus: Path, *options: str) -> None:
    """Fuzz with the options of libFuzzer, which ends the process."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["backex"]):
        samples = import_module("untrusted.samples")
        codec = import_module("backex.codec")
    documents = list(samples.samples().values())
    for index, seed in enumerate(_seeds(samples.GOLDEN, documents)):
        (corpus / f"seed-{index}").write_bytes(seed)

    def look(text: bytes) -> None:
        """Load a document as one of any kind, and again as one of the kind that it is."""
        try:
            value = codec.loads_any(text, *codec.KINDS.values())
        except samples.DecodeError:
            samples.judged(text, samples.Exercise)
        else:
            samples.judged(text, type(value))

    mutated = Mutations(atheris, list(_parts(documents)))
    atheris.Setup([__file__, *options, str(corpus)], look, custom_mutator=mutated)
    atheris.Fuzz()


def _seeds(golden: Path, documents: list[dict[str, Json]]) -> list[bytes]:
    suite = import_module("untrusted.corpora").suite().values()
    return [
        *(path.read_bytes() for path in sorted(golden.glob("*.json"))),
        *(json.dumps(each).encode() for each in documents),
        *(each for each in suite if len(each) <= MOST_BYTES),
    ]


def _parts(value: Json) -> list[Json]:
    """Return all that stands in a value."""
    if isinstance(value, dict):
        return [value, *value, *(part for each in value.values() for part in _parts(each))]
    if isinstance(value, list):
        return [value, *(part for each in value for part in _parts(each))]
    return [value]


@final
@frozen
class Mutations:
    """Changes bytes as libFuzzer does, and every second time parts of a document."""

    atheris: Module
    parts: list[Json]

    def __call__(self, text: bytes, most: int, seed: int) -> bytes:
        """Return a changed document of at most so many bytes."""
        rng = random.Random(seed)
        if rng.random() < 0.5:
            try:
                return self._changed(json.loads(text), rng)[:most]
            except (ValueError, RecursionError):
                pass
        mutated: bytes = self.atheris.Mutate(text, most)
        return mutated

    def _changed(self, document: Json, rng: random.Random) -> bytes:
        holders = [each for each in _parts(document) if isinstance(each, dict | list) and each]
        if holders:
            holder = rng.choice(holders)
            step = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if rng.random() < 0.2:
                del holder[step]
            else:
                holder[step] = rng.choice(self.parts)
        return json.dumps(document).encode()


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), *sys.argv[3:])
    else:
        main()
