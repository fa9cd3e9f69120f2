import {advanceTime, expect, mockDate, test} from "@odoo/hoot";
import {LEAST, SharedRefresh, SPREAD} from "@kontakti_contact/core/shared_refresh";

const make = () => {
    mockDate("2026-11-23 10:00:00");
    return new SharedRefresh(async () => expect.step("load"));
};

test("it loads once after a change, and not at once", async () => {
    const refresh = make();
    refresh.tell();
    refresh.tell();
    await advanceTime(LEAST - 1);
    expect.verifySteps([]);
    await advanceTime(SPREAD + 1);
    expect.verifySteps(["load"]);
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("who has the answer of another does not ask", async () => {
    const refresh = make();
    refresh.tell();
    await advanceTime(LEAST);
    refresh.answer();
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("an answer that is too early is not enough", async () => {
    const refresh = make();
    refresh.tell();
    await advanceTime(LEAST - 100);
    refresh.answer();
    await advanceTime(60000);
    expect.verifySteps(["load"]);
});

test("a change that is told meanwhile is loaded too", async () => {
    const refresh = make();
    refresh.tell();
    await advanceTime(LEAST - 500);
    refresh.tell();
    await advanceTime(60000);
    expect.verifySteps(["load", "load"]);
});
