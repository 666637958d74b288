"""Seeded faults in reading: each makes the domain say something else than the files do, without a word."""

from __future__ import annotations

from tests.seeded_faults import SeededFault

APPLICANTS = "allocator/reading/applicants.py"
SCHOOLS = "allocator/reading/schools.py"
CELLS = "allocator/reading/table.py"
LAYOUT = "allocator/reading/layout.py"
HEADINGS = "allocator/reading/headings.py"
TABLE = "allocator/reading/table_reader.py"
ROWS = "allocator/reading/table.py"
SHEETS = "allocator/reading/rows.py"
CHARACTERS = "allocator/reading/characters.py"

READING_FAULTS: tuple[SeededFault, ...] = (
    SeededFault(APPLICANTS, "table_cell_items if column.holds is Holds.IDS else str", "str"),
    SeededFault(APPLICANTS, "_texts(_packed(table.distinct[column.name])[order])", "_texts(_packed(table.distinct[column.name]))"),
    SeededFault(APPLICANTS, "np.array(texts, dtype=np.bytes_)", "np.array(texts, dtype=\"S3\")"),
    SeededFault(SCHOOLS, "table.texts(name))) for name in SEAT_COLUMNS}",
                "table.texts(other))) for name, other in zip(SEAT_COLUMNS, (*SEAT_COLUMNS[:2], *SEAT_COLUMNS[:1:-1]))}"),
    SeededFault(SCHOOLS, "for plan in columns[\"plan\"]", "for plan in columns[\"hard_cap\"]"),
    SeededFault(SCHOOLS, "(\"school_id\", \"name\", \"x\", \"y\", \"name_en\")}", "(\"school_id\", \"name\", \"x\", \"y\", \"name_en\")}; columns[\"x\"] = columns[\"y\"]"),
    SeededFault(SCHOOLS, "word == \"external\" for word", "word == \"\" for word"),
    SeededFault(SCHOOLS, "e_school_id=e_school[row]", "e_school_id=school[row]"),
    SeededFault(SCHOOLS, "e_school_id=e_school[row]", "e_school_id=e_school[ 0 ]"),
    SeededFault(CELLS, "return tuple(value.split(\";\")) if value else ()", "return tuple(value.split(\";\")[:1]) if value else ()"),
    SeededFault(CELLS, "return tuple(value.split(\";\")) if value else ()", "return tuple(sorted(value.split(\";\"))) if value else ()"),
    SeededFault(CELLS, "return int(value) if _WHOLE", "return int(value) // 10 * 10 if _WHOLE"),
    SeededFault(CELLS, "    value = raw.strip()\n", "    value = raw.strip().replace(\"·\", \"\")\n"),
    SeededFault(LAYOUT, "(\"黑名单\", \"blacklisted\")", "(\"黑名单\", \"late\")"),
    SeededFault(LAYOUT, "((word, \"F\") for word in", "((word, \"M\") for word in"),
    SeededFault(LAYOUT, "InputColumn(\"x\", \"坐标X\", Holds.PLACE), InputColumn(\"y\", \"坐标Y\", Holds.PLACE)",
                "InputColumn(\"x\", \"坐标Y\", Holds.PLACE), InputColumn(\"y\", \"坐标X\", Holds.PLACE)"),
    SeededFault(HEADINGS, "            places[known[name].name] = place\n",
                "            places[known[name].name] = place\n    places[\"x\"], places[\"y\"] = places.get(\"y\", 0), places.get(\"x\", 0)\n"),
    SeededFault(TABLE, "self._take(lines, cells)", "self._take(lines[:-1], cells[:-1]) if self.file[0] == \"a\" else self._take(lines, cells)"),
    SeededFault(ROWS, "np.fromiter(map(make, cells.values), object, len(cells.values))",
                "np.fromiter([make(value.lower()) for value in cells.values], object, len(cells.values))"),
    SeededFault(SHEETS, "typed.append(Typed(at, i, kind == \"n\"))\n                row[i] = text",
                "typed.append(Typed(at, i, kind == \"n\"))\n                row[i] = text.split(\".\")[0]"),
    SeededFault(CHARACTERS, "\"FE59\": 0x9FB4", "\"FE59\": 0x9FB5"),
)  # fmt: skip
