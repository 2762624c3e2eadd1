"""The supervisor's room."""

from django.urls import path

from oversight import views

app_name = "oversight"

urlpatterns = [
    path("staff/board/", views.board, name="board"),
    path("staff/board/live/", views.board_live, name="board-live"),
    path("staff/transcripts/", views.search, name="search"),
    path("staff/transcripts/<uuid:pk>/", views.read, name="read"),
]
