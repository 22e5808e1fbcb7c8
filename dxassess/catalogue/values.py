"""What the values of the catalogue are made of: texts, names, numbers, and the strict base of them all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Number = int | float
Language = Literal["ja", "en"]


def _plain(value: Number) -> Number:
    """A whole number is kept as an int, so that `1.0` and `1` are one level with one spelling."""
    return int(value) if float(value).is_integer() else value


Line = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=False)]
ShortName = Annotated[str, StringConstraints(min_length=1, max_length=16)]
IDENT = r"^[a-z0-9][a-z0-9._-]{0,63}$"
Ident = Annotated[str, StringConstraints(pattern=IDENT)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Step = Annotated[Number, AfterValidator(_plain)]
Weight = Annotated[Number, Field(gt=0), AfterValidator(_plain)]


class Value(BaseModel):
    """Base of every value of the catalogue: frozen, strict, unknown fields refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Bilingual(Value):
    """The same sentence in Japanese and in English, both complete."""

    ja: Line
    en: Line

    def __getitem__(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


class Option(Bilingual):
    """Something a person can pick: an id that never changes and its words."""

    id: Ident


class Short(Value):
    """A name in both languages for narrow places, such as the spokes of a radar."""

    ja: Annotated[str, StringConstraints(min_length=1, max_length=14)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=28)]

    def __getitem__(self, language: Literal["ja", "en"]) -> str:
        return self.ja if language == "ja" else self.en
