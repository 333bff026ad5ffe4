"""A department's own model document."""

from django import forms
from django.utils.translation import gettext_lazy

from core.office.packages import MAX_SIZE, MEGABYTE


class ModelDocumentForm(forms.Form):
    """The Word document that replaces the portal's model of a paper."""

    file = forms.FileField(
        label=gettext_lazy("Word document (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        self.fields["file"].help_text = gettext_lazy(
            "At most %(limit)s MB, without macros and linked content. It is checked before it is used."
        ) % {"limit": MAX_SIZE // MEGABYTE}
