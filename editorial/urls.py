"""The editors' room."""

from django.urls import path

from editorial import views

app_name = "editorial"

urlpatterns = [
    path("staff/cards/", views.list_cards, name="list-cards"),
    path("staff/cards/new/", views.begin_card, name="begin-card"),
    path("staff/cards/<slug:slug>/", views.edit_card, name="edit-card"),
    path("staff/cards/<slug:slug>/review/", views.review_card, name="review-card"),
    path("staff/cards/<slug:slug>/editions/", views.show_editions, name="show-editions"),
    path("staff/cards/<slug:slug>/standing/", views.change_standing, name="change-standing"),
]
