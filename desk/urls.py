"""Where citizens ask and follow, and where the staff works."""

from django.urls import path

from desk.views import asking, console, ending, following, held, talking, tickets

app_name = "desk"

citizens = [
    path("", asking.home, name="home"),
    path("ask/", asking.ask, name="ask"),
    path("file/", asking.file_ticket, name="file-ticket"),
    path("consultations/<uuid:pk>/", talking.show_consultation, name="show-consultation"),
    path("consultations/<uuid:pk>/place/", talking.show_place, name="show-place"),
    path("consultations/<uuid:pk>/strip/", talking.show_strip, name="show-strip"),
    path("consultations/<uuid:pk>/leave/", talking.leave, name="leave"),
    path("consultations/<uuid:pk>/feedback/", talking.give_feedback, name="give-feedback"),
    path("track/", following.track, name="track"),
    path("track/<str:code>/", following.show_case, name="show-case"),
    path("track/<str:code>/reply/", following.reply, name="reply"),
    path("track/<str:code>/cancel/", following.cancel, name="cancel"),
]

staff = [
    path("staff/console/", console.console, name="console"),
    path("staff/console/list/", console.console_list, name="console-list"),
    path("staff/console/duty/", console.console_duty, name="console-duty"),
    path("staff/console/<uuid:pk>/", held.console_consultation, name="console-consultation"),
    path("staff/console/<uuid:pk>/strip/", held.console_strip, name="console-strip"),
    path("staff/console/<uuid:pk>/cards/", held.find_cards, name="find-cards"),
    path("staff/duty/", console.change_duty, name="change-duty"),
    path("staff/consultations/<uuid:pk>/messages/", held.post_reply, name="post-reply"),
    path(
        "staff/consultations/<uuid:pk>/close/",
        ending.close_consultation,
        name="close-consultation",
    ),
    path("staff/consultations/<uuid:pk>/offer/", held.answer_offer, name="answer-offer"),
    path("staff/consultations/<uuid:pk>/hold/", held.hold, name="hold"),
    path("staff/consultations/<uuid:pk>/resume/", held.resume, name="resume"),
    path("staff/consultations/<uuid:pk>/wrap-up/", ending.wrap_up, name="wrap-up"),
    path(
        "staff/consultations/<uuid:pk>/wrap-up/more/",
        ending.extend_wrap_up,
        name="extend-wrap-up",
    ),
    path("staff/consultations/<uuid:pk>/transfer/", held.transfer, name="transfer"),
    path("staff/consultations/<uuid:pk>/card/", held.link_card, name="link-card"),
    path("staff/consultations/<uuid:pk>/ticket/", tickets.open_ticket, name="open-ticket"),
    path("staff/tickets/", tickets.list_tickets, name="list-tickets"),
    path("staff/tickets/<uuid:pk>/", tickets.show_ticket, name="show-ticket"),
]

urlpatterns = citizens + staff
