import {browser} from "@web/core/browser/browser";
import {onMounted, onWillUnmount} from "@odoo/owl";

const EACH = 5000;
const MINUTE = 60000;

/**
 * @param {number} since in milliseconds since 1970
 * @returns {number} the hours that have passed, in minutes begun
 */
export function hoursSince(since) {
    return Math.max(1, Math.ceil((Date.now() - since) / MINUTE)) / 60;
}

/**
 * Calls back every few seconds, for as long as the component is there.
 *
 * @param {() => void} onTick
 */
export function useStopwatch(onTick) {
    let timer = null;
    onMounted(() => (timer = browser.setInterval(onTick, EACH)));
    onWillUnmount(() => browser.clearInterval(timer));
}
