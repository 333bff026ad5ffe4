"""What the REST interface says of dossiers: where each stands, what happened, what is announced, how procedures run."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dossiers.models import Dossier, Event, Notice
from dossiers.procedures.base import Procedure
from dossiers.services.events import label_of


class DossierSerializer(serializers.ModelSerializer):
    """A dossier: its state, whose turn it is, and the computed day on which the running step is due."""

    url = serializers.HyperlinkedIdentityField(view_name="api:dossier-detail", lookup_field="code")
    procedure = serializers.CharField(source="procedure_code")
    state_label = serializers.CharField(source="get_state_display")
    regime = serializers.CharField(source="regime_code")
    province = serializers.CharField(source="province.code")
    commune = serializers.CharField(source="commune.code", allow_null=True, default=None)

    class Meta:
        model = Dossier
        fields = [
            "url",
            "code",
            "procedure",
            "title",
            "state",
            "state_label",
            "version",
            "regime",
            "province",
            "commune",
            "received_at",
            "received_on",
            "closes_at",
            "opened_at",
            "full_on",
            "ended_at",
            "is_open",
            "waiting_for",
            "waiting_since",
            "step",
            "due_on",
            "paused_since",
        ]


class EventSerializer(serializers.ModelSerializer):
    """One thing that happened to a dossier, with who did it as they were then."""

    label = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "action",
            "label",
            "from_state",
            "to_state",
            "at",
            "actor_name",
            "actor_unit",
            "on_behalf_of",
            "note",
            "version",
        ]

    @extend_schema_field(serializers.CharField())
    def get_label(self, event: Event) -> str:
        """Return the action in words."""
        return label_of(event.dossier, event.action)


class NoticeSerializer(serializers.ModelSerializer):
    """A public notice: what is to be established or expanded, and until when applications are taken."""

    dossier = serializers.CharField(source="dossier.code")
    title = serializers.CharField(source="dossier.title")
    province = serializers.CharField(source="dossier.province.code")
    commune = serializers.CharField(source="dossier.commune.code", allow_null=True, default=None)
    closes_at = serializers.DateTimeField(source="dossier.closes_at")

    class Meta:
        model = Notice
        fields = [
            "dossier",
            "title",
            "province",
            "commune",
            "number",
            "published_on",
            "media",
            "text",
            "closes_on",
            "closes_at",
        ]


class TransitionSerializer(serializers.Serializer):
    """One line of a procedure's table."""

    action = serializers.CharField()
    label = serializers.CharField()
    part = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())
    target = serializers.CharField()
    legal_basis = serializers.CharField()


class StateSerializer(serializers.Serializer):
    """One state of a procedure's table; ``limit`` is the law's time limit of its step in words, if any."""

    code = serializers.CharField()
    label = serializers.CharField()
    waits_for = serializers.CharField()
    step = serializers.CharField(allow_null=True)
    limit = serializers.CharField(allow_null=True)
    is_end = serializers.BooleanField()


class PaperSerializer(serializers.Serializer):
    """A kind of paper as the regime asks for it; ``verified`` tells whether the text of the law itself was read."""

    code = serializers.CharField()
    label = serializers.CharField()
    by = serializers.CharField()
    is_required = serializers.BooleanField()
    article = serializers.CharField(source="cited.article")
    verified = serializers.BooleanField(source="cited.verified")


class ProcedureSerializer(serializers.Serializer):
    """A procedure under one regime: papers, states with their limits, transitions."""

    code = serializers.CharField()
    title = serializers.CharField()
    result = serializers.CharField()
    legal_basis = serializers.CharField()
    regimes = serializers.ListField(child=serializers.CharField())
    regime = serializers.CharField()
    papers = PaperSerializer(many=True)
    states = StateSerializer(many=True)
    transitions = TransitionSerializer(many=True)


def procedure_row(procedure: Procedure, regime: Any) -> dict[str, Any]:
    """Return a procedure under a regime as plain values."""
    return {
        "code": procedure.code,
        "title": procedure.title,
        "result": procedure.result,
        "legal_basis": procedure.legal_basis,
        "regimes": procedure.regimes,
        "regime": regime.code,
        "papers": procedure.document_kinds(regime),
        "states": [
            {
                "code": state.code,
                "label": state.label,
                "waits_for": state.waits_for,
                "step": state.step,
                "limit": procedure.limit(regime, state.step).text or None if state.step else None,
                "is_end": state.is_end,
            }
            for state in procedure.states_of(regime)
        ],
        "transitions": procedure.table(regime),
    }
