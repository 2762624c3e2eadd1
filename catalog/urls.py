"""The catalogue."""

from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("services/", views.list_cards, name="list-cards"),
    path("services/<slug:slug>/", views.show_card, name="show-card"),
    path("suggest/", views.suggest, name="suggest"),
]
