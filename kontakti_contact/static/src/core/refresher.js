import {browser} from "@web/core/browser/browser";

export const DELAY = 500;
export const MAX_WAIT = 3000;

/**
 * Makes few loads of many requests. Two loads never run at once, and after the last
 * request a new load always begins.
 */
export class Refresher {
    /**
     * @param {() => Promise<void>} load
     */
    constructor(load) {
        this.load = load;
        this.timer = null;
        this.deadline = 0;
        this.current = null;
        this.again = false;
    }

    /** Load soon: requests in quick succession become one load. */
    request() {
        const now = Date.now();
        this.deadline ||= now + MAX_WAIT;
        browser.clearTimeout(this.timer);
        const delay = Math.max(0, Math.min(DELAY, this.deadline - now));
        this.timer = browser.setTimeout(() => this.run(), delay);
    }

    /**
     * Load now, or once more after the load that is under way.
     *
     * @returns {Promise<void>} resolved when the newest data is there
     */
    run() {
        this.cancel();
        this.again = Boolean(this.current);
        this.current ||= this.loadUntilFresh().finally(() => (this.current = null));
        return this.current;
    }

    async loadUntilFresh() {
        do {
            this.again = false;
            await this.load();
        } while (this.again);
    }

    /** Cancel the load that waits. */
    cancel() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.deadline = 0;
    }
}
