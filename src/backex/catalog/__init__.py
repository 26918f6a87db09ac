"""Catalogs: content that comes with backex, and the class for an app's own."""

from __future__ import annotations

from backex.catalog.catalog import Catalog

__all__ = ["Catalog"]
