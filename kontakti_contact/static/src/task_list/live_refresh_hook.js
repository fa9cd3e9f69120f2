import {browser} from "@web/core/browser/browser";
import {useBus, useService} from "@web/core/utils/hooks";
import {onMounted, onWillDestroy, onWillUnmount, useExternalListener} from "@odoo/owl";
import {Refresher} from "../core/refresher";
import {SharedRefresh} from "../core/shared_refresh";
import {userNow} from "../core/user_today";
import {SHARED_CHANGED} from "./live_service";

export const CHANGED = "kontakti_contact/changed";
export const NUMBERS = "kontakti_contact/numbers";
const AFTER_MIDNIGHT = 1000;
/** Milliseconds until the rows follow the numbers: each user has some of their own. */
const LATER = 15000;

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
 * Keeps what all screens share fresh: the numbers when the server sends them or some
 * seconds after it told of a change, the rows beneath them a while later.
 *
 * @param {Object} bus the bus service
 * @param {Object} shared see {@link useLiveRefresh}
 */
function useSharedRefresh(bus, shared) {
    const {ask, load, take, loadLater} = shared;
    const live = useService("kontakti_live");
    let later = null;
    const follow = () => {
        const wait = LATER * (1 + Math.random());
        later ??= browser.setTimeout(() => {
            later = null;
            return loadLater();
        }, wait);
    };
    const askAll = async (told) => {
        const found = await ask(told);
        if (!found.isSent) {
            follow();
        }
        return found;
    };
    const refresh = new SharedRefresh(askAll, load);
    const onTold = ({told}) => refresh.tell(told);
    const onNumbers = (numbers) => {
        const isAll = take(numbers);
        if (isAll !== null) {
            follow();
        }
        if (isAll) {
            refresh.answer(numbers.counted);
        }
    };
    bus.subscribe(SHARED_CHANGED, onTold);
    bus.subscribe(NUMBERS, onNumbers);
    onMounted(() => refresh.tell(live.told, live.toldAt));
    onWillDestroy(() => {
        bus.unsubscribe(SHARED_CHANGED, onTold);
        bus.unsubscribe(NUMBERS, onNumbers);
        refresh.cancel();
        browser.clearTimeout(later);
    });
}

/**
 * Keeps data fresh without polling. It loads when the server says that something has
 * changed, at midnight and after a lost connection. A hidden tab loads when it is shown.
 *
 * @param {() => Promise<void>} load all
 * @param {Object} shared what all screens of a company have in common
 * @param {() => Promise<void>} shared.loadOwn instead: what is the user's own
 * @param {Function} shared.ask have it sent to all, see {@link SharedRefresh}
 * @param {(numbers: Object) => boolean | null} shared.take what was sent; whether that
 *  is all; null: of others
 * @param {() => Promise<void>} shared.loadLater what may follow later
 * @returns {Refresher}
 */
export function useLiveRefresh(load, shared) {
    const bus = useService("bus_service");
    const refresher = new Refresher(load);
    let isStale = false;
    const whenSeen = (work) => {
        isStale = document.hidden;
        return !isStale && work();
    };
    const refresh = () => whenSeen(() => refresher.request());
    const own = new Refresher(shared.loadOwn);
    const refreshOwn = () => whenSeen(() => own.request());
    bus.subscribe(CHANGED, refreshOwn);
    useSharedRefresh(bus, {
        ...shared,
        ask: async (told) =>
            whenSeen(() => shared.ask(told)) || {isSent: false, isFirst: false},
        load: refresh,
        loadLater: () => whenSeen(shared.loadLater),
    });
    bus.start();
    useReconnect(bus, refresh);
    useMidnight(refresh);
    useExternalListener(document, "visibilitychange", () => isStale && refresh());
    onWillDestroy(() => {
        bus.unsubscribe(CHANGED, refreshOwn);
        own.cancel();
        refresher.cancel();
    });
    return refresher;
}
