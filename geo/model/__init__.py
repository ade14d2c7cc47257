"""The records: a source says, a claim states, a feature holds, a location says how sure."""

from geo.model.atlas import Atlas, Change, Changes, Layer, Version
from geo.model.claim import Claim
from geo.model.feature import Derived, Feature, Location, Properties
from geo.model.record import Edtf, Id, Record, Text, Value
from geo.model.source import Facts, PageCheck, SentenceAccount, Source
from geo.model.stated import Stated, is_date

__all__ = [
    "Atlas",
    "Change",
    "Changes",
    "Claim",
    "Derived",
    "Edtf",
    "Facts",
    "Feature",
    "Id",
    "Layer",
    "Location",
    "PageCheck",
    "Properties",
    "Record",
    "SentenceAccount",
    "Source",
    "Stated",
    "Text",
    "Value",
    "Version",
    "is_date",
]
