"""The catalogue."""

from django.urls import path

from catalog import views
from catalog.open_data import views as open_data
from catalog.sheets import views as sheets

app_name = "catalog"

urlpatterns = [
    path("services/", views.list_cards, name="list-cards"),
    path("services/<slug:slug>/", views.show_card, name="show-card"),
    path("services/<slug:slug>/form/", sheets.show_form, name="show-form"),
    path("services/<slug:slug>/print/", sheets.print_card, name="print-card"),
    path("services/<slug:slug>.pdf", sheets.card_pdf, name="card-pdf"),
    path("suggest/", views.suggest, name="suggest"),
    # Open data: in both languages as the pages are, and names that belong to neither.
    path("catalogue.jsonld", open_data.catalogue_data, name="catalogue-data"),
    path("catalogue.csv", open_data.catalogue_table, name="catalogue-table"),
    path("catalogue.atom", open_data.catalogue_feed, name="catalogue-feed"),
    path("services/<slug:slug>.jsonld", open_data.card_data, name="card-data"),
    path(
        "services/<slug:slug>/editions/<int:number>.jsonld",
        open_data.edition_data,
        name="edition-data",
    ),
    path("id/service/<slug:slug>", open_data.name_service, name="name-service"),
    path(
        "id/service/<slug:slug>/edition/<int:number>", open_data.name_edition, name="name-edition"
    ),
    path("id/<path:kind>", open_data.name_thing, name="name-thing"),
]
