"""Self-diagnosis workbooks of many layouts, about gardens, bakeries and libraries: no word of them is anybody's form."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dxassess.catalogue.form import Choices, Understood
from dxassess.exchange.form_reader import understand
from dxassess.exchange.workbook.book import read as contents
from dxassess.exchange.workbook.reader import _grid
from dxassess.exchange.workbook.values import Workbook

Rows = Sequence[Sequence[object]]
LIKE_2019 = (
    *("No", "定性指標No.", "大分類", "中分類", "小分類", "DX推進指標", "DX推進指標", "定性定量", "現在"),
    *(
        "目標\n(例えば3年後)",
        "なぜその成熟度と判断したかの根拠,確認方法/エビデンス等(任意)",
        "アクション欄(任意)",
    ),
)
GARDEN: Rows = (
    (1, 1, "庭の視点", "土", None, "土づくり", "土の状態を季節ごとに確かめ、手入れを決めていますか。", "定性", 2, 3, "写真"),
    (2, 2, None, None, None, "道具", "道具の置き場所と手入れの担当が決まっていますか。", "定性", 1),
    (3, 3, None, "水", None, "水やり", "水の量と時間を、植物と天気に合わせて決めていますか。", "定性"),
    (4, "3-1", None, None, None, "当番", "水やりの当番を決め、休みの日の代わりも決めていますか。", "定性"),
    (5, "3-2", None, None, None, "記録", "水やりの記録をつけ、翌年の計画に使っていますか。", "定性"),
    (6, None, "庭の視点", "数", None, "水の使用量", "一か月に使った水の量", "定量"),
    (7, 4, "人の視点", "人", None, "当番", "新しい人に手入れを教える仕組みがありますか。", "定性"),
)  # fmt: skip


def saved(book: openpyxl.Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def put(sheet: Worksheet, rows: Rows, row: int = 1, column: int = 1) -> int:
    """Write rows from a place on; the next free row."""
    for offset, cells in enumerate(rows):
        for place, value in enumerate(cells):
            if value is not None:
                sheet.cell(row + offset, column + place).value = value  # type: ignore[assignment]
    return row + len(rows)


def merge(sheet: Worksheet, reference: str) -> None:
    sheet.merge_cells(reference)


def book(*sheets: str) -> openpyxl.Workbook:
    """A new workbook with these sheets."""
    made = openpyxl.Workbook()
    made.active.title = sheets[0]  # type: ignore[union-attr]
    for name in sheets[1:]:
        made.create_sheet(name)
    return made


def opened(raw: bytes, name: str = "form.xlsx") -> Workbook:
    """As the process that reads workbooks would say it, without the time it takes to start one."""
    grids = tuple(map(_grid, json.loads(json.dumps(contents(raw)))))
    return Workbook(name, hashlib.sha256(raw).hexdigest(), grids)


def read(made: openpyxl.Workbook | bytes, choices: Choices | None = None) -> Understood:
    """What is understood of a workbook."""
    return understand(opened(made if isinstance(made, bytes) else saved(made)), choices)


def codes(found: Understood) -> list[str]:
    return [item.code for item in found.items]


def noted(found: Understood) -> set[str]:
    return {note.code for note in found.notes}


def like_2019(rows: Rows = GARDEN, heads: Sequence[object] = LIKE_2019, at: int = 6) -> openpyxl.Workbook:
    """Shaped like the form of 2019: one list, two columns of one heading, qualitative and quantitative rows."""
    made = book("自己診断")
    sheet = made["自己診断"]
    put(
        sheet,
        [["庭の手入れ 自己診断フォーマット"], ["会社名", "みどり園芸"], ["記入日", datetime(2026, 5, 1)]],
    )
    end = put(sheet, [heads, *rows], at)
    put(sheet, [[], ["※ 目標は三年後の姿を目安にします。"]], end)
    return made


def levels_as_rows() -> openpyxl.Workbook:
    """English, headings in row 4, domains and practices merged downward, a row per level."""
    made = book("Survey")
    sheet = made["Survey"]
    put(sheet, [["Bakery maturity survey"], [], ["Domain", "Practice", "Question", "Level", "What it looks like", "Your score"]], 2, 2)  # fmt: skip
    row = 5
    for domain, practices in {"Dough": ("Kneading", "Resting"), "Oven": ("Heating",)}.items():
        first = row
        for practice in practices:
            for level in range(1, 5):
                put(
                    sheet,
                    [[level, f"{practice} at stage {level}: the bakers agree on it."]],
                    row + level - 1,
                    5,
                )
            put(sheet, [[practice, f"How is {practice.lower()} done in your bakery?"]], row, 3)
            merge(sheet, f"C{row}:C{row + 3}")
            merge(sheet, f"D{row}:D{row + 3}")
            row += 4
        put(sheet, [[domain]], first, 2)
        merge(sheet, f"B{first}:B{row - 1}")
    return made


def levels_as_columns() -> openpyxl.Workbook:
    """Headings of two rows, the upper one merged over the levels; 大分類 merged downward; levels named in the headings."""
    made = book("診断")
    sheet = made["診断"]
    put(sheet, [["図書館の診断"], [], ["項番", "大分類", "設問項目", "設問内容", "成熟度レベル"]], 1)
    for column in "ABCD":
        merge(sheet, f"{column}3:{column}4")
    merge(sheet, "E3:H3")
    put(sheet, [["レベル０\n未着手", "レベル１\n試行", "レベル２\n定着", "レベル３\n改善"]], 4, 5)
    rows = [
        [f"{n}", None, name, f"{name}について、決まりと担当がありますか。", *(f"{name}の段階{level}の様子です。" for level in range(4))]
        for n, name in enumerate(("貸出", "返却", "選書", "除籍"), start=1)
    ]  # fmt: skip
    put(sheet, rows, 5)
    put(sheet, [["窓口"], [None], ["蔵書"]], 5, 2)
    merge(sheet, "B5:B6")
    merge(sheet, "B7:B8")
    return made


def several_sheets() -> openpyxl.Workbook:
    """Items on two sheets, numbers beginning anew; an example sheet that repeats one of them, a hidden one, and a legend."""
    made = book("はじめに", "レベルの説明", "厨房", "売り場", "記入例", "集計")
    put(made["はじめに"], [["パン屋の診断"], ["この様式は、各シートに記入します。"]])
    put(made["レベルの説明"], [["レベル", "名称", "説明"], [0, "なし", "まだです。"], [1, "あり", "始めました。"], [2, "十分", "続けています。"]])  # fmt: skip
    heads = ["番号", "設問名", "設問", "回答", "根拠"]
    kitchen = [[1, "仕込み", "仕込みの手順が決まっていますか。"], [2, "焼成", "焼く温度を記録していますか。"]]
    put(made["厨房"], [heads, *kitchen])
    put(
        made["売り場"],
        [heads, [1, "陳列", "並べ方を決めていますか。"], [2, "会計", "会計を二人で確かめていますか。"]],
    )
    put(made["記入例"], [heads, *([*row, 3, "写真あり"] for row in kitchen)])
    put(made["集計"], [heads, [9, "隠れた問い", "これは隠れたシートです。"]])
    made["集計"].sheet_state = "hidden"
    return made


def section_rows() -> openpyxl.Workbook:
    """Sections in rows of their own, merged over the table; blank rows between; an example, a total and notes."""
    made = book("Sheet1")
    sheet = made["Sheet1"]
    put(sheet, [["No.", "確認項目", "質問事項", "自己評価", "備考"]], 8, 2)
    put(
        sheet,
        [
            ["例", "あいさつ", "朝のあいさつをしていますか。", 3],
            ["第１章 店内"],
            ["１", "掃除", "床の掃除を毎日していますか。"],
            [],
            ["２", "照明", "照明の明るさを確かめていますか。"],
            ["第２章 店外"],
            ["３", "看板", "看板を季節で替えていますか。"],
            ["合計"],
            [],
            ["（注）評価は三段階です。"],
            ["問い合わせ先は本部です。"],
        ],
        9,
        2,
    )
    for row in (10, 14):
        merge(sheet, f"B{row}:F{row}")
    return made


def bilingual() -> openpyxl.Workbook:
    """Names and questions in both languages, key and sub said in a column, levels listed in one cell."""
    made = book("Form")
    put(
        made["Form"],
        [
            ["ID", "視点", "種別", "項目名", "Item name", "設問文", "Question", "選択肢"],
            ["A1", "棚", "キークエスチョン", "棚割り", "Shelving", "棚割りを決めていますか。", "Is the shelving decided?", "0：なし\n1：一部\n2：全部"],
            ["A2", None, "サブクエスチョン", "見直し", "Review", "棚割りを見直していますか。", "Is the shelving reviewed?", "0：なし\n1：一部\n2：全部"],
            ["B1", "人", "キークエスチョン", "交代", "Shifts", "交代の決まりがありますか。", "Are shifts settled?", "0：なし\n1：一部\n2：全部"],
        ],
    )  # fmt: skip
    return made


def without_numbers() -> openpyxl.Workbook:
    """大項目, 中項目 and 小項目, the last of them the name; no numbers, no merged cells, every cell filled."""
    made = book("チェックシート")
    put(
        made["チェックシート"],
        [
            ["大項目", "中項目", "小項目", "設問", "現状", "目標"],
            *(
                [wide, middle, narrow, f"{narrow}の手順がありますか。"]
                for wide, middle, narrow in (
                    ("花", "春", "種まき"),
                    ("花", "春", "植え替え"),
                    ("花", "秋", "剪定"),
                    ("木", "冬", "雪囲い"),
                )
            ),
        ],
    )
    return made


def measures_apart() -> openpyxl.Workbook:
    """Two tables on one sheet, the second of quantitative items with units."""
    made = book("診断表")
    sheet = made["診断表"]
    end = put(sheet, [["【定性指標】"], ["指標番号", "区分", "指標", "設問"], ["1-1", "畑", "畝", "畝を決めていますか。"], ["1-2", "畑", "種", "種を選んでいますか。"]])  # fmt: skip
    put(sheet, [[], ["【定量指標】"], ["指標番号", "区分", "指標", "内容", "単位", "現在値", "目標値"], ["T1", "畑", "収量", "一年の収量", "kg", 120, 150]], end)  # fmt: skip
    return made


def beside_other_things() -> openpyxl.Workbook:
    """Headings of two rows, the levels written downward, a summary beside the table, and sheets of something else around it."""
    made = book("改訂履歴", "使い方", "診断シート", "FAQ", "集計")
    put(made["改訂履歴"], [["版数", "改訂日", "内容", "備考"], ["1.0", datetime(2026, 1, 1), "初版"], ["1.1", datetime(2026, 2, 1), "誤字の修正"]])  # fmt: skip
    put(made["使い方"], [["この様式の使い方"], ["1. 各設問を読みます。"], ["2. 現在と目標を選びます。"]])
    put(made["FAQ"], [["No.", "質問", "回答"], [1, "だれが答えますか。", "店長です。"]])
    sheet = made["診断シート"]
    put(
        sheet,
        [
            ["喫茶店の成熟度 診断シート"],
            ["店名", None, "業種", None, "従業員数"],
            ["みどり", None, "喫茶", None, 12],
        ],
    )
    upright = [f"レ\nベ\nル\n{level}" for level in range(4)]
    put(sheet, [["柱", None, "設問", "自己診断結果", *[None] * 4, *upright], ["柱の名前", "観点", None, "現在", "目標(3年後)", "根拠"]], 6)  # fmt: skip
    for area in ("A6:B6", "C6:C7", "D6:F6", "I6:I7", "J6:J7", "K6:K7", "L6:L7", "A8:A9", "A10:A11"):
        merge(sheet, area)
    points = (("①味", "豆"), (None, "焙煎"), ("②席", "掃除"), (None, "音"))
    for row, (pillar, point) in enumerate(points, start=8):
        question = f"{row - 7}-1 {point}の決まりがありますか。\n担当は決まっていますか。"
        texts = [f"{point}について段階{level}の状態です。" for level in range(4)]
        put(sheet, [[pillar, point, question, *[None] * 5, *texts]], row)
    put(sheet, [["柱", "平均", "目標"], ["①味", 2, 3], ["②席", 1, 2]], 6, 15)
    again = "1-1 豆の決まりがありますか。\n担当は決まっていますか。"
    put(made["集計"], [["項番", "設問", "現在", "目標"], ["1-1", again, 1, 2]])
    return made


def levels_by_name() -> openpyxl.Workbook:
    """English; the levels have names and no numbers; the numbers of the items stand before their names."""
    made = book("Cover", "Rubric")
    put(made["Cover"], [["Library Excellence Framework v3"], ["Prepared by the reading circle"]])
    put(made["Rubric"], [["Focus area", "Capability", "Beginning", "Growing", "Strong", "Leading", "Self-rating", "Evidence"]], 2)  # fmt: skip
    named = (("Collection", "1.1 Buying"), ("Collection", "1.2 Weeding"), ("Collection", "1.10 Gifts"), ("Readers", "2.1 Events"))  # fmt: skip
    steps = ("first", "second", "third", "last")
    rows = [
        [area, name, *(f"{name[4:]} is at the {step} step and all know it." for step in steps)]
        for area, name in named
    ]
    put(made["Rubric"], [*rows, ["Total"]], 3)
    return made


def sections_only() -> openpyxl.Workbook:
    """Three columns of sections, the last of them with numbers and names; no question; subtotals, headings again, a hidden row."""
    made = book("入力")
    heads = ["Function", "Category", "Subcategory", "Current tier", "Target tier"]
    put(
        made["入力"],
        [
            heads,
            ["GROW", "Soil (GR.SO)", "GR.SO-1: Soil is tested once a year"],
            [None, None, "GR.SO-2: Compost is made on site"],
            [None, "Water (GR.WA)", "GR.WA-1: Rain is collected"],
            [],
            ["Subtotal"],
            heads,
            ["SELL", "Stall (SE.ST)", "SE.ST-1: Prices are shown"],
            [None, None, "SE.ST-2: Change is ready"],
        ],
    )
    made["入力"].row_dimensions[3].hidden = True
    return made


LAYOUTS: dict[str, tuple[Callable[[], openpyxl.Workbook], list[str]]] = {
    "like 2019": (like_2019, ["1", "2", "3", "3-1", "3-2", "q1", "4"]),
    "levels as rows": (levels_as_rows, ["1", "2", "3"]),
    "levels as columns": (levels_as_columns, ["1", "2", "3", "4"]),
    "several sheets": (several_sheets, ["1-1", "1-2", "2-1", "2-2"]),
    "section rows": (section_rows, ["1", "2", "3"]),
    "bilingual": (bilingual, ["A1", "A2", "B1"]),
    "without numbers": (without_numbers, ["1", "2", "3", "4"]),
    "measures apart": (measures_apart, ["1-1", "1-2", "T1"]),
    "beside other things": (beside_other_things, ["1-1", "2-1", "3-1", "4-1"]),
    "levels by name": (levels_by_name, ["1.1", "1.2", "1.10", "2.1"]),
    "sections only": (sections_only, ["GR.SO-1", "GR.SO-2", "GR.WA-1", "SE.ST-1", "SE.ST-2"]),
}
"""What is read of each layout: the numbers of its items, in the order of the sheet."""
