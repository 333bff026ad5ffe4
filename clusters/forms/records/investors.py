"""Investors: enterprises, cooperatives, others; tax codes; what is personal data."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.choices import InvestorKind
from clusters.forms.records.base import RecordForm
from clusters.models import Investor
from clusters.services.investors import PERSONAL_FIELDS, alike
from clusters.services.tax import CHECK_DIGIT, clean_tax_code, is_personal


class InvestorForm(RecordForm):
    """An investor. Personal data of a stored investor is shown to holders of VIEW_PERSONAL_DATA alone."""

    sections = (
        (
            gettext_lazy("Investor"),
            ("kind", "name", "tax_code", "tax_code_confirmed", "grandfathering_basis"),
        ),
        (gettext_lazy("Investor from abroad"), ("country", "registration_number")),
        (
            gettext_lazy("Contact"),
            ("address", "representative", "representative_title", "phone", "email"),
        ),
        (gettext_lazy("Notes"), ("notes",)),
    )

    class Meta(RecordForm.Meta):
        model = Investor
        fields = (
            "kind", "name", "tax_code", "tax_code_confirmed", "grandfathering_basis", "country",
            "registration_number", "address", "representative", "representative_title", "phone", "email", "notes",
        )  # fmt: skip

    def prepare(self) -> None:
        """Leave out what the person may not see of a stored investor."""
        self.fields["tax_code"].max_length = 20
        self.fields["tax_code"].validators = []
        self.fields["tax_code"].widget.attrs.update(inputmode="numeric", autocomplete="off", maxlength=20)
        self.fields["tax_code_confirmed"].help_text = _(
            "Only for old records: the number stands on the certificate as it is. The confirmation stays visible."
        )
        self.fields["kind"].choices = InvestorKind.choices
        self.shows_personal_data = not self.is_new and self.user.can(Function.VIEW_PERSONAL_DATA)
        if not self.is_new and not self.shows_personal_data:
            for name in PERSONAL_FIELDS:
                del self.fields[name]
            if is_personal(self.instance.tax_code):
                del self.fields["tax_code"]
                del self.fields["tax_code_confirmed"]

    def clean_tax_code(self) -> str:
        """Read the code; one whose check digit fails passes if it was confirmed."""
        text = str(self.cleaned_data.get("tax_code") or "").strip()
        if not text:
            return ""
        try:
            return clean_tax_code(text)
        except ValidationError as error:
            confirmed = forms.CheckboxInput().value_from_datadict(
                self.data, self.files, self.add_prefix("tax_code_confirmed")
            )
            if error.code == CHECK_DIGIT and confirmed:
                self._fails_check_digit = True
                return "".join(text.split())
            raise

    def check(self, cleaned: dict[str, Any]) -> None:
        """Check the code against the kind, the basis of a public unit, and the papers of a foreigner."""
        kind, code = cleaned.get("kind"), cleaned.get("tax_code", self.instance.tax_code)
        if "tax_code_confirmed" in cleaned and not getattr(self, "_fails_check_digit", False):
            cleaned["tax_code_confirmed"] = False
        if kind == InvestorKind.PUBLIC_UNIT and not cleaned.get("grandfathering_basis"):
            self.add_error(
                "grandfathering_basis",
                _(
                    "A public unit is an infrastructure investor only where it was assigned before 1 May 2024 "
                    "(Decree 32/2024 Art. 35.3). Enter number and date of that decision, or choose another kind."
                ),
            )
        if kind != InvestorKind.PUBLIC_UNIT and cleaned.get("grandfathering_basis"):
            self.add_error(
                "grandfathering_basis",
                _("Only a public unit needs this basis. Empty the field, or choose “public unit”."),
            )
        if code and is_personal(code) and kind not in (InvestorKind.HOUSEHOLD, None):
            self.add_error(
                "tax_code",
                _(
                    "A number of 12 digits is a person's and stands for a household business. Enter the 10 digits of "
                    "the enterprise, or choose “household business”."
                ),
            )
        if cleaned.get("registration_number") and not cleaned.get("country"):
            self.add_error("country", _("Name the country that gave the registration number."))
        if code:
            twin = Investor.objects.filter(tax_code=code).exclude(pk=self.instance.pk).first()
            if twin:
                self.add_error(
                    "tax_code",
                    _(
                        "“%(name)s” is already recorded with this tax code. Use that record instead of a second one."
                    )
                    % {"name": twin.name},
                )

    def warnings(self) -> list[Any]:
        """Name recorded investors that are perhaps the same."""
        said: list[Any] = []
        if self.changed_data and {"name", "tax_code"} & set(self.changed_data):
            said = [
                _("“%(name)s”%(code)s is already recorded. If it is the same investor, use that record.")
                % {
                    "name": row.name,
                    "code": f" ({row.tax_code})" if row.tax_code and not is_personal(row.tax_code) else "",
                }
                for row in alike(
                    name=self.cleaned_data["name"],
                    tax_code=self.cleaned_data.get("tax_code", ""),
                    besides=self.instance.pk,
                )
            ]
        abroad = self.cleaned_data.get("country") and not self.cleaned_data.get("tax_code")
        if abroad and not self.cleaned_data.get("registration_number") and "tax_code" in self.fields:
            said.append(_("An investor from abroad without tax code has no registration number."))
        return said
