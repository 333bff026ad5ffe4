"""The procedures that change the registry, each a table that ``dossiers`` runs."""

from clusters.procedures import elsewhere
from clusters.procedures.establish import EstablishCluster, ExpandCluster

__all__ = ["EstablishCluster", "ExpandCluster", "elsewhere"]
