"""People and their posts, for administrators; and the one door into the administration."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, User


class PostInline(admin.TabularInline[Post, User]):
    model = Post
    extra = 0


class NewPersonForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ["username", "first_name_fa"]


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    add_form = NewPersonForm
    list_display = ["username", "full_name", "is_active", "is_staff"]
    list_filter = ["posts__role", "posts__unit", "is_active"]
    search_fields = ["username", "first_name_fa", "last_name_fa", "first_name_en", "last_name_en"]
    ordering = ["username"]
    filter_horizontal = ["skills", "groups", "user_permissions"]
    inlines = [PostInline]
    names: tuple[str, ...] = (
        "first_name_fa",
        "last_name_fa",
        "first_name_en",
        "last_name_en",
        "email",
    )
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Name"), {"fields": names}),
        (_("Work"), {"fields": ["skills", "languages", "capacity"]}),
        (
            _("Rights in the administration"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["username", "first_name_fa", "usable_password", "password1", "password2"]},
        )
    ]


def enter(request: HttpRequest) -> HttpResponse:
    """Django's own sign-in counts no wrong tries and leaves no line in the log: ours does both.

    A colleague without rights here finds nothing, or the two pages would send them to and fro.
    """
    if admin.site.has_permission(request):
        return redirect("admin:index")
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
