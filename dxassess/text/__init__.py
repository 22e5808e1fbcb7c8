"""Every sentence the program says, in Japanese and English side by side; the only place that rounds for print.

One file per word of the house (`result.yaml`, `error.yaml` …); `words("result.title")` is the sentence `title` of
`result.yaml`. Placeholders are named, `{n}`; what fills them is never read as a template again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from dxassess.errors import DxAssessError, Problem, ProblemsError
from dxassess.yamlfile import read_yaml

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
Number = int | float | Fraction | Decimal

_HERE = Path(__file__).parent


class Quarter(Protocol):
    """Anything with a fiscal year and a quarter 1–4."""

    @property
    def year(self) -> int: ...

    @property
    def quarter(self) -> int: ...


class Bilingual(Protocol):
    """Anything that has its words in both languages."""

    def __getitem__(self, language: Language) -> str: ...


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """All sentences: dotted key → {"ja": …, "en": …}. RuntimeError names a broken file of this folder."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(_HERE.glob("*.yaml")):
        document, problems = read_yaml(path)
        if document is None:
            raise RuntimeError(problems)
        _collect(document.data, path.stem, found)
    return found


def _collect(node: Mapping[str, object], prefix: str, found: dict[str, Mapping[str, str]]) -> None:
    for key, value in node.items():
        name = f"{prefix}.{key}"
        if not isinstance(value, Mapping):
            raise RuntimeError(f"text/{name}: a sentence has ja and en")
        if set(value) == {"ja", "en"}:
            found[name] = {language: str(sentence) for language, sentence in value.items()}
        else:
            _collect(value, name, found)


@dataclass(frozen=True, slots=True)
class Words:
    """The program's voice in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `key`, its placeholders filled. KeyError when there is no such sentence."""
        return sentences()[key][self.language].format(**values) if values else sentences()[key][self.language]

    def of(self, text: Bilingual) -> str:
        """The words of something bilingual."""
        return text[self.language]

    def number(self, value: Number | None, places: int = 2) -> str:
        """A number as text, rounded half up once, here; a dash when there is none."""
        return "–" if value is None else f"{rounded(value, places):,}"

    def level(self, value: Number | None) -> str:
        """A level as it stands on the scale: `3`, or `2.5` on a scale of halves; an amount somebody typed without needless digits."""
        if value is None:
            return "–"
        if isinstance(value, int | float):
            return f"{value:.15g}"
        if isinstance(value, Decimal):
            return f"{rounded(value, 2).normalize():,f}"
        return f"{int(value):,}" if value == int(value) else self.number(value)

    def percent(self, share: Fraction) -> str:
        """A share of 1 as whole per cent, without the sign."""
        return self.number(100 * share, 0)

    def signed(self, value: Number | None, places: int = 2) -> str:
        """A difference with its sign: `+0.25`, `−0.10`, `±0.00`."""
        if value is None:
            return "–"
        shown = rounded(value, places)
        sign = "+" if shown > 0 else "−" if shown < 0 else "±"
        return f"{sign}{abs(shown):,}"

    def n_of_m(self, n: int, m: int) -> str:
        """`34 / 35 項目`: how many of how many indicators a number stands on."""
        return self("common.n_of_one", n=n) if m == 1 else self("common.n_of_m", n=n, m=m)

    def to_go(self, value: Fraction) -> str:
        """What is left to a line that is not reached: two decimals, and never `0.00`."""
        return self.number(value) if rounded(value, 2) else self("common.hardly_any")

    def quarter(self, quarter: Quarter) -> str:
        """`2026年度 第3四半期`, `FY2026 Q3`."""
        return self("common.quarter", year=quarter.year, quarter=quarter.quarter)

    def short_quarter(self, quarter: Quarter) -> str:
        """`26年度Q3`, `FY26 Q3`: for axes."""
        return self("common.short_quarter", year=f"{quarter.year % 100:02d}", quarter=quarter.quarter)

    def date(self, day: date) -> str:
        """`2026年11月22日`, `22 November 2026`."""
        if self.language == "ja":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {day:%B} {day.year}"

    def month(self, month: int) -> str:
        """`4月`, `April`: a month 1–12."""
        return f"{month}月" if self.language == "ja" else f"{date(2000, month, 1):%B}"

    def moment(self, moment: datetime, timezone: str) -> str:
        """A UTC moment as day and clock time where the organisation is."""
        return self._moment(moment.astimezone(ZoneInfo(timezone)))

    def _moment(self, local: datetime) -> str:
        return f"{self.date(local.date())} {local:%H:%M}"

    def clock(self, moment: datetime, now: datetime, timezone: str) -> str:
        """The clock time, `14:02`; of another day than `now`, that day as well. Both UTC, told where the organisation is."""
        local, today = (each.astimezone(ZoneInfo(timezone)) for each in (moment, now))
        return f"{local:%H:%M}" if local.date() == today.date() else self._moment(local)

    def error(self, error: DxAssessError) -> str:
        """The sentence of an error: place, fact, next step; below it a line per problem where there are several.

        A moment is told in the zone it carries, which is the organisation's; a UTC moment in the zone of this machine.
        """
        values = {name: self._plain(value) for name, value in error.values.items()}
        sentence = self(f"error.{type(error).__name__}", **values)
        if isinstance(error, ProblemsError):
            return "\n".join([sentence, *(self.problem(problem) for problem in error.problems)])
        return sentence

    def problem(self, problem: Problem) -> str:
        """`indicators/dx2019/1.yaml:12: …`, `a.xlsx:C5: …`: one problem of a file."""
        place = str(problem.line) if problem.line else problem.cell
        return (
            f"{problem.file}:{place}: {self.told(problem)}"
            if place
            else f"{problem.file}: {self.told(problem)}"
        )

    def told(self, problem: Problem) -> str:
        """A problem without its place, for a table that has columns for that: fact, next step."""
        key = problem.code if "." in problem.code else f"problem.{problem.code}"
        values = {name: self._plain(value) for name, value in problem.values.items()}
        if "reason" in values:
            values["reason"] = self._reason(str(values["reason"]))
        return self(key, **values)

    def _reason(self, name: str) -> str:
        """Why the system refused a file (`errors.reason_of`) in words; a rare reason keeps its name, `EBUSY`."""
        return self(f"reason.{name}") if f"reason.{name}" in sentences() else name

    def _plain(self, value: object) -> object:
        if isinstance(value, datetime):
            return self._moment(value.astimezone() if value.tzinfo is UTC else value)
        if isinstance(value, date):
            return self.date(value)
        if value in ("", None):
            return "–"
        if isinstance(value, list | tuple | set | frozenset):
            return self("common.comma").join(str(self._plain(item)) for item in value)
        return value


def rounded(value: Number, places: int) -> Decimal:
    """`value` to `places` digits, half away from zero, exactly: 3.625 → 3.63. Floats are taken as they print."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**places
        whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
        sign = -1 if value < 0 and whole else 1
        return Decimal(sign * whole).scaleb(-places).quantize(Decimal(1).scaleb(-places))
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    result = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result
