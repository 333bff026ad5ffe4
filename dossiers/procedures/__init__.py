"""The tables that dossiers run on. A concrete procedure is defined in the room whose records it changes."""

from dossiers.procedures.base import Procedure, Section, State, Step, Transition
from dossiers.procedures.registry import (
    Elsewhere,
    elsewhere,
    name_elsewhere,
    procedure,
    procedures,
    register,
)

__all__ = [
    "Elsewhere",
    "Procedure",
    "Section",
    "State",
    "Step",
    "Transition",
    "elsewhere",
    "name_elsewhere",
    "procedure",
    "procedures",
    "register",
]
