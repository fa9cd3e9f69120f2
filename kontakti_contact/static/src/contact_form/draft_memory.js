import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";

const PREFIX = "kontakti_contact.draft.";
const LOG_OUT = "[data-menu=logout]";

/** What was typed in this tab and is not saved, for each contact event. */
export class DraftMemory {
    /**
     * @param {string} owner of the drafts; those of other users are removed
     */
    constructor(owner) {
        this.prefix = `${PREFIX}${owner}.`;
        this.works = new Set();
        this.forgetAll((key) => !key.startsWith(this.prefix));
    }

    /**
     * @param {number | string} id of a contact event, or "new"
     * @returns {Object | undefined} what {@link write} kept
     */
    read(id) {
        const draft = browser.sessionStorage.getItem(this.prefix + id);
        return draft ? JSON.parse(draft) : undefined;
    }

    /** Keep a draft, if the tab has room for it. */
    write(id, draft) {
        try {
            browser.sessionStorage.setItem(this.prefix + id, JSON.stringify(draft));
        } catch {
            this.forget(id);
        }
    }

    forget(id) {
        browser.sessionStorage.removeItem(this.prefix + id);
    }

    forgetAll(isMeant = () => true) {
        const keys = Object.keys(browser.sessionStorage);
        keys.filter((key) => key.startsWith(PREFIX) && isMeant(key)).forEach((key) =>
            browser.sessionStorage.removeItem(key)
        );
    }

    /**
     * Have something done before the user logs out.
     *
     * @param {() => Promise<boolean>} work answers whether the user may go
     * @returns {() => void} forgets it
     */
    beforeLogOut(work) {
        this.works.add(work);
        return () => this.works.delete(work);
    }

    /** When the user logs out, save first, then go, and leave no drafts. */
    watchLogOut() {
        let isReady = false;
        let isLoggingOut = false;
        const onClick = async (ev) => {
            const item = ev.target.closest?.(LOG_OUT);
            isLoggingOut = Boolean(item) && (isReady || !this.works.size);
            if (!item || isLoggingOut) {
                return;
            }
            // what is sent while the page closes may come after the session's end
            ev.preventDefault();
            ev.stopImmediatePropagation();
            const answers = await Promise.all([...this.works].map((work) => work()));
            isReady = answers.every(Boolean);
            if (isReady) {
                item.click();
                isReady = false;
            }
        };
        document.addEventListener("click", onClick, {capture: true});
        browser.addEventListener("pagehide", () => isLoggingOut && this.forgetAll());
    }
}

export const draftService = {
    start() {
        const memory = new DraftMemory(`${session.db}.${user.userId}`);
        memory.watchLogOut();
        return memory;
    },
};

registry.category("services").add("kontakti_contact.drafts", draftService);
