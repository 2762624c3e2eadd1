// <live-following consultation last-seq>: a page without a conversation on it, which still listens to
// one: the socket is told which, and hears when its state changes.

import { wire } from "live/connection";

class LiveFollowing extends HTMLElement {
    connectedCallback() {
        wire()?.follow(this.getAttribute("consultation"), () => Number(this.getAttribute("last-seq")));
    }

    disconnectedCallback() {
        wire()?.forget(this.getAttribute("consultation"));
    }
}

customElements.define("live-following", LiveFollowing);
