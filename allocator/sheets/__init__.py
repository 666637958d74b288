"""What people are shown: cells, marks and tables, and their writers for CSV, terminal, workbook, page and PDF."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.sheets.cells import NumberText, harmless
    from allocator.sheets.files import (
        csv_for_machines, csv_for_people, file_for_machines, file_for_people, is_workbook, workbook,
        workbook_file_keyword,
    )
    from allocator.sheets.page import (
        Curve, Difference, Draws, Figure, Flow, Going, Home, MapSchool, Note, Page, PageSection, SchoolBar,
        SchoolChange, Tile, ZoneLevel, before_after_chart, demand_vega, difference_distributions, distribution,
        district_map, drawn_page_part, gain_levels_chart, level_chart, render_document, sankey, standalone_document,
        supply_demand_chart,
    )
    from allocator.sheets.page.drawing import WIDTH
    from allocator.sheets.pdf import table_pdf
    from allocator.sheets.table import (
        MINUS, NONE, Cell, Column, Mark, Table, Value, bilingual, both, columns, json_head, list_marks, marks_of,
        number, order_mark, said, school_names, titled, written_in, zone_names, zone_titles,
    )
    from allocator.sheets.terminal import Part, PlainConsole, show
    from allocator.sheets.typeset import demand_pdf, qr_code, set_pages
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "cells": "NumberText harmless",
        "files": (
            "csv_for_machines csv_for_people file_for_machines file_for_people is_workbook workbook "
            "workbook_file_keyword"
        ),
        "page": (
            "Curve Difference Draws Figure Flow Going Home MapSchool Note Page PageSection SchoolBar SchoolChange "
            "Tile ZoneLevel before_after_chart demand_vega difference_distributions distribution district_map "
            "drawn_page_part gain_levels_chart level_chart render_document sankey standalone_document "
            "supply_demand_chart"
        ),
        "page.drawing": "WIDTH",
        "pdf": "table_pdf",
        "table": (
            "MINUS NONE Cell Column Mark Table Value bilingual both columns json_head list_marks marks_of number "
            "order_mark said school_names titled written_in zone_names zone_titles"
        ),
        "terminal": "Part PlainConsole show",
        "typeset": "demand_pdf qr_code set_pages",
    })
