import {browser} from "@web/core/browser/browser";
import {useBus, useService} from "@web/core/utils/hooks";
import {onMounted, onWillDestroy, onWillUnmount, useExternalListener} from "@odoo/owl";
import {Refresher} from "../core/refresher";
import {userNow} from "../core/user_today";

export const CHANGED = "kontakti_contact/changed";
const AFTER_MIDNIGHT = 1000;

/**
 * Calls back when a new day has begun in the user's time zone.
 *
 * @param {() => void} callback
 */
function useMidnight(callback) {
    let timer = null;
    const arm = () => {
        const wait = userNow().endOf("day").diffNow().toMillis();
        timer = browser.setTimeout(() => {
            callback();
            arm();
        }, wait + AFTER_MIDNIGHT);
    };
    onMounted(arm);
    onWillUnmount(() => browser.clearTimeout(timer));
}

/**
 * Calls back when the lost connection to the bus is back, since messages were missed.
 *
 * @param {Object} bus the bus service
 * @param {() => void} callback
 */
function useReconnect(bus, callback) {
    let isLost = false;
    useBus(bus, "BUS:DISCONNECT", () => (isLost = true));
    const onConnected = () => {
        if (isLost) {
            isLost = false;
            callback();
        }
    };
    useBus(bus, "BUS:CONNECT", onConnected);
    useBus(bus, "BUS:RECONNECT", onConnected);
}

/**
 * Keeps data fresh without polling. It loads when the server says that something has
 * changed, at midnight and after a lost connection. A hidden tab loads when it is shown.
 *
 * @param {() => Promise<void>} load
 * @returns {Refresher}
 */
export function useLiveRefresh(load) {
    const bus = useService("bus_service");
    const refresher = new Refresher(load);
    let isStale = false;
    const refresh = () => {
        isStale = document.hidden;
        if (!isStale) {
            refresher.request();
        }
    };
    bus.subscribe(CHANGED, refresh);
    bus.start();
    useReconnect(bus, refresh);
    useMidnight(refresh);
    useExternalListener(document, "visibilitychange", () => isStale && refresh());
    onWillDestroy(() => {
        bus.unsubscribe(CHANGED, refresh);
        refresher.cancel();
    });
    return refresher;
}
