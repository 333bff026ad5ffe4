"""The office: my work, the page of a dossier and what is done on it, opinions, councils, the leader's board."""

from django.urls import URLPattern, path

from dossiers.views.office import actions, board, councils, documents, opinions, supplements
from dossiers.views.office.handout import AssignManyView
from dossiers.views.office.sheets import SheetView
from dossiers.views.office.start import start
from dossiers.views.office.work import MyWorkView
from dossiers.views.office.workspace import show_workspace

CASE = "cases/<str:code>"

urlpatterns: list[URLPattern] = [
    path("start/", start, name="start"),
    path("work/", MyWorkView.as_view(), name="my_work"),
    path("work/assign/", AssignManyView.as_view(), name="assign_bulk"),
    path("board/", board.show_board, name="board"),
    path("deputies/", board.edit_delegations, name="delegations"),
    path("deputies/<int:pk>/end/", board.close_delegation, name="delegation_end"),
    path("opinions/", opinions.OpinionListView.as_view(), name="opinion_list"),
    path("opinions/<int:pk>/", opinions.OpinionView.as_view(), name="opinion"),
    path("councils/", councils.list_councils, name="council_list"),
    path("cases/papers/<int:pk>/", documents.download_document, name="office_document"),
    path(f"{CASE}/", show_workspace, name="workspace"),
    path(f"{CASE}/do/<slug:action>/", actions.ActionView.as_view(), name="action"),
    path(f"{CASE}/do/<slug:action>/preview/", actions.ActionPreview.as_view(), name="action_preview"),
    path(f"{CASE}/questions/<slug:question>/", actions.QuestionView.as_view(), name="question"),
    path(f"{CASE}/assign/", actions.AssignView.as_view(), name="assign"),
    path(f"{CASE}/extend/", actions.ExtendView.as_view(), name="extend"),
    path(f"{CASE}/law/", actions.RegimeView.as_view(), name="settle_law"),
    path(f"{CASE}/papers/add/", actions.PaperView.as_view(), name="case_paper_add"),
    path(f"{CASE}/conditions/add/", actions.ConditionAddView.as_view(), name="condition_add"),
    path(f"{CASE}/conditions/<int:pk>/", actions.ConditionCheckView.as_view(), name="condition_check"),
    path(f"{CASE}/complaints/<int:pk>/", actions.ComplaintAnswerView.as_view(), name="complaint_answer"),
    path(f"{CASE}/supplements/ask/", supplements.SupplementAskView.as_view(), name="supplement_ask"),
    path(
        f"{CASE}/supplements/<int:number>/close/",
        supplements.SupplementCloseView.as_view(),
        name="supplement_close",
    ),
    path(
        f"{CASE}/supplements/<int:number>/remind/",
        supplements.SupplementRemindView.as_view(),
        name="supplement_remind",
    ),
    path(f"{CASE}/opinions/ask/", opinions.OpinionAskView.as_view(), name="opinion_ask"),
    path(f"{CASE}/opinions/<int:pk>/record/", opinions.OpinionRecordView.as_view(), name="opinion_record"),
    path(
        f"{CASE}/opinions/<int:pk>/take-back/",
        opinions.OpinionTakeBackView.as_view(),
        name="opinion_take_back",
    ),
    path(f"{CASE}/opinions/<int:pk>/remind/", opinions.OpinionRemindView.as_view(), name="opinion_remind"),
    path(f"{CASE}/council/", councils.show_council, name="council"),
    path(f"{CASE}/council/set-up/", councils.CouncilSetUpView.as_view(), name="council_set_up"),
    path(f"{CASE}/council/criteria/", councils.CriteriaView.as_view(), name="council_criteria"),
    path(f"{CASE}/council/close/", councils.CloseScoringView.as_view(), name="council_close"),
    path(f"{CASE}/council/reopen/", councils.ReopenScoringView.as_view(), name="council_reopen"),
    path(f"{CASE}/council/statement/", councils.ConflictView.as_view(), name="council_statement"),
    path(f"{CASE}/council/sheets/<int:application>/", SheetView.as_view(), name="score_sheet"),
]
