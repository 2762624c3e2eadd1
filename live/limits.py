"""How fast one person may send, on all their sockets of this process together."""

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Holds `burst` tokens at most and gains `per_second`; each frame takes one."""

    per_second: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Take one token; return 0, or the seconds until there is one."""
        self._fill(now)
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.per_second

    def is_full(self, now: float) -> bool:
        self._fill(now)
        return self.tokens >= self.burst

    def _fill(self, now: float) -> None:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_second)
        self.at = now


_buckets: dict[str, Bucket] = {}


def bucket_of(person: str, *, per_second: float, burst: float, now: float) -> Bucket:
    """The bucket of this person; it outlives a reconnect, so that reconnecting gains nothing."""
    if person not in _buckets:
        _buckets[person] = Bucket(per_second, burst, burst, now)
    return _buckets[person]


def forget_idle(now: float) -> None:
    """Drop the full ones: a new one would be the same."""
    for person in [name for name, bucket in _buckets.items() if bucket.is_full(now)]:
        del _buckets[person]
