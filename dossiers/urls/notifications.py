"""Addresses of what everybody with an account is told."""

from django.urls import path

from dossiers.views import notifications

urlpatterns = [
    path("messages/", notifications.notifications, name="notifications"),
    path("messages/read/", notifications.read_notifications, name="notifications_read"),
    path("messages/settings/", notifications.notification_settings, name="notification_settings"),
    path("messages/<int:pk>/", notifications.open_notification, name="notification"),
]
