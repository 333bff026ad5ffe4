"""Wording that several models share."""

from collections.abc import Iterator

from core.office.decree30 import ALIGN, Column, Paper

CLUSTER = "{{ act }} cụm công nghiệp {{ cluster.name }}"
COUNCIL = "Hội đồng đánh giá lựa chọn chủ đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp {{ cluster.name }}"
AREA = (
    "{{ cluster.area_ha }} ha{% if cluster.added_ha %} (diện tích hiện có {{ cluster.before_ha }} ha, diện tích mở "
    "rộng {{ cluster.added_ha }} ha){% endif %}"
)


def roman() -> Iterator[str]:
    """Return the numbers of main parts, one after the other."""
    return iter(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"))


def about_cluster(paper: Paper) -> None:
    """Write name, place, area, type, lines and plan of the cluster, a line each."""
    paper.text("- Tên gọi: Cụm công nghiệp {{ cluster.name }}.")
    paper.text("- Địa điểm: {{ cluster.place }}.")
    paper.text(f"- Diện tích: {AREA}.")
    paper.control("if cluster.kind")
    paper.text("- Loại hình: {{ cluster.kind }}.")
    paper.control("endif")
    paper.text("- Ngành nghề hoạt động chủ yếu: {{ cluster.lines }}.")
    paper.control("if cluster.plan")
    paper.text("- Căn cứ quy hoạch: {{ cluster.plan }}.")
    paper.control("endif")


def article(paper: Paper, number: int | str, text: str, *, keep: bool = False) -> None:
    """Write the opening of an article of a decision."""
    paper.text(f"**Điều {number}.** {text}", keep=keep)


def score_columns() -> list[Column]:
    """Return the columns of a table of results: candidates with their criteria below them."""
    return [
        Column("TT", "", 12, ALIGN.CENTER),
        Column("Nhà đầu tư, tiêu chí", "", 83),
        Column("Điểm tối đa", "", 22, ALIGN.CENTER),
        Column("Điểm trung bình", "", 26, ALIGN.CENTER),
        Column("Xếp hạng", "", 22, ALIGN.CENTER),
    ]


def score_lines(maximum: str = "") -> list[str | tuple[str, ...]]:
    """Return the lines of a table of results over the list ``scores``."""
    return [
        "for row in scores",
        (
            "**{{ row.no }}**",
            "**{{ row.name }}**",
            maximum and f"**{maximum}**",
            "**{{ row.total }}**",
            "**{{ row.rank }}**",
        ),
        "for part in row.criteria",
        ("", "{{ part.name }}", "{{ part.maximum }}", "{{ part.average }}", ""),
        "endfor",
        "endfor",
    ]
