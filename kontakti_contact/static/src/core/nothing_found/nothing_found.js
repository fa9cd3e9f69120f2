import {ActionHelper} from "@web/views/action_helper";

/**
 * What a view shows when it is empty: that nothing was found, while something is
 * searched for; else the action's own help, such as "Log your first contact event".
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

    /** @returns {boolean} whether more would show without what the user asks for */
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
