"""Views of values for people: one module for each form."""

__all__: list[str] = []
