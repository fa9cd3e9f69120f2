import {expect, test} from "@odoo/hoot";
import {browser} from "@web/core/browser/browser";
import {BackMemory} from "@kontakti_contact_links/back/back_memory";

test("what is kept is found again, also by a page loaded anew", () => {
    const left = {resIds: [6, 7, 8], pages: {notebook_0: "actions"}};
    new BackMemory("db.2").keepForm(7, left);
    new BackMemory("db.2").trail = [{action: "contact-events", resId: 7}];
    expect(new BackMemory("db.2").findForm(7)).toEqual({resId: 7, ...left});
    expect(new BackMemory("db.2").trail).toEqual([
        {action: "contact-events", resId: 7},
    ]);
});

test("another user of the same tab has a memory of his own", () => {
    new BackMemory("db.2").trail = [{model: "kontakti.contact", resId: 7}];
    expect(new BackMemory("db.3").trail).toEqual([]);
    expect(new BackMemory("db.3").findForm(7)).toBe(undefined);
});

test("what another user of the same tab left is removed", () => {
    new BackMemory("db.2").keepForm(7, {resIds: [7], pages: {}});
    browser.sessionStorage.setItem("another key", "kept");
    new BackMemory("db.3").trail = [{model: "kontakti.contact", resId: 8}];
    const keys = Object.keys(browser.sessionStorage);
    expect(keys.filter((key) => key.includes("back"))).toEqual([
        "kontakti_contact_links.back.db.3",
    ]);
    expect(browser.sessionStorage.getItem("another key")).toBe("kept");
    expect(new BackMemory("db.2").findForm(7)).toBe(undefined);
});

test("no name of a contact event is kept", () => {
    const memory = new BackMemory("db.2");
    memory.trail = [{action: "contact-events", resId: 7, displayName: "Secret"}];
    expect(memory.trail[0].displayName).toBe("Secret");
    expect(JSON.stringify({...browser.sessionStorage})).not.toMatch(/Secret/);
    expect(new BackMemory("db.2").trail).toEqual([
        {action: "contact-events", resId: 7},
    ]);
});

test("only the ten forms left last are kept", () => {
    const memory = new BackMemory("db.2");
    for (let resId = 1; resId <= 11; resId++) {
        memory.keepForm(resId, {resIds: [resId], pages: {}});
    }
    expect(memory.findForm(1)).toBe(undefined);
    expect(memory.findForm(2).resIds).toEqual([2]);
    expect(memory.findForm(11).resIds).toEqual([11]);
});

test("a very long pager is not kept", () => {
    const memory = new BackMemory("db.2");
    const resIds = Array.from({length: 100000}, (_, index) => index + 1);
    memory.keepForm(7, {resIds, pages: {}});
    expect(memory.findForm(7).resIds).toEqual([7]);
});
