import {registry} from "@web/core/registry";

export const SHARED_CHANGED = "kontakti_contact/shared_changed";

/**
 * Knows when the server last told of a change. A task list that is opened a moment later
 * would not hear of the next one, which is not told (models/contact/live.py).
 */
export const liveService = {
    dependencies: ["bus_service"],

    start(env, {bus_service: bus}) {
        // what was told before the page was opened, it has not heard
        const live = {told: Date.now(), toldAt: Date.now()};
        bus.subscribe(SHARED_CHANGED, ({told}) =>
            Object.assign(live, {told, toldAt: Date.now()})
        );
        return live;
    },
};

registry.category("services").add("kontakti_live", liveService);
