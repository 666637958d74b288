"""Makes ``scenarios/tongliao-2023-applications``: 600 invented families, with every case of the office's page.

``python -m tests.applications_district`` writes the tables anew; a test holds that the shipped ones are these.
"""
