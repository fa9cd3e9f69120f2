import {browser} from "@web/core/browser/browser";

const PREFIX = "kontakti_contact_links.back.";
const MAX_FORMS = 10;
const MAX_PAGER = 2000;

/** What this tab remembers of the contact events the user came from, also after F5. */
export class BackMemory {
    /**
     * @param {string} owner of the memory; that of other users is removed
     */
    constructor(owner) {
        this.key = `${PREFIX}${owner}`;
        for (const key of Object.keys(browser.sessionStorage)) {
            if (key.startsWith(PREFIX) && key !== this.key) {
                browser.sessionStorage.removeItem(key);
            }
        }
    }

    read() {
        return JSON.parse(browser.sessionStorage.getItem(this.key) || "{}");
    }

    write(values) {
        const data = JSON.stringify({...this.read(), ...values});
        browser.sessionStorage.setItem(this.key, data);
    }

    /** @returns {Object[]} the breadcrumbs down to the contact event last left */
    get trail() {
        return this.trailShown || this.read().trail || [];
    }

    /** Keep no names: after F5 they are read again, with the user's rights. */
    set trail(trail) {
        this.trailShown = trail.map((step) => ({...step}));
        const steps = trail.map((step) => ({...step, displayName: undefined}));
        this.write({trail: steps});
    }

    /**
     * Keep how a form was left.
     *
     * @param {number} resId
     * @param {Object} left
     * @param {number[]} left.resIds what the pager leads through
     * @param {Object} left.pages open tab of each notebook
     */
    keepForm(resId, {resIds, pages}) {
        const form = {
            resId,
            resIds: resIds.length > MAX_PAGER ? [resId] : resIds,
            pages,
        };
        const others = (this.read().forms || []).filter((kept) => kept.resId !== resId);
        this.write({forms: [form, ...others].slice(0, MAX_FORMS)});
    }

    /** @returns {{resIds: number[], pages: Object} | undefined} how the form was left */
    findForm(resId) {
        return (this.read().forms || []).find((form) => form.resId === resId);
    }
}
