import {advanceTime, expect, mockDate, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {
    COVERED,
    GRACE,
    LEAST,
    SharedRefresh,
    SOON,
    SPREAD,
} from "@kontakti_contact/core/shared_refresh";

const LONGEST = LEAST + GRACE + SPREAD;
/** A moment of the server's clock, which is another than the browser's. */
const TOLD = 1_000_000;

/** @param {Function} ask whether it is sent, and whether it was not before */
const make = (ask = () => false, isFirst = false) => {
    mockDate("2026-11-23 10:00:00");
    // the clock of these tests runs on beside what they advance it by
    patchWithCleanup(Math, {random: () => 0.5});
    const refresh = new SharedRefresh(
        async (told) => {
            expect.step(told - TOLD);
            return {isSent: await ask(refresh), isFirst};
        },
        async () => expect.step("load")
    );
    return refresh;
};

test("it asks once after a change, and not at once", async () => {
    const refresh = make();
    refresh.tell(TOLD);
    refresh.tell(TOLD);
    await advanceTime(LEAST + GRACE - 1);
    expect.verifySteps([]);
    await advanceTime(SPREAD + 1);
    expect.verifySteps([0]);
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("who has the answer of another does not ask", async () => {
    const refresh = make();
    refresh.tell(TOLD);
    await advanceTime(LEAST);
    refresh.answer(TOLD + COVERED);
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("an answer that was counted too early is not enough", async () => {
    const refresh = make();
    refresh.tell(TOLD);
    await advanceTime(LEAST);
    refresh.answer(TOLD + COVERED - 1);
    await advanceTime(60000);
    expect.verifySteps([0]);
});

test("of many changes, who has the answers of others asks only after the last", async () => {
    const refresh = make();
    refresh.tell(TOLD);
    for (let round = 1; round < 10; round++) {
        await advanceTime(2500);
        refresh.tell(TOLD + round);
        refresh.answer(TOLD + COVERED + round - 1);
    }
    expect.verifySteps([]);
    await advanceTime(60000);
    expect.verifySteps([9]);
});

test("a change that is told meanwhile is asked for too", async () => {
    const refresh = make();
    refresh.tell(TOLD);
    await advanceTime(LEAST - 500);
    refresh.tell(TOLD + 1);
    await advanceTime(LEAST);
    await advanceTime(60000);
    expect.verifySteps([0, 1]);
});

test("who was first is first again, and leaves it to others when it was not", async () => {
    for (const isFirst of [true, false]) {
        const refresh = make((self) => {
            self.answer(TOLD + COVERED);
            return true;
        }, isFirst);
        refresh.isFirst = true;
        refresh.tell(TOLD);
        await advanceTime(LEAST);
        expect.verifySteps([0]);
        refresh.tell(TOLD + 1);
        await advanceTime(LEAST);
        expect.verifySteps(isFirst ? [1] : []);
        refresh.cancel();
    }
});

test("what is sent need not be loaded, though it came before the answer", async () => {
    const refresh = make((self) => {
        self.answer(TOLD + COVERED);
        return true;
    });
    refresh.tell(TOLD);
    await advanceTime(LONGEST);
    await advanceTime(60000);
    expect.verifySteps([0]);
});

test("nor what comes after the answer", async () => {
    const refresh = make((self) => {
        browser.setTimeout(() => self.answer(TOLD + COVERED), 300);
        return true;
    });
    refresh.tell(TOLD);
    await advanceTime(LONGEST);
    await advanceTime(300);
    await advanceTime(60000);
    expect.verifySteps([0]);
});

test("what was to be sent and has not come is loaded soon", async () => {
    const refresh = make(() => true);
    refresh.tell(TOLD);
    await advanceTime(LONGEST);
    expect.verifySteps([0]);
    await advanceTime(SOON + SPREAD);
    expect.verifySteps(["load"]);
    await advanceTime(60000);
    expect.verifySteps([]);
});

test("so is what was counted before it was asked for", async () => {
    const refresh = make((self) => {
        self.answer(TOLD + COVERED - 1);
        return true;
    });
    refresh.tell(TOLD);
    await advanceTime(LONGEST);
    await advanceTime(60000);
    expect.verifySteps([0, "load"]);
});

test("who was not answered tries again", async () => {
    const refresh = make(() => Promise.reject(new Error("Bad gateway")));
    expect.errors(1);
    refresh.tell(TOLD);
    await advanceTime(LONGEST);
    await advanceTime(60000);
    expect.verifyErrors(["Bad gateway"]);
    expect.verifySteps([0, "load"]);
});

test("under a steady stream too", async () => {
    const refresh = make(() => true);
    for (let round = 0; round < 3; round++) {
        refresh.tell(TOLD + round);
        await advanceTime(2500);
    }
    expect.verifySteps([0, "load"]);
    refresh.cancel();
});

test("a task list opened a moment after a change asks, a later one does not", async () => {
    const refresh = make();
    refresh.tell(TOLD, Date.now() - LEAST);
    await advanceTime(60000);
    expect.verifySteps([]);
    refresh.tell(TOLD, Date.now() - 1000);
    await advanceTime(LONGEST);
    expect.verifySteps([0]);
});
