"""A list of choices is drawn in one template, and is what Django draws in one a choice."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [
    ("", "---------"),
    ("Đất", [(1, "Trống"), (2, 'Đã "thuê"')]),
    ("<b>", "Kết & thúc"),
    (None, "Không biết"),
    (1250, "1250"),
]


class Marked(forms.Select):
    """A list whose choices have attributes of every kind."""

    def create_option(self, name, value, *args, **kwargs):
        """Add one with a value, one without and one that is not drawn."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"data-area": "1 < 2", "disabled": value == 2, "hidden": value == 1}
        return option


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Marked])
@pytest.mark.parametrize("value", ["", None, "1", 2, "<b>", ["1", "<b>"]])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_x", "required": True, "aria-invalid": False}])
def test_a_list_of_choices_is_drawn_as_django_draws_it(widget, value, attrs):
    drawn = widget(choices=CHOICES)
    ours, theirs = drawn.render("x", value, attrs), drawn.render("x", value, attrs, DjangoTemplates())
    assert ours.split() == theirs.split()
