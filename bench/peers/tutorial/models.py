"""A message in a room."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """Who said what, where and when."""

    room = models.CharField(max_length=100)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "tutorial"

    def __str__(self) -> str:
        return self.text
