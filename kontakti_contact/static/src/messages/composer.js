import {Composer} from "@mail/core/common/composer";
import {patch} from "@web/core/utils/patch";

/** @returns {String} a recipient without a partner, as in the head of an e-mail */
function formatAddress({email, name}) {
    const quoted = (name || "").replace(/["\\]/g, "\\$&");
    return quoted && name !== email ? `"${quoted}" <${email}>` : email;
}

/**
 * The full composer, opened from the chatter of a contact event, also writes to
 * addresses that are not in the register (T17). Odoo has no registry for this: its
 * getter is made to be extended.
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
