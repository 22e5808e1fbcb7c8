"""Organisations: create, change, find."""

from __future__ import annotations

import unicodedata
from typing import get_args

from dxassess.assessment.model import Organisation
from dxassess.catalogue.benchmarks import Size
from dxassess.errors import OrganisationNameMissing, TextTooLong
from dxassess.usecases.application import Application

NAME_LIMIT = 120
INDUSTRIES = (
    "manufacturing",
    "construction",
    "information",
    "transport",
    "wholesale_retail",
    "finance",
    "real_estate",
    "services",
    "healthcare",
    "education",
    "public",
    "other",
)
SIZES: tuple[str, ...] = get_args(Size)


def create_organisation(
    app: Application, name: str, industry: str, size: str, first_month: int
) -> Organisation:
    """Create an organisation. Raises OrganisationNameMissing, OrganisationNameTaken, TextTooLong."""
    return app.database.create_organisation(_clean_name(name), industry, size, first_month)


def change_organisation(
    app: Application, organisation: Organisation, name: str, industry: str, size: str, first_month: int
) -> None:
    """Change what is known of an organisation. Rounds keep the quarter they were started with. Raises as `create_organisation`."""
    app.database.store(organisation.id).update_organisation(
        name=_clean_name(name), industry=industry, size=size, first_month=first_month
    )


def organisations(app: Application, search: str = "") -> tuple[Organisation, ...]:
    """At most fifty organisations, newest activity first, whose name contains `search`."""
    return app.database.organisations(search)


def _clean_name(name: str) -> str:
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not clean:
        raise OrganisationNameMissing
    if len(clean) > NAME_LIMIT:
        raise TextTooLong(length=len(clean), limit=NAME_LIMIT)
    return clean
