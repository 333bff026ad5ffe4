"""Names in cells as records: loaded once for a run, so that a row costs no query."""

import datetime as dt
import re
from collections import defaultdict
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from accounts.roles import Function
from clusters.importing.fields import bare, folded
from clusters.importing.rates import COMPUTED
from clusters.importing.rows import SECTION_NUMBER, ReadRow
from clusters.models import Cluster, Industry, Investor
from clusters.services.investors import bare_name
from clusters.services.tax import CHECK_DIGIT, clean_tax_code
from core.sentences import said_by
from core.sentences import sentence as _
from core.text import fold
from places.models import Commune, Province
from places.resolution import How, Resolution, resolve_commune
from places.search import communes_of

_CLOSE = 0.86
_SEGMENT = re.compile(
    r"\s*[,;+]\s*|\s+[-–]\s+|\s+và\s+(?=(?:xã|phường|thị trấn|tt\.?|p\.|x\.)\s)", re.IGNORECASE
)
#: What stands in a cell where there is no investor yet.
_NOBODY = {
    "chua co",
    "khong co",
    "khong",
    "chua",
    "chua co chu dau tu",
    "dang keu goi",
    "dang keu goi dau tu",
    "chua xac dinh",
}
_DISTRICT = re.compile(r"(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?|h\.|q\.)\s", re.IGNORECASE)
_PROVINCE = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)


class ClusterIndex:
    """Clusters by code and by name; those out of the person's reach are known only to be refused."""

    def __init__(self, user: Any, function: Function) -> None:
        writable = set(Cluster.objects.visible_to(user, function).order_by().values_list("pk", flat=True))
        columns = (
            "pk", "code", "name", "commune_id", "province__full_name_vi", "industrial_land_ha", "is_published",
            *COMPUTED,
        )  # fmt: skip
        self.by_pk: dict[int, dict[str, Any]] = {}
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.foreign: dict[str, str] = {}
        self.foreign_codes: dict[str, str] = {}
        for row in Cluster.objects.order_by("sort_key", "pk").values(*columns):
            if row["pk"] in writable:
                self.by_pk[row["pk"]] = row
                self.by_code[row["code"].casefold()] = row["pk"]
                self.by_name[bare(row["name"])].append(row["pk"])
            elif row["is_published"]:
                self.foreign.setdefault(bare(row["name"]), row["province__full_name_vi"])
                self.foreign_codes[row["code"].casefold()] = row["province__full_name_vi"]
        self._close: dict[str, list[int]] = {}

    def resolve(self, row: ReadRow, key: str = "cluster") -> int | None:
        """Return the cluster a row names; otherwise note the error, or the candidates to choose from."""
        text = row.values.get(key)
        if text is None:
            return None
        name = str(text)
        found = self.by_code.get(name.casefold())
        if found is not None:
            return found
        named = self.by_name.get(bare(name), [])
        if len(named) == 1:
            return named[0]
        if row.choice.isdigit() and int(row.choice) in self.by_pk:
            return int(row.choice)
        place = self.foreign_codes.get(name.casefold()) or (not named and self.foreign.get(bare(name)))
        if place:
            row.error(
                key,
                _("The cluster “%(name)s” lies in %(place)s, out of your reach.")
                % {"name": name, "place": place},
                _("Remove the row, or let an officer of that place import it."),
            )
            return None
        candidates = named or self.alike(bare(name))
        if candidates:
            row.candidates = [(str(pk), self.label(pk)) for pk in candidates]
            row.doubt(
                key,
                _("“%(name)s” can be one of several clusters.") % {"name": name}
                if named
                else _("No cluster is called “%(name)s”; there are similar names.") % {"name": name},
                _("Choose the one that is meant."),
            )
            return None
        row.error(
            key,
            _("No cluster is called “%(name)s”.") % {"name": name},
            _("Write its name or code as in the registry, or import the cluster first."),
        )
        return None

    def label(self, pk: int) -> str:
        """Return name and code of a cluster."""
        return f"{self.by_pk[pk]['name']} ({self.by_pk[pk]['code']})"

    def alike(self, folded: str) -> list[int]:
        """Return the clusters within reach whose folded name is nearly this one."""
        if folded not in self._close:
            names = get_close_matches(folded, list(self.by_name), n=3, cutoff=_CLOSE)
            self._close[folded] = [pk for name in names for pk in self.by_name[name]]
        return self._close[folded]


class InvestorIndex:
    """Investors by tax code and by name; unknown ones are numbered and kept to be added."""

    def __init__(self) -> None:
        self.by_tax: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_bare: dict[str, list[int]] = defaultdict(list)
        self.names: dict[int, str] = {}
        for pk, name, code in Investor.objects.order_by("pk").values_list("pk", "name", "tax_code"):
            self._add(pk, name, code)
        self.new: dict[int, dict[str, Any]] = {}
        self._numbers: list[int] = []
        self._codes: dict[str, str | ValidationError] = {}

    def resolve(
        self, row: ReadRow, key: str = "investor", tax_key: str = "tax_code", *, may_add: bool = True
    ) -> int | None:
        """Return the key of the investor a row names, of one to be added if there is none."""
        name = row.values.get(key)
        code = self.tax_code(row, tax_key)
        if code and code in self.by_tax:
            return self.by_tax[code]
        if name is None or folded(str(name)) in _NOBODY:
            return None
        name = str(name)[:255]
        exact = self.by_name.get(folded(name), [])
        if exact:
            if len(exact) > 1:
                row.doubt(
                    key,
                    _("Several investors are called “%(name)s”; the oldest record was taken.")
                    % {"name": name},
                )
            return exact[0]
        alike = self.by_bare.get(bare_name(name), [])
        if len(alike) == 1:
            row.doubt(
                key,
                _("“%(name)s” was taken for the investor “%(known)s”.")
                % {"name": name, "known": self.names[alike[0]]},
                _("Write the tax code beside it if it is another one."),
            )
            return alike[0]
        if not may_add:
            return None
        pk = self._next()
        self.new[pk] = {"name": name, "tax_code": code or ""}
        self._add(pk, name, code or "")
        row.note(key, _("The investor “%(name)s” is new and will be added.") % {"name": name})
        return pk

    def tax_code(self, row: ReadRow, key: str) -> str | None:
        """Return the cleaned tax code of a row, or note what is wrong with it."""
        text = row.values.get(key)
        if text is None:
            return None
        text = str(text)
        # A typed number loses the zero it begins with.
        if text.isdigit() and len(text) in (9, 11):
            text = f"0{text}"
        if text not in self._codes:
            try:
                self._codes[text] = clean_tax_code(text)
            except ValidationError as error:
                self._codes[text] = error
        cleaned = self._codes[text]
        if isinstance(cleaned, str):
            return cleaned
        if cleaned.code == CHECK_DIGIT:
            row.error(
                key,
                _("“%(value)s” fails the check digit: the tenth digit does not follow from the first nine.")
                % {"value": text},
                _("Check the certificate."),
            )
        else:
            row.error(key, said_by(cleaned))
        return None

    def _add(self, pk: int, name: str, code: str) -> None:
        self.names[pk] = name
        self.by_name[fold(name)].append(pk)
        self.by_bare[bare_name(name)].append(pk)
        if code:
            self.by_tax[code] = pk

    def _next(self) -> int:
        if not self._numbers:
            self._numbers = reserve_keys(Investor, 200)
        return self._numbers.pop()


class IndustryIndex:
    """Lines of the industry classification by code and by name, the newest edition first."""

    def __init__(self) -> None:
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        for pk, code, name in Industry.objects.order_by("-edition", "-level", "pk").values_list(
            "pk", "code", "name_vi"
        ):
            self.by_code.setdefault(code, pk)
            self.by_name.setdefault(fold(name), pk)
        self._first: dict[str, int | None] = {}

    def resolve(self, row: ReadRow, key: str = "industry") -> int | None:
        """Return the industry a row names by code or by name; an unknown one is left open."""
        text = row.values.get(key)
        if text is None:
            return None
        words = str(text)
        if words not in self._first:
            match = re.search(r"(?<!\d)\d{2,5}(?!\d)", words)
            found = self.by_code.get(match[0].zfill(2)) if match else None
            self._first[words] = found or self.by_name.get(fold(words))
        found = self._first[words]
        if found is None:
            row.doubt(
                key,
                _("No industry of VSIC is “%(text)s”; it was left open.") % {"text": words},
                _("Write the code of VSIC."),
            )
        return found


class PlaceIndex:
    """Addresses of any time as communes in force of one province."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self._known: dict[tuple[str, str], Resolution] = {}
        self._abroad: dict[str, str] = {}
        self.former = {
            fold(name)
            for names in Province.objects.filter(successor=province).values_list("name_vi", "full_name_vi")
            for name in names
        } | {fold(province.name_vi), fold(province.full_name_vi)}
        self.others: dict[str, str] = {}
        for name, full in (
            Province.objects.in_force().exclude(pk=province.pk).values_list("name_vi", "full_name_vi")
        ):
            self.others[fold(name)] = self.others[fold(full)] = full
        for name, full in (
            Province.objects.exclude(successor=province)
            .filter(successor__isnull=False)
            .values_list("name_vi", "successor__full_name_vi")
        ):
            self.others.setdefault(fold(name), full)
        for own in self.former:
            self.others.pop(own, None)

    def check_province(self, row: ReadRow, key: str = "province") -> None:
        """Note an error where a row names another province."""
        text = row.values.get(key)
        other = self.others.get(fold(_PROVINCE.sub("", str(text)))) if text is not None else None
        if other:
            self._refuse(row, key, other)

    def resolve(self, row: ReadRow, key: str = "place", district_key: str = "district") -> list[Commune]:
        """Return the communes a row lies in, the leading one first; what stays open is noted."""
        text = row.values.get(key)
        if text is None:
            return []
        parts = [part for part in _SEGMENT.split(str(text)) if part]
        if parts and fold(_PROVINCE.sub("", parts[-1])) in self.others and len(parts) > 1:
            self._refuse(row, key, self.others[fold(_PROVINCE.sub("", parts[-1]))])
            return []
        parts = [part for part in parts if fold(part) not in self.former or len(parts) == 1]
        district = str(row.values.get(district_key) or "")
        named = [part for part in parts[1:] if _DISTRICT.match(part)]
        if named:
            district = named[0]
        elif not district and row.section:
            section = SECTION_NUMBER.sub("", row.section)
            district = section if _DISTRICT.match(section) else ""
        communes: list[Commune] = []
        open_parts: list[tuple[str, Resolution]] = []
        for part in parts:
            if part in named:
                continue
            found = self._resolve(district, part)
            if found.commune is not None and found.commune not in communes:
                communes.append(found.commune)
            elif found.commune is None:
                open_parts.append((part, found))
        if not communes and open_parts:
            self._tell(row, key, *open_parts[0])
        return communes

    def _resolve(self, district: str, commune: str) -> Resolution:
        if (district, commune) not in self._known:
            self._known[district, commune] = resolve_commune(self.province.code, district, commune)
        return self._known[district, commune]

    def _tell(self, row: ReadRow, key: str, text: str, found: Resolution) -> None:
        facts = {"text": text, "province": self.province.full_name}
        names = ", ".join(commune.full_name for commune in found.candidates[:6])
        if found.how is How.UNKNOWN:
            other = self._elsewhere(text, str(row.values.get("district") or ""))
            if other:
                self._refuse(row, key, other)
                return
            row.doubt(
                key,
                _("“%(text)s” is no place of %(province)s; the commune was left open.") % facts,
                _("Write the commune of today."),
            )
        else:
            row.doubt(
                key,
                _("“%(text)s” can be several communes of today: %(names)s. The commune was left open.")
                % {**facts, "names": names},
                _("Write the one that is meant in the cell."),
            )

    def _elsewhere(self, text: str, district: str) -> str:
        """Return the only other province in which a place of this name lies today, blank if there are several."""
        words = f"{text}, {district}" if district else text
        if words not in self._abroad:
            found = communes_of(words).order_by().values_list("province__full_name_vi", flat=True).distinct()
            provinces = set(found[:3])
            self._abroad[words] = provinces.pop() if len(provinces) == 1 else ""
        return self._abroad[words]

    def _refuse(self, row: ReadRow, key: str, place: str) -> None:
        row.error(
            key,
            _("The row is about %(place)s, out of your reach.") % {"place": place},
            _("Remove the row, or let an officer of that place import it."),
        )


def reserve_keys(model: Any, count: int) -> list[int]:
    """Return primary keys that nobody else will be given, in falling order so that ``pop`` takes the lowest."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted((key for (key,) in cursor.fetchall()), reverse=True)


def as_day(value: Any) -> dt.date | None:
    """Return a date that was stored as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None
