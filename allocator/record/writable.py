"""Places where nothing can be written, told in words before the work begins."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from allocator.ground import Fault, InputError
from allocator.record.swap import is_of_another_account


def writable_folder_faults(out: Path, inputs: Path | None = None) -> list[Fault]:
    """Say why no folder can stand at a place: a root, a mount point, a link to nowhere, where one works or reads from.

    Parameters
    ----------
    out : Path
        Where an output folder is wanted.
    inputs : Path, optional
        The folder that is read.
    """
    if link := _link_fault(out):
        return [link]
    target = Path(os.path.realpath(out))
    if code := _code(target, inputs):
        return [Fault(code, str(out), params={"folder": "" if inputs is None else str(inputs)})]
    if os.path.lexists(target):
        if not target.is_dir():
            return [Fault("out.not_a_folder", str(out))]
        if is_of_another_account(target.stat()):
            return [Fault("out.other_account", str(out))]
    return _parent_faults(out, target)


def _code(target: Path, inputs: Path | None) -> str:
    """Code of what is wrong with a place, empty if nothing is."""
    if target == target.parent:
        return "out.root"
    if os.path.ismount(target):
        return "out.mount_point"
    if _holds(target, Path.cwd()):
        return "out.here"
    if inputs is not None and _holds(target, Path(os.path.realpath(inputs))):
        return "out.holds_inputs"
    return ""


def writable_file_faults(path: Path) -> list[Fault]:
    """Say why no file can stand at a place: a device, a link to nowhere, a place that cannot be written.

    A folder in its place is left to those who know which files may be replaced.

    Parameters
    ----------
    path : Path
        Where a single file is wanted.
    """
    if link := _link_fault(path):
        return [link]
    target = Path(os.path.realpath(path))
    if os.path.lexists(target) and not (target.is_file() or target.is_dir()):
        return [Fault("out.not_a_file", str(path))]
    return _parent_faults(path, target)


def demand_writable(folder: Path) -> None:
    """Refuse a folder in a place where nothing can be written.

    Raises
    ------
    InputError
        In words; a file in its place is left to the caller.
    """
    faults = [] if folder.is_file() else writable_file_faults(folder / "any")
    if faults:
        raise InputError(faults)


def _link_fault(path: Path) -> Fault | None:
    """Return the fault of a link that leads to itself or to nowhere, also where it is a part of the path."""
    for part in (path, *path.absolute().parents):
        try:
            if part.is_symlink():
                part.stat()
        except FileNotFoundError:
            return Fault("out.link_to_nowhere", str(path), value=str(part))
        except OSError as error:
            code = "out.link_to_itself" if error.errno == errno.ELOOP else "out.write_failed"
            return Fault(code, str(path), value=str(part), params={"reason": error.strerror or str(error)})
    return None


def _parent_faults(path: Path, target: Path) -> list[Fault]:
    """Say why nothing can be put beside ``target``: a file in its path, or no right to write there."""
    above = next((folder for folder in target.parents if os.path.lexists(folder)), target)  # the root has none above
    if not above.is_dir():
        return [Fault("out.below_a_file", str(path), value=str(above))]
    if not os.access(above, os.W_OK | os.X_OK):
        return [Fault("out.read_only", str(path), value=str(above))]
    return []


def _holds(folder: Path, other: Path) -> bool:
    """Whether a folder is another one or holds it."""
    return folder == other or folder in other.parents
