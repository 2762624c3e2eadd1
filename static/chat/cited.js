// A message that cites a card opens in its place. What came with the page is there already; what
// arrived since is fetched the first time it is opened. If that fails, the link to the card stays.

/** `address` is that of message 0. */
export function openInPlace(list, address) {
    // A toggle does not rise: it is heard on its way down.
    list.addEventListener("toggle", ({ target }) => target.open && fetchInto(target, address), true);
}

async function fetchInto(card, address) {
    if (!card.matches("[data-far]")) return;
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
