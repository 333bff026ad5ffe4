"""What Django says of a wrong entry is said in Vietnamese, and in good Vietnamese."""

import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import override

FIELDS = (
    forms.CharField(max_length=3),
    forms.CharField(min_length=30),
    forms.IntegerField(max_value=5, min_value=2),
    forms.IntegerField(step_size=7),
    forms.DecimalField(max_digits=3, decimal_places=1),
    forms.DecimalField(max_digits=5, decimal_places=4),
    forms.DateField(),
    forms.EmailField(),
    forms.UUIDField(),
    forms.ChoiceField(choices=[("a", "A")]),
    forms.MultipleChoiceField(choices=[("a", "A")]),
    forms.FileField(),
)
ENTRIES = ("", "\x00", "abcdef", "1", "9", "12345.678")


def said(language):
    """Return every message that some entry gets from some field."""
    sentences = set()
    for field in FIELDS:
        for entry in ENTRIES:
            with override(language):
                try:
                    field.clean([entry] if isinstance(field, forms.MultipleChoiceField) else entry)
                except ValidationError as refused:
                    sentences.update(refused.messages)
                except AttributeError:  # a text is no file
                    continue
    return sentences


def test_every_refusal_of_a_field_is_translated():
    assert said("vi") & said("en") == set()


@pytest.mark.parametrize(
    ("field", "entry", "sentence"),
    [
        (forms.IntegerField(), "2,5", "Nhập một số nguyên."),
        (forms.IntegerField(min_value=0), "-5", "Giá trị không được nhỏ hơn 0."),
        (forms.IntegerField(max_value=100), "101", "Giá trị không được lớn hơn 100."),
        (forms.ChoiceField(choices=[]), "zz", "Hãy chọn trong danh sách: không có lựa chọn “zz”."),
        (forms.CharField(), "\x00", "Không được có ký tự rỗng (NUL)."),
        (forms.CharField(max_length=2), "abc", "Không được quá 2 ký tự (hiện có 3)."),
    ],
)
def test_a_refusal_says_what_is_wrong(field, entry, sentence):
    with override("vi"), pytest.raises(ValidationError) as refused:
        field.clean(entry)
    assert refused.value.messages == [sentence]


def test_a_file_of_another_kind_is_refused_in_vietnamese():
    with override("vi"), pytest.raises(ValidationError) as refused:
        validators.FileExtensionValidator(["pdf"])(type("Named", (), {"name": "a.exe"})())
    assert refused.value.messages == ["Không nhận tệp có đuôi “exe”. Các đuôi được nhận: pdf."]
