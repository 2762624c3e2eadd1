"""Every HTTP prefix, and the app that answers it. Persian has no prefix, English has `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.admin import enter
from accounts.views import sign_out
from live.views import ready

handler500 = "agency.outages.answer"

urlpatterns = [
    path("ready/", ready, name="ready"),
    *i18n_patterns(
        path("admin/login/", enter, name="enter-admin"),
        path("admin/logout/", sign_out, name="leave-admin"),
        path("admin/", admin.site.urls),
        path("", include("agency.urls")),
        path("", include("accounts.urls")),
        path("", include("catalog.urls")),
        path("", include("chat.urls")),
        path("", include("desk.urls")),
        path("", include("oversight.urls")),
        path("", include("editorial.urls")),
        prefix_default_language=False,
    ),
]
