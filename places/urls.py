from django.urls import path

from places.views.lookup import LookupView
from places.views.province import ProvinceView
from places.views.suggest import suggest_places

app_name = "places"
urlpatterns = [
    path("", LookupView.as_view(), name="lookup"),
    path("suggest/", suggest_places, name="suggest"),
    path("<slug:slug>/", ProvinceView.as_view(), name="province"),
]
