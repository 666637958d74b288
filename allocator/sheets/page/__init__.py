"""The planners' page: pictures and tables in one off-line file, from plain data.

It knows nothing of planning: whoever calls it has done the sums. In order of use:

* ``demand_extra()`` before any work: the charts need the extra ``report`` (``InputError`` where it is missing).
* Pictures, each ``(data, language, ...) -> SVG``, as wide as ``width`` says: ``supply_demand``, ``before_after``,
  ``distribution``, ``difference_chart``, ``level_chart``, ``gains`` (by Altair); ``sankey`` and ``district_map`` (own
  SVG, no extra).
  ``bilingual(lambda language: ...)`` makes one for each language, ``drawn(lambda language, width: ...)`` a
  ``Figure`` for screens and telephones.
* ``render(Page(title, sections, ...)) -> bytes`` makes the file; a ``PageSection`` holds a heading, a lead sentence,
  ``Tile``, ``Figure``, ``Table`` and ``Note``.
* ``standalone(svg)`` makes of a picture a file of its own.

Names (of schools, zones) are plain ``str``, all other words ``Text`` (zh, en). Everything is escaped here. Impossible
data (negative counts, rows of the wrong length) raise ``ValueError``: a fault of the caller, not of a user.
"""

from allocator.sheets.page.charts import SchoolBar, SchoolChange, before_after, supply_demand
from allocator.sheets.page.distributions import Difference, Draws, difference_chart, distribution
from allocator.sheets.page.document import render, standalone
from allocator.sheets.page.flows import GOINGS, Flow, Going
from allocator.sheets.page.levels import Curve, Level, ZoneLevel, gains, level_chart
from allocator.sheets.page.map import Home, MapSchool, district_map
from allocator.sheets.page.parts import Figure, Note, Page, PageSection, Tile, drawn
from allocator.sheets.page.sankey_chart import sankey
from allocator.sheets.page.vega import demand_extra
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
    "before_after",
    "bilingual",
    "both",
    "demand_extra",
    "difference_chart",
    "distribution",
    "district_map",
    "drawn",
    "gains",
    "level_chart",
    "render",
    "sankey",
    "standalone",
    "supply_demand",
]
