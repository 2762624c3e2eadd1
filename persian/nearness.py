"""How far a misspelt word is from a known one."""


def steps(one: str, other: str, most: int) -> int:
    """Letters to drop, add, change or swap; `most` + 1 when it is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def nearness(one: str, other: str) -> float:
    """1 for the same word, less for every step; 0 for one that is no likely misspelling."""
    most = 1 if len(one) < 6 else 2
    taken = steps(one, other, most)
    if taken > most or min(len(one), len(other)) < 3:
        return 0.0
    return 1 - taken / max(len(one), len(other)) * (1.5 if one[0] != other[0] else 1.0)
