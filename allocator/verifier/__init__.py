"""The family's page ``verify.html``: one file in which a browser computes a published draw again (public.md section 5).

``classes.html`` is its sister for the placement of pupils to classes (class-procedure.md).

The programs of the page are JavaScript beside this file, written from the pages of rules and from no code of ours.
Python only puts them together with style and words, in the same bytes for the same words.
"""

# isort: off

from allocator.verifier.page import CLASS_PAGE, FAMILY_PAGE, class_page, family_page, one_page

__all__ = ["CLASS_PAGE", "FAMILY_PAGE", "class_page", "family_page", "one_page"]
