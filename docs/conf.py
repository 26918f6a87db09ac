"""How Sphinx builds the site: `make site`."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

import backex

project = "backex"
author = "The backex authors"
project_copyright = "The backex authors"
version = release = backex.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

myst_heading_anchors = 3

html_theme = "furo"
html_title = f"backex {release}"
html_copy_source = False
html_show_sourcelink = False

autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_typehints = "none"
autodoc_preserve_defaults = True
# No inventory of the standard library: the site is built without a network.
nitpick_ignore_regex = [("py:.*", r"(graphlib|collections|hypothesis|pytest)\..*")]
autodoc_default_options = {
    "members": True,
    "undoc-members": True,  # what an enumeration offers is said by its names
    "exclude-members": "__init__,__new__",
    "no-value": True,
}

#: The modules that an app imports by themselves.
_OWN = (".codec", ".presets", ".render.handout", ".render.text", ".strategies", ".testing")
#: What an app may rely on: all of `backex`, and of those.
PUBLIC = {name for module in ("", *_OWN) for name in import_module(f"backex{module}").__all__}


def _skips(_app: Sphinx, what: str, name: str, _obj: object, skip: bool, _options: object) -> bool:  # noqa: FBT001
    return skip or (what == "module" and name not in PUBLIC)


def _read_sections(  # the arguments are those of the event
    app: Sphinx, what: str, name: str, obj: object, _options: object, lines: list[str]
) -> None:
    """Read sections such as "Raises:", but not in what is said of a field, which has colons too."""
    if what not in {"attribute", "data", "property"}:
        lines[:] = GoogleDocstring(lines, Config(), app, what, name, obj).lines()


def setup(app: Sphinx) -> None:
    """Leave out what modules offer to each other only, and read docstrings."""
    app.connect("autodoc-skip-member", _skips)
    app.connect("autodoc-process-docstring", _read_sections)
