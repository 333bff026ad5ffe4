"""Addresses of the law room. The page of the law itself is ``law``, without a namespace, in the root."""

from django.urls import path

from law.views import calendar, parameters

app_name = "law"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/", calendar.edit_day, name="calendar_day"),
    path("calendar/<int:pk>/withdraw/", calendar.withdraw_day, name="calendar_withdraw"),
    path("calendar/<int:year>/announce/", calendar.announce, name="calendar_announce"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/new/", parameters.add, name="parameter_add"),
    path("parameters/<int:pk>/", parameters.change, name="parameter_change"),
    path("parameters/<int:pk>/end/", parameters.end, name="parameter_end"),
]
