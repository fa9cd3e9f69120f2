import {browser} from "@web/core/browser/browser";

/**
 * Milliseconds. The server tells of changes at most once in 2.5 seconds; numbers are of
 * all that was told COVERED before they were counted (models/contact/live.py).
 */
export const COVERED = 2800;
export const LEAST = 2900;
/** Who is not first leaves that time to who is; then each asks at a moment of its own. */
export const GRACE = 1000;
export const SPREAD = 900;
/** What was asked for comes within this time, or is loaded. */
export const SOON = 1000;

/**
 * Has the server send what all screens share, some seconds after it told of a change.
 * Whoever asks first has it sent to all, and is the first next time too: the others need
 * not ask. They do, each at a moment of its own, when the first has gone. What was asked
 * for and did not come is loaded.
 *
 * `told` and `counted` are moments of the server's clock, `toldAt` of the browser's.
 */
export class SharedRefresh {
    /**
     * @param {(told: number) => Promise<{isSent: boolean, isFirst: boolean}>} ask the
     *  server for what is of all told until then; whether it is sent to all, and is for
     *  this call
     * @param {() => Promise<void>} load what was not sent
     */
    constructor(ask, load) {
        Object.assign(this, {ask, load});
        Object.assign(this, {told: 0, toldAt: 0, wanted: 0, counted: 0});
        this.timer = null;
        this.isMissed = false;
        this.isFirst = false;
    }

    /**
     * Ask after a while; changes that were not told in between are in the answer.
     *
     * @param {number} told when the server told of a change
     * @param {number} toldAt when that was heard
     */
    tell(told, toldAt = Date.now()) {
        Object.assign(this, {told, toldAt});
        this.armUnlessLate();
    }

    armUnlessLate() {
        if (Date.now() < this.toldAt + LEAST) {
            this.arm();
        }
    }

    arm() {
        if (this.timer === null) {
            this.wanted = this.told;
            const left = this.toldAt + LEAST - Date.now();
            this.wait(this.isFirst ? left : left + GRACE);
        }
    }

    wait(least) {
        const spread = this.isFirst ? 0 : SPREAD * Math.cbrt(Math.random());
        this.timer = browser.setTimeout(() => this.fire(), least + spread);
    }

    async fire() {
        this.timer = null;
        const {isMissed, wanted} = this;
        this.isMissed = false;
        this.armUnlessLate(); // told again meanwhile
        await (isMissed ? this.load() : this.askOrMiss(wanted));
    }

    async askOrMiss(wanted) {
        let found = {isSent: true, isFirst: false};
        try {
            found = await this.ask(wanted);
        } finally {
            this.isFirst = found.isFirst;
            if (found.isSent && this.counted < wanted + COVERED) {
                this.cancel();
                Object.assign(this, {wanted, isMissed: true});
                this.wait(SOON);
            }
        }
    }

    /**
     * What is shared has come from the server. What was told a moment ago may not be in
     * it: that is waited for anew, so that of many changes few are asked for.
     *
     * @param {number} counted when it was counted
     */
    answer(counted) {
        this.counted = Math.max(this.counted, counted);
        const isLate = this.isMissed && counted < this.wanted + COVERED;
        if (this.timer !== null && !isLate) {
            this.cancel();
            if (counted < this.told + COVERED) {
                this.arm();
            }
        }
    }

    cancel() {
        browser.clearTimeout(this.timer);
        this.timer = null;
        this.isMissed = false;
    }
}
