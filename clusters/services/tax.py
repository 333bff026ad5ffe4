"""Tax codes: what they look like, whether their check digit holds, and which of them are personal data.

Sources: Law 38/2019/QH14 Arts 30, 35; Circular 86/2024/TT-BTC. Since 1 July 2025 the 12-digit personal
identification number takes the place of the tax code of individuals and household businesses.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.vn import mst

#: The error that a person may confirm: old registers hold codes that were mistyped when they were issued.
CHECK_DIGIT = "check_digit"

_PERSONAL = re.compile(r"[0-9]{12}")
_ENTERPRISE = re.compile(r"[0-9]{10}")
_BRANCH = re.compile(r"([0-9]{10})-?([0-9]{3})")
_LAST_PROVINCE_OF_BIRTH = 96


def clean_tax_code(text: str) -> str:
    """Return the code as it is stored: 10 digits, ``0100109106-001`` for a branch, or 12 digits.

    Raise ValidationError; its code is ``check_digit`` where a person may confirm the number nevertheless.
    """
    code = re.sub(r"[\s.]", "", text)
    if _PERSONAL.fullmatch(code):
        return _clean_personal(code)
    branch = _BRANCH.fullmatch(code)
    if branch:
        if branch[2] == "000":
            raise ValidationError(
                _("“%(value)s”: the last three digits of a branch run from 001 to 999. Check them."),
                "branch",
                {"value": text},
            )
        code = f"{branch[1]}-{branch[2]}"
    elif not _ENTERPRISE.fullmatch(code):
        raise ValidationError(
            _(
                "“%(value)s” is not a tax code. It has 10 digits, 13 for a branch (0100109106-001), or 12 for a "
                "household business (personal identification number). Check the certificate."
            ),
            "format",
            {"value": text},
        )
    try:
        mst.validate(code)
    except InvalidChecksum:
        raise ValidationError(
            _(
                "“%(value)s” fails the check digit: the tenth digit does not follow from the first nine. Check the "
                "certificate; if the number really stands there, confirm it below."
            ),
            CHECK_DIGIT,
            {"value": text},
        ) from None
    except NumberError:
        raise ValidationError(
            _("“%(value)s” is not a tax code that is issued. Check the certificate."),
            "format",
            {"value": text},
        ) from None
    return code


def is_personal(code: str) -> bool:
    """Say whether the code is the personal identification number of a human being."""
    return bool(_PERSONAL.fullmatch(code))


def searchable(code: str) -> str:
    """Return the code, but no personal number: the directory everybody reads searches these words too."""
    return "" if is_personal(code) else code


def masked(code: str) -> str:
    """Return the code for people who may not see personal data: the last three digits of a personal number."""
    return f"•••••••••{code[-3:]}" if is_personal(code) else code


def _clean_personal(code: str) -> str:
    if not 1 <= int(code[:3]) <= _LAST_PROVINCE_OF_BIRTH:
        raise ValidationError(
            _(
                "“%(value)s” is not a personal identification number: its first three digits name a province, 001 to "
                "096. Check the number."
            ),
            "format",
            {"value": code},
        )
    return code
