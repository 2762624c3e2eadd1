"""How fast one person may send, on all their sockets of this process together."""

from dataclasses import dataclass

from django.conf import settings

LIMITS = settings.LIMITS  # Looked up with every frame.


@dataclass(slots=True)
class Bucket:
    """Holds `burst` tokens at most and gains `per_second`; each frame takes one."""

    per_second: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Take one token; return 0, or the seconds until there is one."""
        tokens = self.tokens + (now - self.at) * self.per_second
        tokens = tokens if tokens < self.burst else self.burst
        self.at = now
        if tokens >= 1:
            self.tokens = tokens - 1
            return 0.0
        self.tokens = tokens
        return (1 - tokens) / self.per_second

    def is_full(self, now: float) -> bool:
        return self.tokens + (now - self.at) * self.per_second >= self.burst


_buckets: dict[str, Bucket] = {}


def token_for(person: str, now: float) -> float:
    """Take a token of this person's bucket; return 0, or the seconds until there is one.

    The bucket outlives a reconnect, so that reconnecting gains nothing.
    """
    bucket = _buckets.get(person)
    if bucket is None:
        burst = LIMITS["bucket_burst"]
        bucket = _buckets[person] = Bucket(LIMITS["bucket_per_second"], burst, burst, now)
    return bucket.take(now)


def forget_idle(now: float) -> None:
    """Drop the full ones: a new one would be the same."""
    for person in [name for name, bucket in _buckets.items() if bucket.is_full(now)]:
        del _buckets[person]
