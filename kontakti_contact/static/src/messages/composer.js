import {Composer} from "@mail/core/common/composer";
import {patch} from "@web/core/utils/patch";

/** @returns {String} a recipient without a partner, as in the head of an e-mail */
function formatAddress({email, name}) {
    const quoted = (name || "").replace(/["\\]/g, "\\$&");
    return quoted && name !== email ? `"${quoted}" <${email}>` : email;
}

/**
 * The full composer, opened from the chatter of a contact event, also writes to the
 * addresses that nobody in the register has (T17). Odoo's getter is there to be
 * extended, and there is no registry for it.
 */
patch(Composer.prototype, {
    get fullComposerAdditionalContext() {
        const context = super.fullComposerAdditionalContext;
        if (this.thread?.model !== "kontakti.contact" || this.props.type === "note") {
            return context;
        }
        const {suggestedRecipients, additionalRecipients} = this.thread;
        const recipients = [...suggestedRecipients, ...additionalRecipients];
        const typed = recipients.filter((one) => !one.partner_id && one.email);
        return {
            ...context,
            default_partner_ids: recipients
                .filter((one) => one.partner_id)
                .map((one) => one.partner_id),
            default_kontakti_email_to: typed.map(formatAddress).join(", "),
        };
    },
});
