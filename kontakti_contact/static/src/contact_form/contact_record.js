import {RelationalModel} from "@web/model/relational_model/relational_model";
import {markup} from "@odoo/owl";
import {TextsDialog} from "./texts_dialog";
import {fromDraft, isSame, toDraft} from "./draft_values";

const TEXTS = ["discussion", "actions"];

/**
 * A contact event in its form. What is typed is kept in the tab until it is saved, and
 * saving overwrites nobody else's text.
 */
export class ContactRecord extends RelationalModel.Record {
    setup() {
        this.typedTexts = {};
        super.setup(...arguments);
    }

    /** While saving, tell the server which texts were read: models/contact/texts.py */
    get context() {
        return this.savingContext
            ? {...super.context, ...this.savingContext}
            : super.context;
    }

    _setData(data, {keepChanges} = {}) {
        const before = this.textsRead;
        super._setData(...arguments);
        this.textsRead = {};
        this.noteTextsRead(data);
        // the server sent news while the user writes: the user began from the old text
        const written = keepChanges ? {...this._changes, ...this.typedTexts} : {};
        for (const name of TEXTS.filter((text) => text in written && before)) {
            this.textsRead[name] = before[name];
        }
    }

    noteTextsRead(values) {
        for (const name of TEXTS.filter((text) => text in values)) {
            this.textsRead[name] = String(values[name] || "");
        }
    }

    get draftId() {
        return this.resId || "new";
    }

    /**
     * @returns {Promise<Object | null>} what was typed in this tab and is not saved
     */
    async findDraft() {
        const draft = this.model.drafts.read(this.draftId);
        if (!draft || !this.isInEdition) {
            return null;
        }
        const saved = await this.readSaved(Object.keys(draft.values));
        const isSaved = Object.entries(draft.values).every(
            ([name, value]) =>
                !(name in saved) || isSame(this.fields[name], saved[name], value)
        );
        if (isSaved) {
            this.forgetDraft();
        }
        return isSaved ? null : draft;
    }

    /** Read from the server, because the form may show older values. */
    async readSaved(names) {
        if (this.isNew) {
            return toDraft(this.fields, this.data);
        }
        const known = names.filter((name) => name in this.fields);
        const asName = {fields: {display_name: {}}};
        const specification = Object.fromEntries(
            known.map((name) => [
                name,
                this.fields[name].type === "many2one" ? asName : {},
            ])
        );
        const ids = [this.resId];
        const [saved] = await this.model.orm.webRead(this.resModel, ids, {
            specification,
        });
        return saved || {};
    }

    /** Put a draft into the form, as if it were typed again. */
    restoreDraft({values, read}) {
        Object.assign(this.textsRead, read);
        return this.update(fromDraft(this.fields, values));
    }

    forgetDraft() {
        this.typedTexts = {};
        this.model.drafts.forget(this.draftId);
    }

    /**
     * Keep a text while it is typed. The record gets it only when the field is left.
     *
     * @param {string} name of the field
     * @param {string} html
     */
    keepTyped(name, html) {
        this.typedTexts[name] = html;
        this.keepDraft();
    }

    keepDraft() {
        const values = {...toDraft(this.fields, this._changes), ...this.typedTexts};
        if (Object.keys(values).length) {
            const {textsRead: read} = this;
            this.model.drafts.write(this.draftId, {at: Date.now(), values, read});
        }
    }

    async _update(changes) {
        await super._update(...arguments);
        this.wasChanged = true;
        Object.keys(changes).forEach((name) => delete this.typedTexts[name]);
        this.keepDraft();
    }

    async _save(options = {}) {
        this.keepDraft();
        const {draftId} = this;
        const isUrgent = this.model._urgentSave;
        let isAsked = false;
        const onError = (error, tools) => {
            isAsked = Boolean(error.data?.context?.kontakti_texts);
            return this.onSaveError(error, tools, options);
        };
        const sent = this._getChanges();
        this.savingContext = this.makeSavingContext(sent, isUrgent);
        let isSaved = false;
        try {
            isSaved = await super._save({...options, onError});
        } finally {
            this.savingContext = null;
        }
        if (isSaved && options.reload === false && !isAsked) {
            this.noteTextsRead(sent);
        }
        // what is sent on closing the page may not arrive, and the save that follows when
        // the page is hidden has nothing left to send
        this.isUncertain ||= isUrgent;
        if (isSaved && !isUrgent && (Object.keys(sent).length || !this.isUncertain)) {
            this.typedTexts = {};
            this.model.drafts.forget(draftId);
        }
        return isSaved;
    }

    makeSavingContext(sent, isUrgent) {
        const names = TEXTS.filter((name) => name in sent && name in this.textsRead);
        if (!this.resId || !names.length) {
            return null;
        }
        const read = Object.fromEntries(
            names.map((name) => [name, this.textsRead[name]])
        );
        return {
            kontakti_texts_read: {[this.resId]: read},
            // when the page is closed, the user cannot be asked
            kontakti_keep_both: isUrgent || this.isKeepingBoth || false,
        };
    }

    /** Ask about texts that others changed meanwhile; pass other errors on. */
    async onSaveError(error, tools, options) {
        const conflicts = error.data?.context?.kontakti_texts;
        if (conflicts) {
            return this.askAboutTexts(conflicts, options);
        }
        if (options.onError) {
            return options.onError(error, tools);
        }
        throw error;
    }

    /** @returns {Promise<boolean>} whether it was saved in the end */
    async askAboutTexts(conflicts, options) {
        const answer = await this.showTexts(conflicts);
        if (!answer) {
            return false;
        }
        const theirs = Object.fromEntries(
            conflicts.map(({field, theirs: text}) => [field, markup(text)])
        );
        if (answer === "theirs") {
            Object.keys(theirs).forEach((name) => delete this._changes[name]);
            Object.assign(this._values, theirs);
            Object.assign(this.data, theirs);
        }
        if (answer !== "both") {
            this.noteTextsRead(theirs);
        }
        this.isKeepingBoth = answer === "both";
        try {
            return await this._save({...options, reload: true});
        } finally {
            this.isKeepingBoth = false;
        }
    }

    /** @returns {Promise<string>} "both", "mine", "theirs", or "" to go on writing */
    showTexts(conflicts) {
        return new Promise((resolve) => {
            this.model.dialog.add(
                TextsDialog,
                {
                    texts: conflicts.map((conflict) => ({
                        ...conflict,
                        theirs: markup(conflict.theirs),
                        mine: this.data[conflict.field],
                    })),
                    onAnswer: resolve,
                },
                {onClose: () => resolve("")}
            );
        });
    }

    _discard() {
        super._discard();
        this.forgetDraft();
    }
}

export class ContactModel extends RelationalModel {
    static Record = ContactRecord;
    static services = [...RelationalModel.services, "kontakti_contact.drafts"];

    setup(params, services) {
        this.drafts = services["kontakti_contact.drafts"];
        super.setup(...arguments);
    }
}
