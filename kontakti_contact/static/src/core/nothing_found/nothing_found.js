import {ActionHelper} from "@web/views/action_helper";

/**
 * What an empty view shows: "nothing found" while the user searches, else the action's
 * own help, such as "Log your first contact event".
 */
export class NothingFound extends ActionHelper {
    static template = "kontakti_contact.NothingFound";

    get checkedSections() {
        const sections = this.env.searchModel?.getSections() || [];
        return sections.filter((section) =>
            section.type === "category"
                ? section.activeValueId
                : [...section.values.values()].some(({checked}) => checked)
        );
    }

    /** @returns {boolean} whether the user searches */
    get isNarrowed() {
        const facets = this.env.searchModel?.facets || [];
        const isAsked = facets.some(({type}) => type !== "groupBy");
        return isAsked || this.checkedSections.length > 0;
    }

    clear() {
        const {searchModel} = this.env;
        const ids = this.checkedSections.map(({id}) => id);
        searchModel.clearFilters();
        if (ids.length) {
            searchModel.clearSections(ids);
        }
    }
}
