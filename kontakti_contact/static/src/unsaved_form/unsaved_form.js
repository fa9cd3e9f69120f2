import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";
import {useBus} from "@web/core/utils/hooks";

const ORIGIN_KEY = "default_kontakti_origin";

/**
 * A new form opened from the Applications menu is saved by the user alone (S34).
 *
 * Odoo saves a form that is left, hidden or closed, and offers no extension point to
 * say otherwise: hence the patch, which does nothing to any other form.
 */
patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        this.kontaktiTyping = false;
        useBus(this.model.bus, "FIELD_IS_DIRTY", (ev) => {
            this.kontaktiTyping = ev.detail;
        });
    },

    get isKontaktiUnsaved() {
        return this.model.root.isNew && Boolean(this.model.config.context[ORIGIN_KEY]);
    },

    /** Once saved, the form is like any other: what "New" makes there is not ours. */
    onWillLoadRoot(config) {
        super.onWillLoadRoot(...arguments);
        if (config.resId) {
            delete config.context[ORIGIN_KEY];
        }
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

    /** Resolve to whether to leave: after saving, without, or not at all. */
    askKontaktiLeave() {
        return new Promise((resolve) => {
            this.env.services.dialog.add(ConfirmationDialog, {
                title: _t("This has not been saved"),
                body: _t("Save it before you leave, or leave without saving it?"),
                confirmLabel: _t("Save"),
                confirm: async () => resolve(await this.save({reload: false})),
                cancelLabel: _t("Leave without saving"),
                cancel: () => resolve(true),
                dismiss: () => resolve(false),
            });
        });
    },
});
