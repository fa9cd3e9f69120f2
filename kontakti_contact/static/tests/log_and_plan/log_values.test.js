import {beforeEach, expect, mockDate, test} from "@odoo/hoot";
import {
    addText,
    isBlank,
    logValues,
    newValues,
    nextDate,
    textsRead,
    toParagraphs,
} from "@kontakti_contact/log_and_plan/log_values";

beforeEach(() => mockDate("2026-11-23 10:00:00"));

const DRAFT = {
    discussion: "",
    actions: "",
    channel_id: 0,
    next: "",
    nextDate: false,
    next_responsible_id: false,
    duration: 0.25,
};

test("what is typed becomes paragraphs, and no markup", () => {
    expect(toParagraphs("One\ntwo\n\n<b>three</b>")).toBe(
        "<p>One<br>two</p><p>&lt;b&gt;three&lt;/b&gt;</p>"
    );
});

test("it goes beneath what is there, and takes the place of nothing", () => {
    expect(addText("<p>Old</p>", "New")).toBe("<p>Old</p><p>New</p>");
    expect(addText("<p><br></p>", "New")).toBe("<p>New</p>");
    expect(addText(false, "New")).toBe("<p>New</p>");
    expect(isBlank("<p>Old</p>")).toBe(false);
});

test("the next date is counted from the user's today", () => {
    expect(nextDate({next: "today"})).toBe("2026-11-23");
    expect(nextDate({next: "tomorrow"})).toBe("2026-11-24");
    expect(nextDate({next: "week"})).toBe("2026-11-30");
    expect(nextDate({next: "date", nextDate: "2027-01-31"})).toBe("2027-01-31");
    expect(nextDate({next: "date", nextDate: false})).toBe(false);
    expect(nextDate({next: ""})).toBe(false);
});

test("only what was typed or chosen is sent", () => {
    const contact = {id: 7, discussion: "<p>Old</p>", actions: false};
    expect(Object.keys(logValues(DRAFT, contact))).toEqual(["date", "duration"]);
    const values = logValues(
        {...DRAFT, discussion: "New", next: "week", next_responsible_id: 3},
        contact
    );
    expect(values.discussion).toBe("<p>Old</p><p>New</p>");
    expect(values.next_date).toBe("2026-11-30");
    expect(values.next_responsible_id).toBe(3);
    expect("actions" in values).toBe(false);
    expect(textsRead(values, contact)).toEqual({7: {discussion: "<p>Old</p>"}});
});

test("a new one says whose it is, and what it was logged from", () => {
    const draft = {...DRAFT, name: "S00012", partner_id: 5, customer_name: "x"};
    const shown = {model: "sale.order", id: 12};
    const values = newValues(draft, {}, shown);
    expect(values.partner_id).toBe(5);
    expect(values.document).toEqual(shown);
    expect("customer_name" in values).toBe(false);
    const typed = newValues({...draft, partner_id: false}, {}, null);
    expect(typed.customer_name).toBe("x");
    expect("document" in typed).toBe(false);
    const own = newValues(draft, {}, {model: "res.partner", id: 5});
    expect("document" in own).toBe(false);
});
