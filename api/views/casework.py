"""Dossiers, public notices, procedures."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.casework import (
    ActionSerializer,
    DossierSerializer,
    EventSerializer,
    NoticeSerializer,
    ProcedureSerializer,
    procedure_row,
)
from dossiers.models import Dossier, Event, Notice
from dossiers.procedures import procedure, procedures
from dossiers.services.firing import available
from law.regimes import NoRegimeError, Regime

REGIME = OpenApiParameter(
    "regime", str, description="Code of a regime, R1 to R5; that of today unless given."
)
PROCEDURE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="Code of the procedure.")


@extend_schema_view(
    list=extend_schema(summary="Dossiers"),
    retrieve=extend_schema(summary="One dossier"),
)
class DossierViewSet(viewsets.ReadOnlyModelViewSet):
    """Dossiers the caller has to do with; others are not found. Applications stay sealed until they are opened."""

    queryset = Dossier.objects.none()
    serializer_class = DossierSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = None
    filterset_fields = ["state", "is_open", "procedure_code", "waiting_for", "regime_code"]
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9.-]+"

    def get_queryset(self) -> QuerySet[Dossier]:
        """Start from what the caller may see."""
        return Dossier.objects.visible_to(self.request.user).with_listing().order_by("-received_at", "-pk")

    @extend_schema(summary="What happened to a dossier", responses=EventSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_fields=None)
    def events(self, request: Request, code: str) -> Response:
        """List the events the caller may see, the oldest first."""
        dossier = self.get_object()
        rows = Event.objects.visible_to(request.user).filter(dossier=dossier).select_related("dossier")
        return Response(EventSerializer(rows.order_by("at", "pk"), many=True).data)

    @extend_schema(
        summary="What can be done with a dossier", responses=ActionSerializer(many=True), filters=False
    )
    @action(detail=True, pagination_class=None, filterset_fields=None)
    def actions(self, request: Request, code: str) -> Response:
        """List every action of the procedure with the reasons why the caller cannot do it now, as the pages do."""
        return Response(ActionSerializer(available(self.get_object(), request.user), many=True).data)


@extend_schema_view(list=extend_schema(summary="Open public notices"))
class NoticeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Notices whose receiving time runs; everybody may read them."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer
    filterset_class = None

    def get_queryset(self) -> QuerySet[Notice]:
        """Join what a row names."""
        return (
            Notice.objects.open(timezone.now())
            .select_related("dossier__province", "dossier__commune")
            .order_by("closes_on", "pk")
        )


class ProcedureViewSet(viewsets.ViewSet):
    """Procedures as their tables have them."""

    lookup_field = "code"
    lookup_value_regex = r"[a-z_]+"

    @extend_schema(summary="Procedures", parameters=[REGIME], responses=ProcedureSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every procedure under a regime."""
        regime = self._regime(request)
        rows = [procedure_row(one, regime) for one in procedures() if regime.code in one.regimes]
        return Response(ProcedureSerializer(rows, many=True).data)

    @extend_schema(summary="One procedure", parameters=[PROCEDURE, REGIME], responses=ProcedureSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Return one procedure under a regime."""
        regime = self._regime(request)
        try:
            found = procedure(code)
        except LookupError:
            raise Http404 from None
        if regime.code not in found.regimes:
            raise Http404
        return Response(ProcedureSerializer(procedure_row(found, regime)).data)

    def _regime(self, request: Request) -> Any:
        code = request.query_params.get("regime")
        try:
            return Regime.by_code(code) if code else Regime.on(timezone.localdate())
        except NoRegimeError:
            raise Http404 from None
