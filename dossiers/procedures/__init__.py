"""The tables that dossiers run on. A concrete procedure is defined in the room whose records it changes."""

from dossiers.procedures.base import Procedure, State, Step, Transition
from dossiers.procedures.registry import procedure, procedures, register

__all__ = ["Procedure", "State", "Step", "Transition", "procedure", "procedures", "register"]
