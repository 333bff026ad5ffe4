"""Dossiers, public notices, procedures."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acting import (
    BODY,
    ActionSerializer,
    RefusalSerializer,
    body_of,
    check_names,
    errors_of,
    make_form,
    seen_by,
)
from api.casework import (
    DossierSerializer,
    EventSerializer,
    NoticeSerializer,
    ProcedureSerializer,
    procedure_row,
)
from dossiers.forms.office.actions import action_form
from dossiers.models import Dossier, Event, Notice
from dossiers.procedures import procedure, procedures
from dossiers.services.events import ActionRefused, ChangedMeanwhile, lock
from dossiers.services.firing import Available, available
from law.regimes import NoRegimeError, Regime

REGIME = OpenApiParameter(
    "regime", str, description="Code of a regime, R1 to R5; that of today unless given."
)
ACTION = OpenApiParameter("action", str, OpenApiParameter.PATH, description="As the list of actions has it.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of the dossier as it was seen."
)
FIELD_ERRORS = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
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

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the dossier; its ETag is its version, which actions take as If-Match."""
        dossier = self.get_object()
        return self._at_version(dossier, Response(self.get_serializer(dossier).data))

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
        dossier = self.get_object()
        context = {"dossier": dossier, "user": request.user}
        rows = ActionSerializer(available(dossier, request.user), many=True, context=context)
        return self._at_version(dossier, Response(rows.data))

    @extend_schema(
        summary="Do an action",
        auth=[{"cookieAuth": []}],
        parameters=[ACTION, IF_MATCH],
        request={"application/json": BODY, "multipart/form-data": BODY},
        responses={
            200: DossierSerializer,
            400: FIELD_ERRORS,
            403: RefusalSerializer,
            409: RefusalSerializer,
        },
        filters=False,
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=r"actions/(?P<action>[a-z_]+)",
        url_name="act",
        filterset_fields=None,
    )
    def act(self, request: Request, code: str, action: str) -> Response:
        """Do an action of the procedure with the form and the service of its page, and return the dossier.

        What stands in the way is refused with every reason: 403 where it is another part's, 409 where the dossier
        changed since the version that was seen or does not allow it now, 400 where a field is wrong. A paper that
        was taken stays in the dossier whatever else was wrong. The ETag tells the version there is now.
        """
        dossier = self.get_object()
        for one in available(dossier, request.user):
            if one.transition.action == action:
                return self._at_version(dossier, self._act(request, dossier, one))
        raise Http404

    def _act(self, request: Request, dossier: Dossier, one: Available) -> Response:
        if not one.is_mine:
            return _refusal(status.HTTP_403_FORBIDDEN, one.reasons)
        data, files = body_of(request, action_form(dossier, one.transition.action))
        data["seen"] = seen_by(request, data)
        form = make_form(one, dossier, request.user, data, files)
        try:
            with transaction.atomic():
                lock(dossier, seen=int(data["seen"]), actor=request.user)
            if not one.can_begin:
                raise ActionRefused(list(one.reasons))
            check_names(form, {*data, *files})
            if form.is_valid():
                form.apply()
        except ChangedMeanwhile as error:
            return _refusal(status.HTTP_409_CONFLICT, error.messages, error.events)
        except ActionRefused as error:
            return _refusal(status.HTTP_409_CONFLICT, error.reasons)
        except ValidationError as error:
            form.take_errors(error)
        if form.errors:
            return Response(errors_of(form), status=status.HTTP_400_BAD_REQUEST)
        return Response(self.get_serializer(self.get_object()).data)

    def _at_version(self, dossier: Dossier, response: Response) -> Response:
        dossier.refresh_from_db(fields=["version"])
        response["ETag"] = f'"{dossier.version}"'
        return response


def _refusal(code: int, reasons: Iterable[str], events: Iterable[Event] = ()) -> Response:
    reasons = list(reasons)
    told = RefusalSerializer({"detail": " ".join(reasons), "reasons": reasons, "events": events})
    return Response(told.data, status=code)


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
