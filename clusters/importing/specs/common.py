"""Fields that several kinds of import share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.importing.fields import column
from core.workbooks.mapping import Field

CLUSTER = Field(
    "cluster",
    _("cluster"),
    (
        "Cụm công nghiệp",
        "Tên cụm công nghiệp",
        "CCN",
        "Tên CCN",
        "Thuộc cụm công nghiệp",
        "Mã cụm công nghiệp",
        "Industrial cluster",
        "Cluster name",
    ),
    required=True,
    note=_("Name or code of the cluster as in the registry."),
    example="Âu Lâu",
)
INVESTOR = Field(
    "investor",
    _("investor"),
    (
        "Chủ đầu tư",
        "Nhà đầu tư",
        "Tên chủ đầu tư",
        "Tên doanh nghiệp",
        "Doanh nghiệp",
        "Nhà đầu tư thứ cấp",
        "Tên công ty",
        "Chủ đầu tư hạ tầng",
        "Investor name",
    ),
    example="Công ty TNHH Thử Nghiệm",
)
TAX_CODE = Field(
    "tax_code",
    _("tax code"),
    ("Mã số thuế", "MST", "Mã số doanh nghiệp", "Mã số thuế nhà đầu tư"),
    example="0100109106",
)
PLACE = Field(
    "place",
    _("place"),
    (
        "Địa điểm",
        "Vị trí",
        "Địa chỉ",
        "Xã, phường",
        "Xã/phường",
        "Địa bàn",
        "Địa phương",
        "Phường/xã/đặc khu",
        "Location",
        "Commune",
    ),
    note=_("Commune of today or of the time of the paper, with its district if it is an old one."),
    example="Xã Hòa Nhơn, huyện Hòa Vang",
)
DISTRICT = Field(
    "district", _("former district"), ("Huyện", "Quận/huyện", "Huyện, thị xã, thành phố", "Huyện cũ")
)
PROVINCE = Field("province", _("province"), ("Tỉnh", "Tỉnh, thành phố", "Tỉnh/thành phố"))


def as_of(model: type[models.Model]) -> Field:
    """Return the field of the day for which a state holds."""
    return column(
        model,
        "as_of",
        "Tính đến ngày",
        "Ngày số liệu",
        "Thời điểm",
        "Ngày cập nhật",
        "Số liệu đến ngày",
        "State as of",
    )


def source(model: type[models.Model]) -> tuple[Field, ...]:
    """Return the fields of the paper a row comes from."""
    return (
        column(model, "source_title", "Nguồn số liệu", "Văn bản nguồn", "Tài liệu nguồn", "Nguồn"),
        column(model, "source_number", "Số văn bản nguồn", "Số hiệu văn bản nguồn"),
        column(model, "source_date", "Ngày văn bản nguồn"),
    )


def notes(model: type[models.Model], name: str = "notes") -> Field:
    """Return the field for remarks."""
    return column(model, name, "Ghi chú", "Ghi chép", "Remarks")


def without_blank(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is filled in."""
    return {name: value for name, value in values.items() if value not in (None, "")}
