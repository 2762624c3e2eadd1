// Where one's own message stands, in words: queued, stored, delivered, seen; or failed.

const HEIGHT = { queued: 0, failed: 0, stored: 1, delivered: 2, seen: 3 };

/** Puts the rung of the blank twin into a message; a message never climbs down. */
export function climb(message, blank, rung) {
    const present = message.querySelector("[data-rung]");
    if (present && HEIGHT[present.dataset.rung] > HEIGHT[rung]) return null;
    const next = blank.content.querySelector(`[data-rung="${rung}"]`).cloneNode(true);
    if (present) present.replaceWith(next);
    else message.querySelector(".head").append(next);
    message.classList.toggle("pending", rung === "queued");
    message.classList.toggle("failed", rung === "failed");
    return next;
}
