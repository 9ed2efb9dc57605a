"""Makes the files of the made-up SWV again."""

import json
from datetime import date
from pathlib import Path

from data.demo.generator.deliveries import all_files
from data.demo.generator.file import DemoFile
from data.demo.generator.write import write

FOLDER = Path(__file__).parents[1] / "files"


def generate(folder: Path = FOLDER) -> list[DemoFile]:
    """Write every file and manifest.toml into the folder; what was there before is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    files = all_files()
    for file in files:
        write(folder / file.name, file.rows, file.sheet, file.encoding)
    (folder / "manifest.toml").write_text(manifest(files), encoding="utf-8", newline="\n")
    return files


def manifest(files: list[DemoFile]) -> str:
    """The files in order of delivery: [[file]] with name, source, period, author and answers."""
    lines = ["# In order of delivery. Made by python -m data.demo; do not edit."]
    for file in files:
        lines += ["", "[[file]]", f'name = "{file.name}"', f'source = "{file.source}"']
        lines += [f'period = "{file.period}"'] if file.period else []
        lines += [f'author = "{file.author}"']
        said = ", ".join(f"{name} = {_toml(value)}" for name, value in file.says)
        lines += [f"says = {{ {said} }}"] if said else []
    return "\n".join(lines) + "\n"


def _toml(value: str | bool | date) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
