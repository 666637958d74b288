"""The planners' page: pictures and tables in one off-line file, from plain data.

It knows nothing of planning: whoever calls it has done the sums. In order of use:

* ``demand_vega()`` before any work: the charts need the extra ``report`` (``InputError`` where it is missing).
* Pictures, each ``(data, language, ...) -> SVG``, as wide as ``width`` says: ``supply_demand_chart``,
  ``before_after_chart``, ``distribution``, ``difference_distributions``, ``level_chart``, ``gain_levels_chart`` (by
  Altair); ``sankey`` and ``district_map`` (own SVG, no extra).
  ``bilingual(lambda language: ...)`` makes one for each language, ``drawn_page_part(lambda language, width: ...)`` a
  ``Figure`` for screens and telephones.
* ``render_document(Page(title, sections, ...)) -> bytes`` makes the file; a ``PageSection`` holds a heading, a lead
  sentence, ``Tile``, ``Figure``, ``Table`` and ``Note``.
* ``standalone_document(svg)`` makes of a picture a file of its own.

Names (of schools, zones) are plain ``str``, all other words ``Text`` (zh, en). Everything is escaped here. Impossible
data (negative counts, rows of the wrong length) raise ``ValueError``: a fault of the caller, not of a user.
"""

from allocator.sheets.page.charts import SchoolBar, SchoolChange, before_after_chart, supply_demand_chart
from allocator.sheets.page.distributions import Difference, Draws, difference_distributions, distribution
from allocator.sheets.page.document import render_document, standalone_document
from allocator.sheets.page.flows import GOINGS, Flow, Going
from allocator.sheets.page.levels import Curve, Level, ZoneLevel, gain_levels_chart, level_chart
from allocator.sheets.page.map import Home, MapSchool, district_map
from allocator.sheets.page.parts import Figure, Note, Page, PageSection, Tile, drawn_page_part
from allocator.sheets.page.sankey_chart import sankey
from allocator.sheets.page.vega import demand_vega
from allocator.sheets.table import Cell, Column, Table, bilingual, both

__all__ = [
    "GOINGS",
    "Cell",
    "Column",
    "Curve",
    "Difference",
    "Draws",
    "Figure",
    "Flow",
    "Going",
    "Home",
    "Level",
    "MapSchool",
    "Note",
    "Page",
    "PageSection",
    "SchoolBar",
    "SchoolChange",
    "Table",
    "Tile",
    "ZoneLevel",
    "before_after_chart",
    "bilingual",
    "both",
    "demand_vega",
    "difference_distributions",
    "distribution",
    "district_map",
    "drawn_page_part",
    "gain_levels_chart",
    "level_chart",
    "render_document",
    "sankey",
    "standalone_document",
    "supply_demand_chart",
]
