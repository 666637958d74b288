"""Reading: a district folder to domain objects, all faults of all files at once."""

from allocator.reading.folder import POLICY_FILE, read_folder

__all__ = ["POLICY_FILE", "read_folder"]
