from typing import Any

from django import forms
from django.utils.text import capfirst

from dossiers.models import Delivery
from dossiers.services.inbox import choose_deliveries, deliveries_of


class DeliveriesForm(forms.Form):
    """How a person wants to hear of each topic that concerns them."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        choices = [(one.value, capfirst(str(one.label))) for one in Delivery]
        for topic, delivery in deliveries_of(user).items():
            self.fields[topic.value] = forms.ChoiceField(
                label=capfirst(str(topic.label)), choices=choices, initial=delivery.value
            )

    def save(self) -> None:
        """Keep the choice."""
        choose_deliveries(user=self.user, chosen=self.cleaned_data)
