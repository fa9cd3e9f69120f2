import {_t} from "@web/core/l10n/translation";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {onMounted, status, useEffect} from "@odoo/owl";
import {formAction} from "../core/form_action";
import {logNoAnswer} from "../core/no_answer";
import {offerUndo, tell} from "../core/offer";
import {ContactModel} from "./contact_record";

const {DateTime} = luxon;
const MODEL = "kontakti.contact";
const DISCUSSION = ".o_field_widget[name=discussion] .odoo-editor-editable";
const CALENDAR = {
    entry: () => _t("The calendar entry was created."),
    booking: () => _t("The booking was created."),
};
/** The follow-ups whose Undo has been offered: it is not offered again. */
const welcomed = new Set();

/**
 * The form of a contact event. It loses nothing that is typed, says what was done and
 * offers to undo it.
 */
export class ContactFormController extends FormController {
    setup() {
        super.setup();
        useEffect(
            () => {
                const offered = this.offerDraft();
                return async () => (await offered)();
            },
            () => [this.model.root.id]
        );
        onMounted(() => this.welcomeFollowUp());
        useEffect(
            () => this.model.drafts.beforeLogOut(() => this.saveTyped()),
            () => []
        );
        useHotkey("control+enter", () => this.saveAndReturn(), {
            bypassEditableProtection: true,
            isAvailable: (target) => this.isOurs(target),
        });
    }

    /** Whether a key is pressed in the form, and not in the chatter beneath it. */
    isOurs(target) {
        return !target.closest(".o-mail-ChatterContainer, .o-mail-Form-chatter");
    }

    async saveAndReturn() {
        if (this.env.inDialog) {
            await this.saveButtonClicked({closable: true});
        } else if ((await this.save()) && this.env.config.breadcrumbs.length > 1) {
            this.env.config.historyBack();
        }
    }

    /**
     * Offer what was typed in this tab and not saved.
     *
     * @returns {Promise<Function>} takes the offer away
     */
    async offerDraft() {
        const record = this.model.root;
        const draft = await record.findDraft();
        if (!draft || record.dirty || status(this) === "destroyed") {
            return () => {};
        }
        let close = () => {};
        const answer = (work) => () => {
            close();
            return work();
        };
        close = this.env.services.notification.add(
            _t("Here is what you typed at %(time)s and did not save.", {
                time: DateTime.fromMillis(draft.at).toLocaleString(
                    DateTime.TIME_SIMPLE
                ),
            }),
            {
                type: "warning",
                sticky: true,
                className: "o_kontakti_draft",
                buttons: [
                    {
                        name: _t("Bring it back"),
                        onClick: answer(() => record.restoreDraft(draft)),
                    },
                    {
                        name: _t("Throw it away"),
                        onClick: answer(() => record.forgetDraft()),
                    },
                ],
            }
        );
        return close;
    }

    /** Forget the draft: this is on purpose, closing a dialog is not. */
    async discard() {
        const record = this.model.root;
        await super.discard(...arguments);
        record.forgetDraft();
    }

    /** Ask the texts too: they tell Odoo what was typed only when they are left. */
    async beforeLeave({forceLeave} = {}) {
        if (!forceLeave) {
            await this.model.root.isDirty();
        }
        const isLeft = await super.beforeLeave(...arguments);
        if (isLeft !== false) {
            this.offerWayBack();
        }
        return isLeft;
    }

    /** Nobody answered: said with an undo, which Odoo's buttons do not offer. */
    async beforeExecuteActionButton(params) {
        const goesOn = await super.beforeExecuteActionButton(...arguments);
        if (goesOn === false || params.name !== "action_no_answer") {
            return goesOn;
        }
        const {data, resId} = this.model.root;
        const contact = {id: resId, name: data.name};
        const said = await logNoAnswer(this.env.services.orm, contact);
        await this.model.root.load();
        tell(this.env, said);
        return false;
    }

    // What was done -------------------------------------------------------------

    async afterExecuteActionButton({name}) {
        await super.afterExecuteActionButton(...arguments);
        const {data, resId} = this.model.root;
        if (name === "action_done" && data.state === "done") {
            tell(this.env, {
                message: _t("“%(name)s” is done.", {name: data.name}),
                undo: [MODEL, "action_reopen", [[resId]]],
            });
        }
        if (name === "action_create_customer" && data.partner_id) {
            const {display_name: customer, id} = data.partner_id;
            tell(this.env, {
                message: _t("“%(customer)s” is in the register.", {customer}),
                open: formAction("res.partner", id),
            });
        }
    }

    async onRecordSaved(record, changes) {
        await super.onRecordSaved(...arguments);
        const getMessage = CALENDAR[changes.calendar_request];
        if (getMessage) {
            const open = [MODEL, "action_open_calendar_event", [[record.resId]]];
            tell(this.env, {message: getMessage(), open});
        }
    }

    // A follow-up just made -----------------------------------------------------

    /** @returns {{made: number[], closed: number[]} | null} of the form's record */
    get followUp() {
        const followUp = this.props.context.kontakti_follow_up;
        const isIt = followUp?.made.includes(this.model.root.resId);
        return isIt ? followUp : null;
    }

    welcomeFollowUp() {
        const {followUp} = this;
        if (followUp && !welcomed.has(this.model.root.resId)) {
            welcomed.add(this.model.root.resId);
            this.isFreshFollowUp = true;
            this.rootRef.el.querySelector(DISCUSSION)?.focus();
            this.offerUndoFollowUp(
                _t("The follow-up is here, the one before is done.")
            );
        }
    }

    /** Offer to undo a follow-up that is left unchanged: it was probably a mistake. */
    offerWayBack() {
        if (this.isFreshFollowUp && this.followUp && !this.model.root.wasChanged) {
            this.closeOffer();
            this.offerUndoFollowUp(_t("Nothing was written in the follow-up."));
        }
    }

    offerUndoFollowUp(message) {
        const {followUp} = this;
        const {orm} = this.env.services; // still works when the form has been left
        this.closeOffer = offerUndo(this.env, message, async () => {
            await this.saveTyped();
            await orm.call(MODEL, "action_undo_follow_up", [followUp]);
            this.isFreshFollowUp = false;
            await this.leaveUndone(followUp);
        });
    }

    /**
     * Save what was typed meanwhile; the server then keeps the follow-up.
     *
     * @returns {Promise<boolean>} whether nothing is left to save
     */
    async saveTyped() {
        if (status(this) !== "destroyed" && (await this.model.root.isDirty())) {
            return this.save();
        }
        return true;
    }

    async leaveUndone({made}) {
        const isHere =
            status(this) !== "destroyed" && made.includes(this.model.root.resId);
        if (isHere) {
            this.env.config.historyBack();
        } else {
            await this.env.services.action.doAction("soft_reload");
        }
    }
}

registry.category("views").add("kontakti_contact_form", {
    ...formView,
    Controller: ContactFormController,
    Model: ContactModel,
});
