"""Papers made from dossiers, and the model documents they are made from."""

from django.urls import URLPattern, path

from dossiers.views.papers import issued, models

urlpatterns: list[URLPattern] = [
    path("issued/receipts/<int:pk>.pdf", issued.receipt_slip, name="receipt_slip"),
    path("issued/requests/<int:pk>.docx", issued.request_draft, name="request_draft"),
    path("issued/<str:code>/control-sheet.pdf", issued.control_sheet, name="control_sheet"),
    path("issued/<str:code>/drafts/<slug:kind>.docx", issued.draft_paper, name="draft_paper"),
    path("issued/<str:code>/letters/<slug:kind>/<int:number>.<slug:format>", issued.letter, name="letter"),
    path("models/", models.list_models, name="model_documents"),
    path("models/own/<int:pk>.docx", models.download_own_model, name="model_own"),
    path("models/own/<int:pk>/end/", models.end_model, name="model_end"),
    path("models/<slug:kind>.docx", models.download_portal_model, name="model_portal"),
    path("models/<slug:kind>/", models.show_model, name="model_document"),
]
