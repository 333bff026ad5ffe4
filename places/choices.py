from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    """Kinds of administrative units, of today and of before 1 July 2025."""

    PROVINCE = "province", pgettext_lazy("unit", "province")  # tỉnh
    CITY = "city", _("centrally run city")  # thành phố trực thuộc trung ương
    COMMUNE = "commune", pgettext_lazy("unit", "commune")  # xã
    WARD = "ward", _("ward")  # phường
    SPECIAL_ZONE = "special_zone", _("special zone")  # đặc khu
    TOWNSHIP = "township", _("township")  # thị trấn, until 30 June 2025
    RURAL_DISTRICT = "rural_district", _("rural district")  # huyện, until 30 June 2025
    URBAN_DISTRICT = "urban_district", _("urban district")  # quận, until 30 June 2025
    PROVINCIAL_CITY = "provincial_city", _("provincial city")  # thành phố thuộc tỉnh, until 30 June 2025
    TOWN = "town", _("town")  # thị xã, until 30 June 2025


# How the kind is written before the name in Vietnamese, and after it in English.
KIND_WORDS = {
    UnitKind.PROVINCE: ("Tỉnh", "Province"),
    UnitKind.CITY: ("Thành phố", "City"),
    UnitKind.COMMUNE: ("Xã", "Commune"),
    UnitKind.WARD: ("Phường", "Ward"),
    UnitKind.SPECIAL_ZONE: ("Đặc khu", "Special Zone"),
    UnitKind.TOWNSHIP: ("Thị trấn", "Township"),
    UnitKind.RURAL_DISTRICT: ("Huyện", "District"),
    UnitKind.URBAN_DISTRICT: ("Quận", "District"),
    UnitKind.PROVINCIAL_CITY: ("Thành phố", "City"),
    UnitKind.TOWN: ("Thị xã", "Town"),
}


class SuccessionKind(models.TextChoices):
    """What happened to a former commune on the way into a commune in force."""

    UNCHANGED = "unchanged", _("kept as it was")
    RENAMED = "renamed", _("renamed")
    KIND_CHANGED = "kind_changed", _("changed its kind")
    WHOLE = "whole", _("merged as a whole")
    PART_ALL_PEOPLE = "part_all_people", _("part of its land with all its people")
    PART = "part", _("in part")
