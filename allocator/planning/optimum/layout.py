"""Names in the output folder of a planning optimum."""

KIND = "optimum"
"""Value of ``kind`` in the manifest."""

LIST, SCHOOLS, SUMMARY, CERTIFICATE = "optimum.csv", "schools.csv", "summary.json", "certificate.json"
COLUMNS = ("applicant_id", "school_id", "relation", "metres")
