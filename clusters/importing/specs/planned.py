"""Lines of a development plan."""

from collections import defaultdict
from typing import Any

from accounts.roles import Function
from clusters.importing.areas import settle_area
from clusters.importing.fields import bare, column
from clusters.importing.lookups import PlaceIndex
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import NEW, PlainSpec, Run
from clusters.models import Cluster, DevelopmentPlan, PlannedCluster
from clusters.models.imports import ImportKind
from core.sentences import sentence as _
from core.workbooks.mapping import Field


class PlannedSpec(PlainSpec):
    """Planned clusters, by plan and name; of several with one name by the commune."""

    kind = ImportKind.PLANNED
    model = PlannedCluster
    function = Function.EDIT_PLAN
    functions = (Function.EDIT_REGISTRY, Function.EDIT_PLAN)
    columns = (
        "name",
        "area_ha",
        "main_lines",
        "land_status",
        "justification",
        "environmental_distance",
        "total_investment",
        "link_description",
    )
    links = ("plan_id", "commune_id", "cluster_id", "place_text")
    defaults = ("plan",)

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of planned clusters."""
        model = PlannedCluster
        return (
            column(
                model,
                "name",
                "Tên cụm công nghiệp",
                "Cụm công nghiệp",
                "CCN",
                "Tên CCN",
                "Tên",
                required=True,
            ),
            common.PLACE,
            common.DISTRICT,
            common.PROVINCE,
            column(
                model,
                "area_ha",
                "Diện tích quy hoạch",
                "Diện tích",
                "Quy mô",
                "Diện tích (ha)",
                "Chưa được thành lập",
                bracketed=True,
            ),
            column(
                model,
                "main_lines",
                "Ngành nghề",
                "Ngành nghề hoạt động chủ yếu",
                "Ngành nghề thu hút đầu tư",
                "Tính chất",
            ),
            column(model, "land_status", "Hiện trạng sử dụng đất", "Hiện trạng đất"),
            column(model, "justification", "Sự cần thiết", "Căn cứ", "Luận cứ"),
            column(
                model,
                "environmental_distance",
                "Khoảng cách an toàn môi trường",
                "Khoảng cách đến khu dân cư",
            ),
            column(model, "total_investment", "Tổng mức đầu tư", "Vốn đầu tư", "TMĐT"),
            column(model, "link_description", "Liên kết", "Nội dung liên kết"),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        plans = DevelopmentPlan.objects.visible_to(run.user, self.function)
        self.plan = plans.filter(pk=run.defaults.get("plan") or 0).first()
        self.places = PlaceIndex(run.province)
        self.load(PlannedCluster.objects.filter(plan=self.plan))
        self.by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in self.known.values():
            self.by_name[bare(record["name"])].append(record)
        clusters = Cluster.objects.filter(province=run.province).order_by("pk").values_list("pk", "name")
        self.clusters: dict[str, list[int]] = defaultdict(list)
        for pk, name in clusters:
            self.clusters[bare(name)].append(pk)

    def resolve(self, row: ReadRow) -> None:
        """Find the line of the plan by its name and its commune."""
        if self.plan is None:
            row.error("name", _("No plan is chosen."), _("Choose the plan on the page of the columns."))
            return
        self.places.check_province(row)
        communes = self.places.resolve(row)
        name = row.attrs.get("name")
        if name is None:
            return
        row.label = name
        row.attrs["plan_id"] = self.plan.pk
        row.attrs["commune_id"] = communes[0].pk if communes else None
        row.attrs["place_text"] = str(row.values["place"])[:300] if row.values.get("place") else None
        settle_area(self, row)
        known = self.chosen(row)
        named = self.by_name.get(bare(name), [])
        if known is None and row.choice != NEW:
            there = [one for one in named if communes and one["commune_id"] == communes[0].pk] or named
            if len(there) == 1:
                known = there[0]
            elif there:
                row.candidates = [(str(one["id"]), f"{one['name']}, {one['place_text']}") for one in there]
                row.candidates.append((NEW, _("a new line")))
                row.doubt(
                    "name",
                    _("Several lines of the plan are called “%(name)s”.") % {"name": name},
                    _("Choose the one that is meant."),
                )
                return
        if self.once(row, known["id"] if known else (bare(name), row.attrs["commune_id"]), "name"):
            row.known = known
            of_name = self.clusters.get(bare(name), [])
            if known is None and len(of_name) == 1:
                row.attrs["cluster_id"] = of_name[0]
