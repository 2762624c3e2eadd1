// A message that cites a card opens in its place. What came with the page is there already; what
// arrived since is fetched the first time it is opened. If that fails, the link to the card stays.

/** `address` is that of message 0. */
export function openInPlace(list, address) {
    const view = list.closest('[role="log"]');
    // A toggle does not rise: it is heard on its way down.
    list.addEventListener("toggle", ({ target }) => target.open && open(target, view, address), true);
}

/** The list grows upwards: what was just opened stays where it can be read from its beginning. */
async function open(card, view, address) {
    if (card.matches("[data-far]")) await fetchInto(card, address);
    const isAbove = card.getBoundingClientRect().top < view.getBoundingClientRect().top;
    if (isAbove) card.scrollIntoView({ block: "start" });
}

async function fetchInto(card, address) {
    const { seq } = card.closest("[data-seq]").dataset;
    try {
        const response = await fetch(address.replace(/0\/$/, `${seq}/`), { headers: { Accept: "text/html" } });
        if (!response.ok || response.redirected) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        card.querySelector('[data-slot="said"]').replaceChildren(...page.body.childNodes);
        card.removeAttribute("data-far");
    } catch {
        // Offline: the next opening asks again.
    }
}
