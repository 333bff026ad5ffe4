"""Read, understand, parse and mark a workbook of 20,000 secondary projects with 5 % wrong rows; write it again.

``python -m benchmarks.workbooks`` prints rows a second for each step and the highest memory; it needs no database.
"""

import datetime as dt
import io
import os
import random
import resource
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

ROWS, WRONG = 20_000, 0.05
TITLES = [
    "STT",
    "Tên dự án",
    "Mã số thuế",
    "Nhà đầu tư",
    "Diện tích (ha)",
    "Vốn đăng ký (tỷ đồng)",
    "Ngày cấp",
    "Quyết định",
    "Tỷ lệ",
    "Lao động",
    "Doanh thu",
    "Có xử lý nước thải",
    "Xã",
    "Cụm công nghiệp",
    "Ghi chú",
]


def make(chance: random.Random) -> io.BytesIO:
    """Return the workbook as .xlsx, with a title above and a total below."""
    from core.workbooks.writing import write_xlsx

    def rows() -> Any:
        for number in range(1, ROWS + 1):
            wrong = chance.random() < WRONG
            area = "nhiều" if wrong else f"{chance.randint(1, 99)},{chance.randint(10, 99)} ha"
            yield [
                number,
                f"Dự án nhà máy số {number}",
                f"53{number:08d}",
                f"Công ty cổ phần {number % 3000}",
                area,
                Decimal(chance.randint(1, 900_000)) / 1000,
                "30/2/2020" if wrong else dt.date(2020, 1, 1) + dt.timedelta(days=number % 1500),
                f"QĐ {number}/QĐ-UBND ngày 12/3/2019",
                f"{chance.randint(1, 100)}%",
                chance.randint(5, 3000),
                f"{chance.randint(1, 999)}.{chance.randint(100, 999)}.000",
                chance.choice(["có", "không", "x"]),
                "xã Trấn Yên",
                f"CCN số {number % 1000}",
                None,
            ]
        yield [None, "Tổng", *[None] * 13]

    file = io.BytesIO()
    write_xlsx(file, TITLES, rows(), sheet="Dự án")
    file.seek(0)
    return file


def fields() -> list[Any]:
    """Return what the columns mean."""
    from core.numbers import LAND, MONEY
    from core.workbooks.mapping import Field

    kinds = [
        "",
        "text",
        "text",
        "text",
        "number",
        "number",
        "date",
        "reference",
        "percent",
        "number",
        "number",
        "boolean",
    ]
    made = []
    for position, title in enumerate(TITLES[1:], 1):
        kind = kinds[position] if position < len(kinds) else "text"
        units = LAND if position == 4 else MONEY
        made.append(Field(f"f{position}", title, kind=kind, units=units, required=position < 5))
    return made


def parse(table: Any, wanted: list[Any], positions: dict[str, int]) -> list[Any]:
    """Return every problem of every cell."""
    from core.workbooks.problems import Problem, Severity
    from core.workbooks.values import evidence

    problems = []
    columns = [
        (entry, positions[entry.key], evidence(table.column_values(positions[entry.key]))) for entry in wanted
    ]
    for row in table.rows:
        for entry, position, shown in columns:
            parsed = entry.parse(row.cells[position], shown)
            if parsed.error or parsed.doubt:
                severity = Severity.ERROR if parsed.error else Severity.DOUBT
                message = parsed.error or parsed.doubt
                problems.append(Problem(message, "", severity, table.sheet, table.address(row, position)))
    return problems


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from core.workbooks.headers import find_tables
    from core.workbooks.mapping import guess_columns, vocabulary
    from core.workbooks.marking import mark_workbook
    from core.workbooks.reading import read_workbook
    from core.workbooks.writing import csv_chunks, write_xlsx

    file = make(random.Random(1))
    wanted = fields()
    begun = time.perf_counter()
    workbook = _timed("read", lambda: read_workbook(file, "benchmark.xlsx"))
    tables = _timed("find tables", lambda: find_tables(workbook.sheets[0], vocabulary(wanted)))
    guess = _timed("guess columns", lambda: guess_columns(wanted, tables[0]))
    problems = _timed("parse", lambda: parse(tables[0], wanted, guess.positions))
    seconds = time.perf_counter() - begun
    print(f"all together: {ROWS / seconds:,.0f} rows/s, {len(problems)} problems, {_memory()} MB")
    _timed("mark", lambda: mark_workbook(workbook, problems, io.BytesIO(), file))
    rows = [row.cells for row in tables[0].rows]
    _timed("write .xlsx", lambda: write_xlsx(io.BytesIO(), TITLES, rows))
    _timed("write .csv", lambda: sum(map(len, csv_chunks(TITLES, rows))))
    print(f"memory at its highest: {_memory()} MB")


def _timed(name: str, step: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    result = step()
    print(f"{name}: {ROWS / (time.perf_counter() - begun):,.0f} rows/s")
    return result


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
