"""Addresses of people who file for an organisation."""

from django.urls import URLPattern, path

from dossiers.views.applicant import acts, begin, drafts, mine, papers, review, store, supplements

urlpatterns: list[URLPattern] = [
    path("begin/", begin.begin, name="begin"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/", mine.application_page, name="application"),
    path("mine/<int:pk>/receipt/", review.receipt, name="receipt"),
    path("mine/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("mine/<int:pk>/complain/", acts.complain, name="complain"),
    path("mine/<int:pk>/supplements/<int:number>/", supplements.supplement, name="supplement"),
    path(
        "mine/<int:pk>/supplements/<int:number>/items/<int:position>/",
        supplements.supplement_item,
        name="supplement_item",
    ),
    path("mine/<int:pk>/supplements/<int:number>/hand-in/", supplements.hand_in, name="hand_in"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/answers/", drafts.draft_answers, name="draft_answers"),
    path("drafts/<int:pk>/add-paper/", papers.add_paper, name="paper_add"),
    path("drafts/<int:pk>/discard/", begin.discard, name="discard"),
    path("drafts/<int:pk>/review/", review.review, name="review"),
    path("drafts/<int:pk>/<slug:section>/", drafts.draft_section, name="draft_section"),
    path("papers/<int:pk>/", papers.paper_file, name="paper_file"),
    path("papers/<int:pk>/remove/", papers.remove_paper, name="paper_remove"),
    path("papers/<int:pk>/keep/", papers.keep_paper, name="paper_keep"),
    path("store/", store.store, name="store"),
    path("store/<int:pk>/", store.store_paper, name="store_paper"),
    path("store/<int:pk>/file/", store.store_file, name="store_file"),
    path("store/<int:pk>/remove/", store.remove_from_store, name="store_remove"),
]
