"""Acting over REST: what an action asks for, and a body read as the form that the page of the action would post."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from api.casework import EventSerializer
from dossiers.forms.office.actions import ActionForm, action_form
from dossiers.models import Dossier
from dossiers.services.firing import Available

#: How a client writes a field; the first class that fits counts.
_TYPES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.FileField, "file"),
    (forms.DateField, "date"),
    (forms.BooleanField, "boolean"),
    (forms.ChoiceField, "choice"),
    (forms.IntegerField, "number"),
    (forms.Field, "text"),
)
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
#: What a browser's form carries besides its fields.
_OF_BROWSERS = frozenset({"csrfmiddlewaretoken"})

#: The body of an action as the schema describes it: fixed fields, and those that the list of actions names.
BODY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "seen": {
            "type": "integer",
            "description": "The version of the dossier that the decision rests on; may come as If-Match instead.",
        },
        "note": {"type": "string", "description": "Remark; the reason where the action asks for one."},
    },
    "additionalProperties": True,
    "description": "Besides these the fields that the list of actions names for this action.",
}


class ChoiceSerializer(serializers.Serializer):
    """One of the values a field takes."""

    value = serializers.CharField()
    label = serializers.CharField()


class FieldSerializer(serializers.Serializer):
    """A field of an action; dates are written YYYY-MM-DD, numbers with a point, files come as multipart.

    ``initial`` is what the page would begin with; nothing stands in for a field that is left out.
    """

    name = serializers.CharField()
    type = serializers.ChoiceField(choices=[kind for _class, kind in _TYPES])
    required = serializers.BooleanField()
    label = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    choices = ChoiceSerializer(many=True)
    initial = serializers.JSONField(allow_null=True)


class ActionSerializer(serializers.Serializer):
    """An action of the procedure: whether the caller can do it now, every reason why not, and what it asks for.

    ``can_begin`` is true as well where nothing but papers stand in the way, which come with the action: they are among
    ``fields``. These are listed for the actions of the caller's own part.
    """

    action = serializers.CharField(source="transition.action")
    label = serializers.CharField(source="transition.label")
    part = serializers.CharField(source="transition.part")
    legal_basis = serializers.CharField(source="transition.legal_basis")
    target = serializers.CharField(source="transition.target")
    can = serializers.BooleanField()
    can_begin = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())
    fields = serializers.SerializerMethodField(method_name="list_fields")  # type: ignore[assignment]  # what clients call it

    @extend_schema_field(FieldSerializer(many=True))
    def list_fields(self, one: Available) -> Any:
        """List what the form of the action asks for; ``dossier`` and ``user`` come with the context."""
        if not one.is_mine:
            return []
        form = make_form(one, self.context["dossier"], self.context["user"])
        return FieldSerializer(
            [_described(form, name, with_initial=one.can_begin) for name in form.fields], many=True
        ).data


class RefusalSerializer(serializers.Serializer):
    """Why an action was not done: all the reasons, and what happened since the version that the caller named."""

    detail = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    events = EventSerializer(many=True)


def make_form(one: Available, dossier: Dossier, user: Any, *data: Any) -> ActionForm:
    """Return the form of the page of the action, bound to ``data`` and files where they are given."""
    return action_form(dossier, one.transition.action)(*data, dossier=dossier, user=user, available=one)


def body_of(request: Request, form_class: type[ActionForm]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was sent as data and files of a form; raise ValidationError where a form could not hold it.

    Numbers are read with a point, whatever the language: people's "50.000" is fifty thousand in Vietnamese.
    """
    if not isinstance(request.data, Mapping):
        raise serializers.ValidationError({"non_field_errors": [_("Send an object with fields.")]})
    files = dict(request.FILES.items())
    data = {
        name: _plain(name, value, form_class.base_fields.get(name))
        for name, value in request.data.items()
        if name not in files and name not in _OF_BROWSERS
    }
    return {name: value for name, value in data.items() if value is not None}, files


def seen_by(request: Request, data: Mapping[str, Any]) -> str:
    """Return the version that the caller saw, from ``seen`` or If-Match; raise ValidationError unless there is one."""
    named = {tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get("If-Match", ""))}
    if "seen" in data:
        named.add(str(data["seen"]))
    if len(named) != 1 or not all(
        version.isascii() and version.isdigit() and len(version) < 10 for version in named
    ):
        raise serializers.ValidationError(
            {"seen": [_("Give the version of the dossier that you saw, one number, here or as If-Match.")]}
        )
    return named.pop()


def check_names(form: ActionForm, names: set[str]) -> None:
    """Raise ValidationError for fields the action does not ask for: a misspelt one would be left out silently."""
    if unknown := names - form.fields.keys():
        sentence = _("The action has no such field. It has: %(names)s.") % {"names": ", ".join(form.fields)}
        raise serializers.ValidationError({name: [sentence] for name in sorted(unknown)})


def errors_of(form: ActionForm) -> dict[str, list[str]]:
    """Return the errors of a form by field."""
    return {
        "non_field_errors" if name == "__all__" else name: [str(one) for one in errors]
        for name, errors in form.errors.items()
    }


def _plain(name: str, value: Any, field: forms.Field | None) -> Any:
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(value))
    if isinstance(value, str) and isinstance(field, forms.DecimalField) and _NUMBER.fullmatch(value):
        return Decimal(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    raise serializers.ValidationError({name: [_("Send a text, a number, true or false.")]})


def _described(form: ActionForm, name: str, *, with_initial: bool) -> dict[str, Any]:
    field = form.fields[name]
    initial = form.get_initial_for_field(field, name) if with_initial else None
    choices: Any = getattr(field, "choices", ())
    if isinstance(initial, Decimal):
        initial = float(initial)
    return {
        "name": name,
        "type": next(kind for field_class, kind in _TYPES if isinstance(field, field_class)),
        "required": field.required or name == "seen",
        "label": field.label or _("Version that you saw"),
        "help": field.help_text,
        "choices": [{"value": value, "label": label} for value, label in choices],
        "initial": None if initial in (None, "") else initial,
    }
