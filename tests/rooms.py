"""Count the structure from the imports: `python tests/rooms.py [FOLDER]`.

A room is `data`, `pages`, or what lies directly in `kpi` (a folder or a module). A floor is the
longest way down; rooms in one circle share theirs. An arrow runs back up when the room it leads to
leads back again.
"""

import sys
from functools import cache
from pathlib import Path

import grimp

LAYERS = ("data", "kpi", "pages")


def room_of(module: str) -> str:
    """The room in which a module lies."""
    parts = module.replace("kpi.__main__", "kpi.cli").split(".")
    return ".".join(parts[:2]) if parts[0] == "kpi" else parts[0]


def circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Modules that import each other, however long the way round."""
    found: list[set[str]] = []
    for one in sorted(graph.modules):
        for other in graph.find_modules_directly_imported_by(one):
            if graph.chain_exists(importer=other, imported=one):
                near = [circle for circle in found if circle & {one, other}]
                found = [circle for circle in found if circle not in near]
                found.append({one, other}.union(*near))
    return found


def arrows(graph: grimp.ImportGraph) -> set[tuple[str, str]]:
    """(room, a room it imports)."""
    return {
        (room_of(one), room_of(other))
        for one in graph.modules
        for other in graph.find_modules_directly_imported_by(one)
        if room_of(one) != room_of(other)
    }


def reach(drawn: set[tuple[str, str]]) -> dict[str, set[str]]:
    """Every room that can be reached from a room."""
    found = {room: {b for a, b in drawn if a == room} for pair in drawn for room in pair}
    for middle in found:
        for room in found:
            if middle in found[room]:
                found[room] |= found[middle]
    return found


def floors(drawn: set[tuple[str, str]]) -> int:
    """How many rooms the longest way down passes."""
    far = reach(drawn)

    @cache
    def height(room: str) -> int:
        below = {b for a, b in drawn if a == room and room not in far[b]}
        return 1 + max(map(height, below), default=0)

    return max(map(height, far))


def main(folder: str) -> None:
    """Print the numbers of one checkout."""
    sys.path.insert(0, folder)
    graph = grimp.build_graph(*LAYERS, cache_dir=None)
    drawn = arrows(graph)
    far = reach(drawn)
    print(f"rooms: {len({room_of(module) for module in graph.modules} - {'kpi'})}")
    print(f"floors: {floors(drawn)}")
    print(f"arrows: {len(drawn)}")
    print(f"arrows back up: {sum(a in far[b] for a, b in drawn)}")
    print(f"circles of modules: {[sorted(circle) for circle in circles(graph)]}")


if __name__ == "__main__":
    main(str(Path(*sys.argv[1:2] or [Path(__file__).resolve().parents[1]]).resolve()))
