import {ActivityMenu} from "@mail/core/web/activity_menu";
import {patch} from "@web/core/utils/patch";

const DRILL_DOWN = "kontakti_contact.kontakti_contact_action_drill_down";

/**
 * What is late or due today in Odoo's activity menu leads to the cell of the task list
 * that holds it. As Odoo's own calendar does: the menu has no registry.
 */
patch(ActivityMenu.prototype, {
    openActivityGroup(group, filter, newWindow) {
        if (!group.kontakti_section) {
            return super.openActivityGroup(...arguments);
        }
        this.dropdown.close();
        const isLate =
            filter === "overdue" || (filter !== "today" && group.overdue_count);
        const cell = isLate ? "late" : "today";
        return this.action.doAction(DRILL_DOWN, {
            newWindow,
            clearBreadcrumbs: true,
            additionalContext: {active_id: `${group.kontakti_section}.${cell}`},
        });
    },
});
