/**
 * @param {string} resModel
 * @param {number} [resId] without it, a new record
 * @returns {Object} the action that opens a record in its form
 */
export function formAction(resModel, resId) {
    return {
        type: "ir.actions.act_window",
        res_model: resModel,
        res_id: resId,
        views: [[false, "form"]],
    };
}
