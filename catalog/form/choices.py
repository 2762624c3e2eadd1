"""The choices of the national form: codes as they are stored, labels as the form prints them."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceType(TextChoices):
    """Whom a service is for (section 4)."""

    G2C = "G2C", _("Service to citizens")
    G2B = "G2B", _("Service to business")
    G2G = "G2G", _("Service to other public bodies")


class Nature(TextChoices):
    SOVEREIGN = "sovereign", _("Sovereign")
    OPERATIONAL = "operational", _("Operational")


class Level(TextChoices):
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    PROVINCIAL = "provincial", _("Provincial")
    CITY = "city", _("City")
    RURAL = "rural", _("Rural")


class LifeEvent(TextChoices):
    """The fourteen of the form, and no others."""

    BIRTH = "birth", _("Birth")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    TAX = "tax", _("Tax")
    BUSINESS = "business", _("Business")
    SOCIAL_SECURITY = "social_security", _("Social security")
    PROPERTY_REGISTRATION = "property_registration", _("Property registration")
    URBAN_FACILITIES = "urban_facilities", _("Urban facilities")
    INSURANCE = "insurance", _("Insurance")
    MARRIAGE = "marriage", _("Marriage")
    RETIREMENT = "retirement", _("Retirement")
    DOCUMENTS_CERTIFICATES = "documents_certificates", _("Documents and certificates")
    DEATH = "death", _("Death")
    OTHER = "other", _("Other")


class StartMode(TextChoices):
    """How a service begins."""

    REQUEST = "request", _("Request of the recipient")
    SCHEDULED_TIME = "scheduled_time", _("A set time arrives")
    SPECIFIC_EVENT = "specific_event", _("A specific event happens")
    AGENCY_DECISION = "agency_decision", _("Decision of the body")
    OTHER = "other", _("Other")


class ObtainedBy(TextChoices):
    """Who brings a document: the fewer the applicant has to, the better."""

    APPLICANT = "applicant", _("The applicant brings it")
    INQUIRY = "inquiry", _("The office asks for it itself")


class Certainty(TextChoices):
    """Whether a law exists under that name for sure."""

    NAMED = "named", _("Named for sure")
    CHECK = "check", _("To be checked")


class DurationUnit(TextChoices):
    HOUR = "hour", _("Hours")
    DAY = "day", _("Days")
    WORKING_DAY = "working_day", _("Working days")
    MONTH = "month", _("Months")


class Period(TextChoices):
    MONTH = "month", _("Month")
    SEASON = "season", _("Season")
    YEAR = "year", _("Year")


class FrequencyKind(TextChoices):
    ONCE = "once", _("Once for ever")
    TIMES_PER = "times_per", _("So many times in a period")
    ON_DEMAND = "on_demand", _("As often as needed")


class FeeKind(TextChoices):
    FREE = "free", _("Free")
    FIXED = "fixed", _("Fixed amount")
    TARIFF = "tariff", _("By tariff")


class Medium(TextChoices):
    """An electronic way of reaching a stage (section 6)."""

    WEB = "web", _("Internet (portal)")
    EMAIL = "email", _("E-mail")
    MOBILE_APP = "mobile_app", _("Mobile app")
    CALL_CENTER = "call_center", _("IVR or call centre")
    SMS = "sms", _("Text message")
    SERVICE_OFFICE = "service_office", _("Service counter offices")
    POST = "post", _("Post")
    INTRANET = "intranet", _("Intranet / ERP")
    OTHER = "other", _("Other")


class VisitLevel(TextChoices):
    """Where somebody has to go."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    COUNTY = "county", _("County")


class VisitReason(TextChoices):
    PERSON_AUTHENTICATION = "person_authentication", _("Verify the person")
    DOCUMENT_AUTHENTICATION = "document_authentication", _("Verify documents")
    NO_INFRASTRUCTURE = "no_infrastructure", _("Lack of communication infrastructure")
    OTHER = "other", _("Other")


class ExchangeMode(TextChoices):
    """How data comes from another system or body (sections 7 and 8)."""

    ONLINE = "online", _("Online")
    BATCH = "batch", _("Batch")
    PAPER = "paper", _("Not electronic")


class Actor(TextChoices):
    """Whose lane of the flow chart a step is in."""

    APPLICANT = "applicant", _("Applicant")
    AGENCY = "agency", _("Agency")
    OTHER_BODY = "other_body", _("Other body")


class Stage(TextChoices):
    """The four stages of section 6."""

    INFORMATION = "information", _("Information")
    REQUEST = "request", _("Request")
    PRODUCTION = "production", _("Production (inside the office)")
    DELIVERY = "delivery", _("Delivery")


# Production happens inside: an intranet instead of the public's ways.
PUBLIC_MEDIA: Final = tuple(each for each in Medium if each != Medium.INTRANET)
PRODUCTION_MEDIA: Final = (Medium.WEB, Medium.INTRANET, Medium.EMAIL, Medium.OTHER)
