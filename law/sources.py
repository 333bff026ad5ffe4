"""Where the portal's knowledge of the law comes from; every cited value names one of these."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from law.words import Text


@dataclass(frozen=True)
class Source:
    """A source: what it is, and how it was seen."""

    code: str
    title: Text
    seen: Text


_ROWS = [
    Source(
        "ND32",
        _("Decree 32/2024/NĐ-CP of 15 March 2024, full text"),
        _("Text of the decree read in full."),
    ),
    Source(
        "TT14",
        _("Circular 14/2024/TT-BCT of 15 August 2024 with its appendices, full text"),
        _("Text of the circular read in full."),
    ),
    Source(
        "TT38",
        _("Circular 38/2025/TT-BCT of 19 June 2025, Article 29"),
        _("Text of the article read in full."),
    ),
    Source(
        "ND139",
        _("Decree 139/2025/NĐ-CP of 12 June 2025, full text"),
        _("Text of the decree read in full."),
    ),
    Source(
        "1178",
        _("Letter 1178/ĐCK-CTT of 9 July 2025 to the Department of Industry and Trade of Lào Cai"),
        _("Text of the letter read in full."),
    ),
    Source(
        "NQ19",
        _("Resolution 19/2026/NQ-CP of 29 April 2026, Appendix III"),
        _(
            "Read in a machine reading (OCR) of the signed scan; digits have to be checked before they are relied on."
        ),
    ),
    Source(
        "ND303",
        _("Decree 303/2026/NĐ-CP of 1 August 2026, summary by an officer of the Lào Cai department"),
        _(
            "One summary by an officer who held the signed copy; the original text was not seen. That the decree "
            "exists is confirmed by two other papers, its content is not."
        ),
    ),
    Source(
        "ND178",
        _("Decree 178/2026/NĐ-CP of 20 May 2026 on infrastructure assets invested by the State"),
        _("Dates checked in the text; the rest from a summary."),
    ),
    Source(
        "TVPL68",
        _("Decree 68/2017/NĐ-CP, Articles 2 and 12 as quoted on thuvienphapluat.vn"),
        _("Quotation of single articles; the whole text was not seen."),
    ),
    Source(
        "66",
        _("Decree 66/2020/NĐ-CP as described by tapchicongthuong.vn and thuvienphapluat.vn"),
        _("A description of the scoring and the opening of the text; steps and days were not found."),
    ),
    Source(
        "TT15",
        _("Circular 15/2017/TT-BCT, Article 10 and table of contents as quoted by legal portals"),
        _("Quotation of single articles; the whole text was not seen."),
    ),
    Source(
        "105",
        _("Decision 105/2009/QĐ-TTg as described by vietnamlawmagazine.vn"),
        _("Only the limits of area are known."),
    ),
    Source(
        "LC",
        _("Practice of Lào Cai province, Decision 16/2026/QĐ-UBND"),
        _("Described by the province's officers; a local rule, not the law of the country."),
    ),
    Source(
        "MEMORY",
        _("No source"),
        _("A recollection that no paper confirms. Do not rely on it."),
    ),
    Source(
        "NONE",
        _("Looked for and not found"),
        _("No text that gives this value was found."),
    ),
]

SOURCES: dict[str, Source] = {source.code: source for source in _ROWS}
