"""Casework: dossiers, the applications in them, and a row of its own for everything that happens to them."""

from dossiers.models.applications import Application, Withdrawal
from dossiers.models.clocks import Extension, Pause, StepRun
from dossiers.models.codes import CodeCounter
from dossiers.models.councils import (
    Council,
    CouncilMember,
    Score,
    ScoreSheet,
    ScoringRound,
    SubCriterion,
)
from dossiers.models.documents import Document, OrganisationPaper, Upload
from dossiers.models.dossiers import Dossier
from dossiers.models.events import Event
from dossiers.models.models_of_papers import ModelDocument
from dossiers.models.notices import Notice, OpeningRecord
from dossiers.models.notifications import Delivery, Notification, NotificationSetting, OutboxMessage, Topic
from dossiers.models.opinions import OpinionRequest
from dossiers.models.people import Assignment, Complaint, Condition, Delegation
from dossiers.models.supplements import SupplementItem, SupplementRequest

__all__ = [
    "Application",
    "Assignment",
    "CodeCounter",
    "Complaint",
    "Condition",
    "Council",
    "CouncilMember",
    "Delegation",
    "Delivery",
    "Document",
    "Dossier",
    "Event",
    "Extension",
    "ModelDocument",
    "Notice",
    "Notification",
    "NotificationSetting",
    "OpeningRecord",
    "OpinionRequest",
    "OrganisationPaper",
    "OutboxMessage",
    "Pause",
    "Score",
    "ScoreSheet",
    "ScoringRound",
    "StepRun",
    "SubCriterion",
    "SupplementItem",
    "SupplementRequest",
    "Topic",
    "Upload",
    "Withdrawal",
]
