"""What people are shown: cells, marks and tables, and their writers for CSV, terminal, workbook and page."""
