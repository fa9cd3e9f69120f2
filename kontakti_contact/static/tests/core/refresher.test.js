import {
    advanceTime,
    animationFrame,
    Deferred,
    expect,
    runAllTimers,
    test,
} from "@odoo/hoot";
import {DELAY, MAX_WAIT, Refresher} from "@kontakti_contact/core/refresher";

test("requests in quick succession become one load", async () => {
    const refresher = new Refresher(async () => expect.step("load"));
    for (let i = 0; i < 1000; i++) {
        refresher.request();
    }
    expect.verifySteps([]);
    await runAllTimers();
    expect.verifySteps(["load"]);
});

test("requests that never pause are answered all the same", async () => {
    const refresher = new Refresher(async () => expect.step("load"));
    for (let waited = 0; waited <= MAX_WAIT; waited += DELAY / 5) {
        refresher.request();
        await advanceTime(DELAY / 5);
    }
    expect.verifySteps(["load"]);
});

test("a request during a load makes one more load follow, not two at once", async () => {
    const loads = [new Deferred(), new Deferred()];
    let count = 0;
    const refresher = new Refresher(() => {
        expect.step("load");
        return loads[count++];
    });
    const first = refresher.run();
    refresher.run();
    refresher.run();
    expect.verifySteps(["load"]);
    loads[0].resolve();
    await animationFrame();
    expect.verifySteps(["load"]);
    loads[1].resolve();
    await first;
    expect.verifySteps([]);
});

test("a failed load does not keep the next one from running", async () => {
    let fails = true;
    const refresher = new Refresher(async () => {
        expect.step("load");
        if (fails) {
            throw new Error("no connection");
        }
    });
    await expect(refresher.run()).rejects.toThrow("no connection");
    fails = false;
    await refresher.run();
    expect.verifySteps(["load", "load"]);
});
