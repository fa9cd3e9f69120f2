import {browser} from "@web/core/browser/browser";

/** The server tells of changes at most once in two seconds (models/contact/live.py). */
export const LEAST = 3000;
export const SPREAD = 1600;

/**
 * Loads what all screens share, some seconds after the server told of a change: each
 * screen at a moment of its own, few of them early. Whoever loads first has the server
 * send it to the others, who then need not ask.
 */
export class SharedRefresh {
    /**
     * @param {() => Promise<void>} load
     */
    constructor(load) {
        this.load = load;
        this.timer = null;
        this.toldAt = 0;
    }

    /** Load after a while; changes that were not told in between are in it. */
    tell() {
        this.toldAt = Date.now();
        this.arm();
    }

    arm() {
        if (this.timer === null) {
            const wait = LEAST + SPREAD * Math.cbrt(Math.random());
            const left = this.toldAt + wait - Date.now();
            this.timer = browser.setTimeout(() => this.fire(), left);
        }
    }

    async fire() {
        this.timer = null;
        if (!this.isAnswered()) {
            this.arm(); // told again meanwhile
        }
        await this.load();
    }

    /** @returns {boolean} whether what is known now holds all that was told */
    isAnswered() {
        return Date.now() >= this.toldAt + LEAST;
    }

    /** What is shared has come from the server. */
    answer() {
        if (this.isAnswered()) {
            this.cancel();
        }
    }

    cancel() {
        browser.clearTimeout(this.timer);
        this.timer = null;
    }
}
