/**
 * @param {Object} action the action service
 * @returns {{model: string, id: number} | null} the record whose form is on the screen
 */
export function findShownRecord(action) {
    const controller = action.currentController;
    const model = controller?.props?.resModel;
    const id = controller?.currentState?.resId || controller?.props?.resId;
    const isForm = controller?.view?.type === "form";
    return isForm && model && typeof id === "number" ? {model, id} : null;
}
