"""Pages about the agency itself."""

from django.urls import path

from agency import views

app_name = "agency"

urlpatterns = [path("about/<slug:slug>/", views.show_page, name="show-page")]
