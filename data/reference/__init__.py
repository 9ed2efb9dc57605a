"""Published national and regional figures, with their source, to hold our own figures against."""

from data.reference.facts import (
    Contradiction,
    Dataset,
    Fact,
    Fit,
    Mismatch,
    Publication,
    Revision,
    Series,
    Sum,
)
from data.reference.load import REFERENCES, FactsError, load_references

__all__ = [
    "REFERENCES",
    "Contradiction",
    "Dataset",
    "Fact",
    "Fit",
    "Mismatch",
    "Publication",
    "FactsError",
    "Revision",
    "Series",
    "Sum",
    "load_references",
]
