"""The one error a caller of the base-map build can act on."""


class BasemapError(Exception):
    """
    Say which file or package is at fault, what is wrong, and what to do.

    Parameters
    ----------
    place
        File, package or folder.
    faults
        Every fault found there, one line each; all are reported at once.
    remedy
        The command or step that puts it right.
    """

    def __init__(self, place: str, faults: list[str], remedy: str) -> None:
        lines = [f"{place}: {len(faults)} problem(s)", *(f"  - {fault}" for fault in faults)]
        super().__init__("\n".join([*lines, f"  {remedy}"]))
