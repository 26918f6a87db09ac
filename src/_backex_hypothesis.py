"""What Hypothesis loads of backex through its entry point: `from_type` for the public classes.

Hypothesis imports this module whenever it is imported itself, in every process of an environment in
which backex is installed, whether that process uses backex or not. So the module stands beside the
package: as a part of it, it would import the whole model. A type can be registered only once it
exists; where backex is not imported yet, a finder waits for that, steps aside, and registers the
classes right after. Even then they are registered by name only: the strategies, and all that they
need, are imported when the first class is resolved.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NewType

from hypothesis import strategies as st

__all__ = ["register"]


def register() -> None:
    """Let `from_type` know the public classes of backex, now or as soon as it is imported."""
    if "backex" in sys.modules:
        _register_classes()
    else:
        sys.meta_path.insert(0, _UntilImported())


def _register_classes() -> None:
    backex = importlib.import_module("backex")
    for name in backex.__all__:
        public = getattr(backex, name)
        if isinstance(public, NewType) or _has_fields_or_is_error(public):
            st.register_type_strategy(public, _resolved)


def _has_fields_or_is_error(public: object) -> bool:
    return isinstance(public, type) and (
        hasattr(public, "__attrs_attrs__") or issubclass(public, Exception)
    )


def _resolved(of: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 (a class, or a NewType)
    strategies = importlib.import_module("backex.strategies.types")
    strategy: st.SearchStrategy[Any] = strategies.strategy_for(of)
    return strategy


class _UntilImported(MetaPathFinder):
    """Finds backex as it would be found without it, and registers its classes once it is loaded."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        del path, target
        if fullname != "backex":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _ThenRegistered(spec.loader, spec)
        return spec


class _ThenRegistered(Loader):
    """Loads as the loader in its place would, which it puts back first."""

    def __init__(self, loader: Loader, spec: ModuleSpec) -> None:
        self._loader = loader
        self._spec = spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        _register_classes()
