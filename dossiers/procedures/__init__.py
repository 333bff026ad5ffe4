"""The tables that dossiers run on. A concrete procedure is defined in the room whose records it changes."""

from dossiers.procedures.base import Procedure
from dossiers.procedures.parts import Section
from dossiers.procedures.registry import (
    Elsewhere,
    elsewhere,
    name_elsewhere,
    procedure,
    procedures,
    register,
)
from dossiers.procedures.transitions import State, Transition
from law.vocabulary import Step

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
