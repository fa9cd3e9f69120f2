import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {useBus} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {FormController} from "@web/views/form/form_controller";
import {onMounted} from "@odoo/owl";
import {PATH} from "./open_again";

const ORIGIN_KEY = "default_kontakti_origin";
const NO_ACCESS = ["odoo.exceptions.AccessError", "odoo.exceptions.MissingError"];

/**
 * A new form opened from the Applications menu is saved by the user alone (S34).
 *
 * Odoo saves a form that is left, hidden or closed, and offers no extension point to
 * say otherwise: hence the patch, which does nothing to any other form.
 */
patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        const origin = this.props.context?.[ORIGIN_KEY];
        if (this.props.resId || origin?.model !== this.props.resModel) {
            return;
        }
        this.isKontaktiOwnSave = false;
        this.kontaktiTyping = false;
        useBus(this.model.bus, "FIELD_IS_DIRTY", (ev) => {
            this.kontaktiTyping = ev.detail;
        });
        this.model.orm = this.registerKontaktiDocument(this.model.orm, origin);
        onMounted(() => this.showKontaktiAddress(origin));
    },

    /**
     * The whole form works in the contact event's company. The web client would replace
     * the companies of the action's context by those of the company switcher.
     */
    onWillLoadRoot(config) {
        super.onWillLoadRoot(...arguments);
        const {companies} = config.context[ORIGIN_KEY] || {};
        if (companies && !config.resId) {
            config.context.allowed_company_ids = companies;
        }
    },

    get isKontaktiUnsaved() {
        return this.model.root.isNew && Boolean(this.model.config.context[ORIGIN_KEY]);
    },

    /** The address of the unsaved form says how to open it again (open_again.js). */
    showKontaktiAddress({contact_id: activeId, code, choice}) {
        if (this.isKontaktiUnsaved) {
            this.props.updateActionState({
                active_id: activeId,
                application: code,
                choice: choice || undefined,
            });
        }
    },

    /**
     * @returns {Object} the orm, with one difference: the save that creates the document
     * also registers it on its contact event, in the same transaction.
     */
    registerKontaktiDocument(orm, origin) {
        const registering = Object.create(orm);
        registering.webSave = async (resModel, ids, values, kwargs) => {
            const saveOrdinary = () => orm.webSave(resModel, ids, values, kwargs);
            if (ids.length || !kwargs.context[ORIGIN_KEY]) {
                return saveOrdinary();
            }
            let records = [];
            try {
                records = await this.saveKontaktiDocument(orm, origin, values, kwargs);
            } catch (error) {
                if (!NO_ACCESS.includes(error.exceptionName)) {
                    throw error;
                }
                // the contact event was deleted: keep what the user typed
                records = await saveOrdinary();
            }
            this.becomeOrdinaryForm();
            return records;
        };
        return registering;
    },

    async saveKontaktiDocument(orm, {contact_id: contactId, code}, values, kwargs) {
        const {records, message} = await orm.call(
            "kontakti.contact",
            "save_document",
            [[contactId], code, values, kwargs.specification],
            {context: kwargs.context, is_own_save: this.isKontaktiOwnSave}
        );
        if (message) {
            this.env.services.notification.add(message, {type: "warning"});
        }
        return records;
    },

    /** Note that the user saves; a button saves by another method before it acts. */
    async save() {
        this.isKontaktiOwnSave = true;
        try {
            return await super.save(...arguments);
        } finally {
            this.isKontaktiOwnSave = false;
        }
    },

    /**
     * Make the saved form an ordinary one, with Odoo's own address, where "New" makes
     * ordinary records. This happens before the id is known, because the router merges
     * changes of the address that come at once.
     */
    becomeOrdinaryForm() {
        const {context} = this.model.config;
        delete context[ORIGIN_KEY];
        context.allowed_company_ids = user.context.allowed_company_ids;
        const {action} = this.actionService.currentController || {};
        if (action?.path === PATH) {
            delete action.path;
        }
        this.props.updateActionState({
            active_id: false,
            application: undefined,
            choice: undefined,
        });
    },

    beforeVisibilityChange() {
        return this.isKontaktiUnsaved ? undefined : super.beforeVisibilityChange();
    },

    async beforeUnload(ev) {
        if (!this.isKontaktiUnsaved) {
            await super.beforeUnload(ev);
        } else if (this.model.root.dirty || this.kontaktiTyping) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    },

    async beforeLeave({forceLeave} = {}) {
        if (forceLeave || !this.isKontaktiUnsaved) {
            return super.beforeLeave(...arguments);
        }
        return !(await this.model.root.isDirty()) || this.askKontaktiLeave();
    },

    /**
     * Ask whether to save and leave, leave, or stay. The promise is always resolved,
     * because the next action waits for it.
     */
    askKontaktiLeave() {
        return new Promise((resolve) => {
            this.env.services.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("This has not been saved"),
                    body: _t("Save it before you leave, or leave without saving it?"),
                    confirmLabel: _t("Save"),
                    confirm: () => this.saveKontaktiAndLeave(resolve),
                    cancelLabel: _t("Leave without saving"),
                    cancel: () => resolve(true),
                    dismiss: () => resolve(false),
                },
                {onClose: () => resolve(false)}
            );
        });
    },

    /** Save, and tell `resolve` whether to leave: not when the save fails. */
    async saveKontaktiAndLeave(resolve) {
        let isSaved = false;
        try {
            isSaved = await this.save({
                reload: false,
                onError: (error, options) => {
                    // an error without a message of the server, such as a lost
                    // connection, is thrown
                    const isLeaving = Boolean(error.data?.message);
                    return this.onSaveError(error, options, isLeaving);
                },
            });
        } finally {
            resolve(isSaved);
        }
    },
});
