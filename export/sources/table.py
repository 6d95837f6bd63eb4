"""Tables of labels: CSV as people and spreadsheets write it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from rt.errors import BridgeError

MAX_TABLE_BYTES = 256 << 20


def read_table(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Rows of a table separated by commas, semicolons or tabs, and its columns in lower case.

    Each row comes with the number of its line.
    """
    try:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise BridgeError(f"{path}: larger than {MAX_TABLE_BYTES >> 20} MiB; this is no table of labels")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BridgeError(f"{path}: not UTF-8; save the table as UTF-8") from error
    except OSError as error:
        raise BridgeError(f"{path}: {error.strerror}; give a table with the columns file, instrument, note") from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        rows = [
            (reader.line_num, {column: text.strip() for column, text in zip(columns, line, strict=False)})
            for line in reader
            if any(line)
        ]
    except csv.Error as error:
        raise BridgeError(f"{path}: line {reader.line_num}: {error}; quotes must be closed") from error
    if not any(columns):
        raise BridgeError(f"{path}: empty; the first line names the columns, such as file,instrument,note,dynamics")
    twice = [name for name in columns if name and columns.count(name) > 1]
    if twice:
        raise BridgeError(f"{path}: column {twice[0]!r} is there twice; rename one")
    return rows, columns
