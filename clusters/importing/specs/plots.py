"""Plots."""

from typing import Any

from clusters.choices import (
    PlotStatus,
)
from clusters.importing.fields import column
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import (
    SOURCE,
    Run,
    not_to_come,
)
from clusters.importing.specs.parts import ClusterPartSpec
from clusters.models import Plot
from clusters.models.imports import ImportKind
from core.text import fold
from core.workbooks.mapping import Field


class PlotSpec(ClusterPartSpec):
    """Plots, by cluster and number of the plot."""

    kind = ImportKind.PLOTS
    model = Plot
    columns = (
        "code",
        "area_ha",
        "status",
        "as_of",
        "price_per_m2",
        "available_from",
        "lines",
        "utilities",
        *SOURCE,
    )
    links = ("cluster_id",)
    defaults = ("as_of", *SOURCE)

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of plots."""
        return (
            common.CLUSTER,
            column(
                Plot,
                "code",
                "Lô đất",
                "Số lô",
                "Ký hiệu lô",
                "Tên lô",
                "Lô",
                "Mã lô",
                required=True,
                example="CN-01",
            ),
            column(
                Plot, "area_ha", "Diện tích", "Diện tích lô", "Diện tích (ha)", required=True, example="1,25"
            ),
            column(
                Plot,
                "status",
                "Tình trạng",
                "Trạng thái",
                "Hiện trạng",
                required=True,
                extra={
                    PlotStatus.FREE: (
                        "còn trống",
                        "trống",
                        "chưa cho thuê",
                        "chưa thuê",
                        "sẵn sàng cho thuê",
                    ),
                    PlotStatus.RESERVED: ("giữ chỗ", "đã giữ chỗ", "đã đăng ký", "đang đàm phán"),
                    PlotStatus.LEASED: ("đã cho thuê", "đã thuê", "cho thuê"),
                    PlotStatus.NOT_CLEARED: ("chưa giải phóng mặt bằng", "chưa GPMB", "đang GPMB"),
                },
            ),
            common.as_of(Plot),
            column(Plot, "price_per_m2", "Giá thuê", "Giá cho thuê (đồng/m2)", "Đơn giá thuê"),
            column(Plot, "available_from", "Có thể thuê từ", "Sẵn sàng từ ngày"),
            column(Plot, "lines", "Ngành nghề", "Ngành nghề tiếp nhận"),
            column(Plot, "utilities", "Hạ tầng", "Tiện ích", "Điện, nước"),
            *common.source(Plot),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.by_code = {(plot["cluster_id"], fold(plot["code"])): plot for plot in self.known.values()}

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the plot by its number."""
        code = row.attrs.get("code")
        if code is None:
            return
        row.label = f"{self.clusters.by_pk[cluster]['name']}: {code}"
        if self.once(row, (cluster, fold(code)), "code"):
            row.known = self.by_code.get((cluster, fold(code)))

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """No state of a day to come."""
        not_to_come(self, row, record, "as_of")
