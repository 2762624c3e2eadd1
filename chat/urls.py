"""Conversations, by what is done with them."""

from django.urls import path

from chat import views

app_name = "chat"

urlpatterns = [
    path("consultations/<uuid:pk>/messages/", views.post_message, name="post-message"),
    path(
        "consultations/<uuid:pk>/transcript.txt",
        views.download_transcript,
        name="download-transcript",
    ),
    path("consultations/<uuid:pk>/cited/<int:seq>/", views.show_cited, name="show-cited"),
    path("staff/consultations/<uuid:pk>/cited/<int:seq>/", views.read_cited, name="read-cited"),
    path("staff/consultations/<uuid:pk>/cite/", views.cite_card, name="cite-card"),
    path("staff/reveal/<uuid:pk>/", views.reveal, name="reveal"),
]
