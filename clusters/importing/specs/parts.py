"""Records of a cluster that go into their table as they are."""

from typing import Any

from clusters.importing.lookups import ClusterIndex
from clusters.importing.rows import ReadRow
from clusters.importing.specs.base import (
    PlainSpec,
    Run,
)


class ClusterPartSpec(PlainSpec):
    """Records that belong to one cluster."""

    section_key = "cluster"

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.clusters = ClusterIndex(run.user, self.function)
        manager: Any = self.model._default_manager
        self.load(manager.filter(cluster__in=list(self.clusters.by_pk)))

    def resolve(self, row: ReadRow) -> None:
        """Find the cluster, then the record in it."""
        cluster = self.clusters.resolve(row)
        if cluster is None:
            return
        row.attrs["cluster_id"] = cluster
        self.find(row, cluster)

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the record in the cluster and fill the links."""
        raise NotImplementedError(f"{type(self).__name__} does not find its records.")
