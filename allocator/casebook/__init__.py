"""The office's case book around the pure book: folders, files, and what may be kept as one."""
