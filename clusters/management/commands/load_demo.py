from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.demo import load_demo_accounts
from clusters.loading.cases import load_cases
from clusters.loading.illustration import load_illustration
from clusters.loading.plans import load_plan
from clusters.loading.registry import load_clusters


class Command(BaseCommand):
    help = (
        "Load the real clusters that ship with the portal, an illustration and the demo accounts; repeatable."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            clusters = load_clusters()
            plan = load_plan()
            illustration = load_illustration()
            load_demo_accounts()
            cases = load_cases()
        added = [f"{clusters} clusters"] if clusters else []
        added += ["a development plan"] if plan else []
        added += ["an illustration"] if illustration else []
        added += [f"{cases} dossiers"] if cases else []
        self.stdout.write(", ".join(added) + " added" if added else "nothing to add")
