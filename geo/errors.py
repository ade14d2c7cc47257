"""What can go wrong, said so that the reader can mend it."""

from collections.abc import Iterable


class GeoError(Exception):
    """
    A fault somebody can act on.

    Parameters
    ----------
    place
        Where: a file, a feature, a command line option.
    fault
        What is wrong there.
    remedy
        What to do about it.
    """

    def __init__(self, place: str, fault: str, remedy: str) -> None:
        super().__init__(place, fault, remedy)
        self.place, self.fault, self.remedy = place, fault, remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}. {self.remedy}."


class DataError(GeoError):
    """Records that could not be read; every fault of every file at once."""

    def __init__(self, place: str, faults: Iterable[str], remedy: str) -> None:
        self.faults = tuple(faults)
        lines = "".join(f"\n  - {fault}" for fault in self.faults)
        super().__init__(place, f"{len(self.faults)} problem(s){lines}", remedy)

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}\n{self.remedy}."
