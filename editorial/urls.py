"""The editors' room."""

from django.urls import path

from editorial.views import cards, questions

app_name = "editorial"

urlpatterns = [
    path("staff/cards/", cards.list_cards, name="list-cards"),
    path("staff/cards/new/", cards.begin_card, name="begin-card"),
    path("staff/cards/questions/", questions.list_questions, name="list-questions"),
    path("staff/cards/questions/settle/", questions.settle_questions, name="settle-questions"),
    path("staff/cards/<slug:slug>/", cards.edit_card, name="edit-card"),
    path("staff/cards/<slug:slug>/review/", cards.review_card, name="review-card"),
    path("staff/cards/<slug:slug>/editions/", cards.show_editions, name="show-editions"),
    path("staff/cards/<slug:slug>/standing/", cards.change_standing, name="change-standing"),
]
