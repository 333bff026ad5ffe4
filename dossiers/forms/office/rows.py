"""Rows of a form: several items of one kind, more of them where scripts run; empty rows count for nothing."""

from typing import Any, ClassVar

from django import forms

from dossiers.forms.office.base import DossierForm


class Row(forms.Form):
    """One row; empty until something is typed."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_permitted", True)
        super().__init__(*args, **kwargs)

    def has_values(self) -> bool:
        """Say whether anything stands in the row."""
        return any(
            value not in (None, "", []) for name, value in self.cleaned_data.items() if name != "DELETE"
        )


class RowsForm(DossierForm):
    """A form with rows: ``row_class`` and ``row_prefix`` say which, ``rows_empty`` how many to begin with."""

    row_class: ClassVar[type[Row]]
    row_prefix: ClassVar[str] = "rows"
    rows_empty: ClassVar[int] = 3
    body = "dossiers/office/form_rows.html"
    is_wide = True
    scripts: ClassVar[tuple[str, ...]] = ("js/records.js",)

    def __init__(self, *args: Any, rows_initial: list[dict[str, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = 0 if rows_initial else self.rows_empty
        factory = forms.formset_factory(self.row_class, extra=empty, can_delete=True, max_num=60)
        self.rows: Any = factory(
            self.data if self.is_bound else None,
            prefix=self.row_prefix,
            # What stands in a row that was left as it was offered counts like what was typed.
            initial=None if self.is_bound else rows_initial,
            form_kwargs=self.row_kwargs(),
        )

    def row_kwargs(self) -> dict[str, Any]:
        """Return what every row needs."""
        return {}

    def is_valid(self) -> bool:
        """Check the form and every row, so that all mistakes are told at once."""
        form_ok, rows_ok = super().is_valid(), self.rows.is_valid()
        return form_ok and rows_ok

    def filled(self) -> list[dict[str, Any]]:
        """Return the values of the rows that hold something, in their order."""
        return [
            {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
            for row in self.rows
            if row.cleaned_data and not row.cleaned_data.get("DELETE") and row.has_values()
        ]
