"""Change the rules in one place at a time, and see whether a test fails.

Each change is a mutant: a comparison moved by one, a condition negated, a part of it dropped, a
number or a text changed, a member of an enum exchanged, a fault not yielded. A test that fails
kills it. What survives is code that no test looks at, or a change that nobody can see.

    python tests/mutation.py                            # all modules of TESTS; long
    python tests/mutation.py plan rules/posture         # these
    python tests/mutation.py --every 5 codec/reading    # of its mutants, each fifth

The tests of a module are collected once and traced, so that a mutant inside a function runs in a
fork of that process, on the tests that reach its lines and the quickest first. A mutant of what a
module does as it is imported runs in a process that imports it anew. Property tests are not used:
they take long, and what they find by chance another run may not. Exits with 1 where less than 90 %
of a module's mutants are killed.

Not changed: annotations, docstrings, `__all__`, decorators, and the prose of the rules (titles,
reasons, sources), of which docs/rules.md is a copy that a test compares.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib
import marshal
import os
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import _lru_cache_wrapper as Cache  # noqa: N812 (it is a class)
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, TypeVar, final

import attrs
import cattrs  # noqa: F401 (so that no process imports it anew)
import hypothesis  # noqa: F401 (as above)
import pytest
from attrs import Factory, frozen

ROOT = Path(__file__).parent.parent
#: For modules, the tests that are there to show what they do; those that kill the most first.
TESTS: dict[tuple[str, ...], tuple[str, ...]] = {
    (
        "rules/posture",
        "rules/exercise",
        "rules/progression",
        "rules/ladders",
        "rules/stopping",
        "rules/routine",
    ): (
        "test_reference.py",
        "test_rules_examples.py",
        "test_rules.py",
        "test_rules_exercise.py",
        "test_rules_progression.py",
        "test_rules_routine.py",
        "test_rules_stopping.py",
        "test_rules_messages.py",
        "test_validation.py",
    ),
    ("rules/poses", "rules/misfits"): (
        "test_reference.py",
        "test_rules_examples.py",
        "test_rules_poses.py",
    ),
    ("progression",): ("test_progression.py", "test_variant.py", "test_own_axes.py"),
    ("plan", "criteria"): ("test_plan.py", "test_criteria.py", "test_ladders.py"),
    ("stopping", "latches", "conditions"): (
        "test_stopping.py",
        "test_conditions.py",
        "test_decision.py",
        "test_wording.py",
    ),
    (
        "codec/document",
        "codec/embedding",
        "codec/locating",
        "codec/migrating",
        "codec/problems",
        "codec/reading",
        "codec/shapes",
        "codec/storing",
        "codec/writing",
    ): (
        "test_codec.py",
        "test_codec_refusals.py",
        "test_codec_document.py",
        "test_codec_reading.py",
        "test_codec_storing.py",
        "test_codec_embedding.py",
        "test_codec_golden.py",
        "test_codec_locating.py",
        "test_codec_migrating.py",
    ),
    # What the quick pass does not take, the detailed pass reads: its own tests tell the two apart.
    ("codec/quick", "codec/readers"): ("laws/test_quick_pass.py",),
}
MODULES = [module for modules in TESTS for module in modules]
LEAST_KILLED = 0.9
#: Seconds of computing after which a mutant is taken to run for ever, beside what its tests take.
PATIENCE = 20
#: Stands for no test, where one is told by its place.
SURVIVED = -1
#: What a mutant that grows for ever may take.
MOST_BYTES = 4 * 2**30
#: Tests that run through the modules for the sake of something else, and take long.
SLOW = (
    "a_field_that_holds_what_it_must_not",
    "in_every_process",
    "before_somebody_asks",
    "what_the_catalog_offers_is_sound",
    "the_encoded_size_of_a_monitor",
    "it_takes_what_is_written_and_makes_the_same_of_it",
)
#: The processes share what they import first, which pytest would warn of. Nobody reads why a test
#: failed, and to find it out takes longer than to run it.
PYTEST = (
    *("-q", "-x", "-pno:cacheprovider", "-Wignore::pytest.PytestAssertRewriteWarning"),
    *("--assert=plain", "--tb=native"),
    *("-k", " and ".join(f"not {each}" for each in SLOW)),
)


@final
@frozen
class Mutant:
    """A module with one change."""

    #: The module, such as ``"plan"``.
    module: str
    #: The file that it is the code of.
    path: str
    #: The lines of the statement that is changed.
    lines: range
    #: What is changed into what.
    what: str
    #: The code of the module, compiled and marshalled.
    code: bytes
    #: Whether the change is in a function, and not in what is done at import.
    in_function: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.what}"


# What is changed into what.

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
FUNCTIONS = {"max": "min", "min": "max", "any": "all", "all": "any", "sorted": "list"}
#: The calls whose texts are prose on a rule, and what `Rule` says of itself.
PROSE = {"NewType", "Source", "article", "derived", "library_default"}
PROSE_OF_A_RULE = {"title", "why"}
Names = dict[str, Any]
Part = TypeVar("Part", bound=ast.AST)


def constant(node: ast.Constant, _: Names) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}")


def attribute(node: ast.Attribute, names: Names) -> Iterator[ast.AST]:
    """Yield the next member of an enum."""
    owner = names.get(node.value.id) if isinstance(node.value, ast.Name) else None
    if isinstance(owner, type) and issubclass(owner, Enum) and node.attr in owner.__members__:
        every = list(owner.__members__)
        at = every.index(node.attr)
        yield ast.Attribute(node.value, every[(at + 1) % len(every)], node.ctx)


def name(node: ast.Name, _: Names) -> Iterator[ast.AST]:
    if node.id in FUNCTIONS:
        yield ast.Name(FUNCTIONS[node.id], node.ctx)


def without_one(parts: Sequence[Part], join: Callable[[list[Part]], ast.AST]) -> Iterator[ast.AST]:
    for index in range(len(parts)):
        rest = [*parts[:index], *parts[index + 1 :]]
        if rest:
            yield join(rest)


def boolean(node: ast.BoolOp, _: Names) -> Iterator[ast.AST]:
    yield from without_one(
        node.values, lambda rest: rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    )


def elements(node: ast.Set, _: Names) -> Iterator[ast.AST]:
    yield from without_one(node.elts, ast.Set)


def patterns(node: ast.MatchOr, _: Names) -> Iterator[ast.AST]:
    yield from without_one(
        node.patterns, lambda rest: rest[0] if len(rest) == 1 else ast.MatchOr(rest)
    )


def part_of_a_sequence(node: ast.Slice, _: Names) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)


def comparison(node: ast.Compare, _: Names) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        among: list[Any] = [*node.ops]
        among[index] = OPERATORS[type(operator)]()
        yield ast.Compare(node.left, among, node.comparators)


def arithmetic(node: ast.BinOp, _: Names) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        swapped: Any = OPERATORS[type(node.op)]()
        yield ast.BinOp(node.left, swapped, node.right)


def unary(node: ast.UnaryOp, _: Names) -> Iterator[ast.AST]:
    yield node.operand


def nothing(_: ast.stmt, __: Names) -> Iterator[ast.AST]:
    yield ast.Pass()


def returned(node: ast.Return, _: Names) -> Iterator[ast.AST]:
    if node.value is None:
        yield ast.Pass()
    elif not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))


def expression(node: ast.Expr, _: Names) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
    elif "assert_never" not in ast.unparse(node):  # which is never reached
        yield ast.Pass()


def case(node: ast.match_case, _: Names) -> Iterator[ast.AST]:
    is_last = isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None
    if node.guard is None and not is_last:
        yield ast.match_case(node.pattern, ast.Constant(value=False), node.body)


#: What may stand in place of a part of a module in which names are defined.
CHANGES: dict[type[ast.AST], Callable[[Any, Names], Iterator[ast.AST]]] = {
    ast.Constant: constant,
    ast.Attribute: attribute,
    ast.Name: name,
    ast.BoolOp: boolean,
    ast.Set: elements,
    ast.MatchOr: patterns,
    ast.Slice: part_of_a_sequence,
    ast.Compare: comparison,
    ast.BinOp: arithmetic,
    ast.UnaryOp: unary,
    ast.AugAssign: nothing,
    ast.Continue: nothing,
    ast.Break: nothing,
    ast.Raise: nothing,
    ast.Return: returned,
    ast.Expr: expression,
    ast.match_case: case,
}


def is_decided_by(parent: ast.AST, field: str) -> bool:
    """Tell whether a part of `parent` is a condition, which is negated too."""
    return field in {"test", "guard"} or (isinstance(parent, ast.comprehension) and field == "ifs")


def negated(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the negation of a condition, unless a change of its operator is just that."""
    alone = isinstance(node, ast.Compare) and len(node.ops) == 1
    exact = alone and not isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)  # type: ignore[attr-defined]
    is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    if isinstance(node, ast.expr) and not exact and not is_not:
        yield ast.UnaryOp(ast.Not(), node)


def is_left_alone(parent: ast.AST, field: str, node: ast.AST, *, in_function: bool) -> bool:
    """Tell whether a part is of the kinds that are not changed."""
    match parent, field:
        case _, "annotation" | "returns" | "decorator_list" | "bases" | "keywords" if not (
            isinstance(parent, ast.Call)
        ):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]), _:
            return True
        case ast.Call(func=ast.Name(id=name)), _ if name in PROSE and not in_function:
            return True
        case ast.keyword(arg=name), _ if name in PROSE_OF_A_RULE and not in_function:
            return True
        case _:
            docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            return docstring or isinstance(node, ast.Import | ast.ImportFrom)


def places(
    parent: ast.AST, lines: range, *, in_function: bool
) -> Iterator[tuple[ast.AST, str, int | None, range, bool]]:
    """Yield each part of a tree: its parent, field and index, its lines, whether in a function."""
    for field, value in ast.iter_fields(parent):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST):
                continue
            if is_left_alone(parent, field, node, in_function=in_function):
                continue
            within = header(node) if isinstance(node, ast.stmt | ast.match_case) else lines
            inside = in_function or (isinstance(parent, ast.FunctionDef) and field == "body")
            yield parent, field, index, within, inside
            yield from places(node, within, in_function=inside)


def header(node: ast.stmt | ast.match_case) -> range:
    """Return the lines of a statement, without those of the statements in it."""
    first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
    if isinstance(node, ast.Match):
        return range(first, first + 1)
    body = getattr(node, "body", None)
    if body:
        return range(first, max(first + 1, body[0].lineno))
    end = getattr(node, "end_lineno", None)
    return range(first, (end or first) + 1)


def full_name(module: str) -> str:
    return f"backex.{module.replace('/', '.')}"


def mutants(name: str) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    module = importlib.import_module(full_name(name))
    path = str(module.__file__)
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    for parent, field, index, lines, in_function in [*places(tree, range(0), in_function=False)]:
        original = getattr(parent, field) if index is None else getattr(parent, field)[index]
        change = CHANGES.get(type(original))
        others = [] if change is None else [*change(original, vars(module))]
        if is_decided_by(parent, field):
            others += negated(original)
        for other in others:
            put(parent, field, index, ast.copy_location(other, original))
            with contextlib.suppress(SyntaxError):  # not every text may stand in a pattern
                code = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
                line = getattr(original, "lineno", lines.start)
                what = f"{line}: {in_words(original)} -> {in_words(other)}"
                yield Mutant(name, path, lines, what, marshal.dumps(code), in_function)
            put(parent, field, index, original)


def put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def in_words(node: ast.AST) -> str:
    if isinstance(node, ast.match_case):
        guard = " if False" if node.guard else ""
        return f"case {ast.unparse(node.pattern)}{guard}"
    return " ".join(ast.unparse(node).split())[:70]


# How a mutant is run.


Result = TypeVar("Result")


def in_fork(work: Callable[[], Result], seconds: int | None = None) -> Result | None:
    """Return what `work` returns in a process of its own, or None if it dies or takes longer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            if seconds is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
                resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
            result = pickle.dumps(work())
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(result)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(answer) if answer else None


@final
@frozen
class Reached:
    """What a test reached of the modules."""

    #: The lines, by the path of the module.
    lines: Mapping[str, frozenset[int]]
    #: How long it took.
    seconds: float

    def reaches(self, mutant: Mutant) -> bool:
        return not self.lines.get(mutant.path, frozenset()).isdisjoint(mutant.lines)


@final
@frozen
class Found:
    """What became of mutants."""

    #: How many were killed and survived, by module.
    killed: Counter[str] = Factory(Counter)
    survived: Counter[str] = Factory(Counter)
    #: Those for a process of their own: of what is done at import, and those that have survived.
    left: list[Mutant] = Factory(list)


@final
class Collected:
    """Collects the tests once, and runs each mutant of a function in a fork."""

    def __init__(
        self,
        modules: Sequence[str],
        only: Collection[str],
        every: int,
    ) -> None:
        self.modules = modules
        self.only = only
        self.every = every
        self.has_failed = False
        self.found = Found()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed |= report.failed

    def passes(self, item: pytest.Item) -> bool:
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self.has_failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise SystemExit("the tests cannot be collected")
        wanted = [each for module in self.modules for each in mutants(module)]
        if self.only:
            wanted = [each for each in wanted if str(each) in self.only]
        wanted = wanted[:: self.every]
        caches = caches_of_backex()
        reached: list[Reached] | None = []
        if any(each.in_function for each in wanted):
            reached = in_fork(lambda: [self.reached(each, caches) for each in session.items])
        if reached is None:
            raise SystemExit("a test fails before anything is changed")
        functions = functions_of_backex()
        gc.freeze()  # what is not looked at is not copied by a fork
        killers: list[int] = []
        for mutant in wanted:
            tests = [place for place, each in enumerate(reached) if each.reaches(mutant)]
            if not (mutant.in_function and tests):
                self.found.left.append(mutant)
                continue
            # Mutants of one place are often killed by one test.
            tests.sort(key=lambda place: (place not in killers[-3:], reached[place].seconds))
            patience = PATIENCE + 3 * int(sum(reached[place].seconds for place in tests))
            run = partial(self.killer, mutant, functions, caches, session.items, tests)
            killer = in_fork(run, patience)
            if killer == SURVIVED:
                # A line may be reached by a lambda alone, where its function runs at import.
                self.found.left.append(mutant)
            else:
                self.found.killed[mutant.module] += 1
                if killer is not None:
                    killers.append(killer)
        return True

    def reached(self, item: pytest.Item, caches: Iterable[Cache[Any]]) -> Reached:
        lines: defaultdict[str, set[int]] = defaultdict(set)

        def local(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 (sys.settrace's)
            if event == "line":
                lines[frame.f_code.co_filename].add(frame.f_lineno)
            return local

        def begun(frame: FrameType, *_: object) -> Any:  # noqa: ANN401 (sys.settrace's)
            return local if frame.f_code.co_filename in paths else None

        paths = {str(sys.modules[full_name(module)].__file__) for module in self.modules}
        forget(caches)
        start = time.process_time()
        sys.settrace(begun)
        try:
            if not self.passes(item):
                raise SystemExit(item.nodeid)
        finally:
            sys.settrace(None)
        by_path = {path: frozenset(each) for path, each in lines.items()}
        return Reached(by_path, time.process_time() - start)

    def killer(
        self,
        mutant: Mutant,
        functions: Iterable[FunctionType],
        caches: Iterable[Cache[Any]],
        items: Sequence[pytest.Item],
        tests: Iterable[int],
    ) -> int:
        """Return the first of the tests that fails on the mutant, or SURVIVED."""
        replace_code(mutant, functions)
        forget(caches)
        return next((test for test in tests if not self.passes(items[test])), SURVIVED)


def functions_of_backex() -> list[FunctionType]:
    """Return the functions that were made by its modules, wherever they have been put."""
    every = (each for each in gc.get_objects() if isinstance(each, FunctionType))
    return [each for each in every if (each.__module__ or "").startswith("backex.")]


def caches_of_backex() -> list[Cache[Any]]:
    """Return the functions of its modules that remember what they have returned."""
    every = (each for each in gc.get_objects() if isinstance(each, Cache))
    return [each for each in every if each.__module__.startswith("backex.")]


def forget(caches: Iterable[Cache[Any]]) -> None:
    """Let what was made before a mutant came be made anew."""
    for each in caches:
        each.cache_clear()


def replace_code(mutant: Mutant, functions: Iterable[FunctionType]) -> None:
    """Give functions the code that a mutant has for them."""
    codes = {(c.co_qualname, c.co_firstlineno): c for c in codes_in(marshal.loads(mutant.code))}
    changes = 0
    for function in functions:
        old = function.__code__
        new = codes.get((old.co_qualname, old.co_firstlineno))
        if old.co_filename == mutant.path and new is not None and new != old:
            function.__code__ = new
            changes += 1
    if not changes:
        raise SystemExit(f"{mutant} changes nothing")


def codes_in(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes_in(each)


@final
class Changed(SourceFileLoader):
    """Imports a module that is the mutant."""

    code: CodeType

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (it loads one module)
        return self.code


@final
@frozen
class Finder:
    """Finds the mutant in place of its module."""

    mutant: Mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != full_name(self.mutant.module):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None:
            loader = Changed(name, self.mutant.path)
            loader.code = marshal.loads(self.mutant.code)
            spec.loader = loader
        return spec


def survives_anew(mutant: Mutant, tests: Iterable[Path]) -> bool:
    """Tell whether all tests pass in a process that imports the mutant; its namesakes go first."""
    sys.meta_path.insert(0, Finder(mutant))
    name = mutant.module.rpartition("/")[2]
    ordered = sorted(tests, key=lambda test: not test.stem.endswith(name))
    return all(pytest.main([*PYTEST, str(test)]) == 0 for test in ordered)


def survives(mutant: Mutant, tests: Sequence[Path]) -> bool:
    """Tell the same, of a process that ends."""
    return bool(in_fork(lambda: quietly(lambda: survives_anew(mutant, tests)), 10 * PATIENCE))


def unchanged(mutant: Mutant) -> Mutant:
    """Return the module of a mutant as it is."""
    source = Path(mutant.path).read_text(encoding="utf-8")
    code = marshal.dumps(compile(source, mutant.path, "exec", dont_inherit=True))
    return attrs.evolve(mutant, what="nothing", code=code)


def quietly(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, which prints nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return work()


def run(
    modules: Sequence[str],
    tests: Sequence[Path],
    only: Collection[str],
    every: int,
    say: Callable[[str], None],
) -> Found:
    """Run the mutants of modules, and return what became of them."""
    collected = Collected(modules, only, every)

    def in_functions() -> Found:
        pytest.main([*PYTEST, *map(str, tests)], plugins=[collected])
        return collected.found

    found = in_fork(lambda: quietly(in_functions))
    if found is None:
        raise SystemExit("the tests fail before anything is changed")
    if found.left and not survives(unchanged(found.left[0]), tests):
        raise SystemExit("the tests fail where they are run anew")
    for number, mutant in enumerate(found.left):
        if number % 20 == 0:
            sys.stderr.write(f"{number} of {len(found.left)} run anew\n")
        if survives(mutant, tests):
            found.survived[mutant.module] += 1
            say(str(mutant))
        else:
            found.killed[mutant.module] += 1
    return found


def main() -> None:
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets are to be the same ones each time, too
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})
    parser = argparse.ArgumentParser(description="See whether the tests notice changed rules.")
    parser.add_argument("module", nargs="*", choices=[[], *MODULES], help="all without one")
    parser.add_argument("--only", type=Path, help="a file with the mutants to run, as printed")
    parser.add_argument("--every", type=int, default=1, help="run each so many-th mutant only")
    arguments = parser.parse_args()
    chosen = arguments.module or MODULES
    only = arguments.only.read_text().splitlines() if arguments.only else []
    out = os.fdopen(os.dup(1), "w", buffering=1)

    def say(text: str) -> None:
        out.write(f"{text}\n")

    is_enough = True
    for modules, files in TESTS.items():
        wanted = [module for module in modules if module in chosen]
        if not wanted:
            continue
        paths = [ROOT / "tests" / file for file in files]
        found = run(wanted, paths, only, arguments.every, say)
        for module in wanted:
            killed, survived = found.killed[module], found.survived[module]
            share = killed / max(1, killed + survived)
            is_enough &= share >= LEAST_KILLED
            say(f"{module}: {killed} of {killed + survived} killed, {share:.1%}")
    raise SystemExit(0 if is_enough else 1)


if __name__ == "__main__":
    main()
