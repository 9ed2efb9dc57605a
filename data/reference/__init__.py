"""Published national and regional figures, with their source, to hold our own figures against."""

from data.reference.facts import (
    Dataset,
    Fact,
    Fit,
    KnownMistake,
    Mismatch,
    Publication,
    PublishedSeries,
    Revision,
    Sum,
)
from data.reference.load import REFERENCES, load_references

__all__ = [
    "REFERENCES",
    "KnownMistake",
    "Dataset",
    "Fact",
    "Fit",
    "Mismatch",
    "Publication",
    "Revision",
    "PublishedSeries",
    "Sum",
    "load_references",
]
