"""Names in the output folder of a planning optimum."""

KIND = "optimum"
"""Value of ``kind`` in the manifest."""

LIST, SCHOOLS, TABLES, LIST_WORKBOOK = "optimum.csv", "schools.csv", "tables.xlsx", "optimum.xlsx"
SUMMARY, CERTIFICATE = "summary.json", "certificate.json"
COLUMNS = ("applicant_id", "school_id", "relation", "metres")
