"""A sheet of a form is blank cells for nine tenths: merged, bordered, with nothing in them; they are written the short way."""

from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import CellBlankTuple, Worksheet  # type: ignore[import-untyped]


class SheetOfBlanks(Worksheet):  # type: ignore[misc]
    """A worksheet that writes, byte for byte, what its parent does; for forms, whose parts never overlap."""

    def lay_across(self, row: int, first: int, columns: int, style: Any) -> None:
        """Blank cells of one look, merged into one where they are several: ``merge_range`` without its search for overlaps."""
        last = first + columns - 1
        if columns > 1:
            self.merge.append([row, first, row, last])
        self._write_blank(row, first, None, style)  # the row before it goes to the disk
        if columns > 1:
            self._check_dimensions(row, last)
            cells, blank = self.table[row], CellBlankTuple(style)
            for column in range(first + 1, last + 1):
                cells[column] = blank

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__ is CellBlankTuple and cell.format:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"/>')
        else:
            super()._write_cell(row, col, cell)

    def _write_merge_cell(self, merged_range: list[int]) -> None:
        row, first, end, last = merged_range
        self.fh.write(f'<mergeCell ref="{_letters(first)}{row + 1}:{_letters(last)}{end + 1}"/>')


@lru_cache(maxsize=512)
def _letters(column: int) -> str:
    name: str = xl_col_to_name(column)
    return name
