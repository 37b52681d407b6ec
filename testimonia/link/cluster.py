"""From scores of pairs to happenings: average-link clustering, on the side of keeping apart.

Two clusters are joined while the mean score over all pairs between them exceeds the threshold and nothing rules any of
these pairs out; the best first. Joining whatever has one good pair (connected components) would let one vague claim
chain two happenings into one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

LARGEST = 120  # members of a component that is clustered whole
STEP = 0.05  # by how much the threshold is raised to break up a larger one


def components(members: Iterable[int], edges: Iterable[Pair]) -> list[list[int]]:
    """Return the members in groups that edges connect, all in rising order."""
    parent = {member: member for member in members}

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for member in sorted(parent):
        groups[root(member)].append(member)
    return [groups[low] for low in sorted(groups)]


def _halves(members: Sequence[int]) -> list[list[int]]:
    return [list(members[at : at + LARGEST]) for at in range(0, len(members), LARGEST)]


def manageable(members: Sequence[int], edges: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    """Return connected groups of at most `LARGEST`: weak edges are cut first, and at last the order of age decides."""
    if len(members) <= LARGEST:
        return [list(members)]
    raised = threshold + STEP
    strong = {pair: score for pair, score in edges.items() if score >= raised}
    if raised > 1.0 or not strong:
        return _halves(members)
    found: list[list[int]] = []
    for group in components(members, strong):
        inside = set(group)
        kept = {pair: score for pair, score in strong.items() if pair[0] in inside} if len(group) > LARGEST else {}
        found.extend(manageable(group, kept, raised))
    return found


class _Clusters:
    """Clusters on their way: each is known by its oldest member."""

    def __init__(self, members: Sequence[int], score: Callable[[int, int], float | None]) -> None:
        self.members: dict[int, list[int]] = {member: [member] for member in members}
        self.sums: dict[int, dict[int, float]] = {member: {} for member in members}
        self.barred: dict[int, set[int]] = {member: set() for member in members}
        for at, a in enumerate(members):
            for b in members[at + 1 :]:
                self._enter(a, b, score(a, b))

    def _enter(self, a: int, b: int, value: float | None) -> None:
        if value is None:
            self.barred[a].add(b)
            self.barred[b].add(a)
        else:
            self.sums[a][b] = self.sums[b][a] = value

    def mean(self, a: int, b: int) -> float:
        """Return the mean score between two clusters, rounded so that what only reaches the threshold stays out."""
        return round(self.sums[a][b] / (len(self.members[a]) * len(self.members[b])), 9)

    def join(self, a: int, b: int) -> None:
        """Take b into a, the older."""
        self.members[a].extend(self.members.pop(b))
        gone, barred = self.sums.pop(b), self.barred.pop(b) | self.barred[a]
        for other in [other for other in self.members if other != a]:
            self.sums[other].pop(b, None)
            self.barred[other].discard(b)
            if other in barred:
                self.sums[a].pop(other, None)
                self.sums[other].pop(a, None)
                self.barred[other].add(a)
            else:
                self._enter(a, other, self.sums[a][other] + gone[other])
        self.sums[a].pop(b, None)
        self.barred[a] = barred - {a, b}


def clusters(members: Sequence[int], score: Callable[[int, int], float | None], threshold: float) -> list[list[int]]:
    """Return the members in clusters; `score` gives None for a pair that is ruled out."""
    state = _Clusters(members, score)
    heap = [(-state.mean(a, b), a, b) for a in members for b in state.sums[a] if a < b]
    heapq.heapify(heap)
    while heap and -heap[0][0] > threshold:
        mean, a, b = heapq.heappop(heap)
        if a not in state.members or b not in state.sums[a] or -state.mean(a, b) != mean:
            continue  # an entry from before one of the two was joined
        state.join(a, b)
        for other in state.sums[a]:
            low, high = sorted((a, other))
            heapq.heappush(heap, (-state.mean(low, high), low, high))
    return [sorted(found) for _, found in sorted(state.members.items())]
