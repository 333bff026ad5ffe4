"""Cells of workbooks in templates: ``{% load importing %}``."""

from django import template

from core.workbooks.cells import Value, text_of

register = template.Library()


@register.filter
def cell_text(value: Value) -> str:
    """Return what a person reads in a cell."""
    return text_of(value)
