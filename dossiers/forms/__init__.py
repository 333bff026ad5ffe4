"""Forms of casework; the fields of a concrete procedure stand in its own room."""

from dossiers.forms.wizard import SectionForm

__all__ = ["SectionForm"]
