"""Signing in and out."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("staff/", views.start, name="start"),
    path("staff/sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("staff/sign-out/", views.sign_out, name="sign-out"),
]
