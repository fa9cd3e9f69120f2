import {expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {user} from "@web/core/user";
import {takeNumbers} from "@kontakti_contact/task_list/live_numbers";

const makeState = (keys = ["personal", "organisation"]) => ({
    today: "2026-11-23",
    whose: false,
    sections: keys.map((key) => ({
        key,
        groups: [{key: "all", contacts: 1, customers: 1}],
    })),
});
const NUMBERS = {
    today: "2026-11-23",
    company: 1,
    sections: {organisation: {all: [5, 3]}},
};

function choose(...ids) {
    patchWithCleanup(user, {
        get activeCompanies() {
            return ids.map((id) => ({id}));
        },
    });
}

test("the organisation's numbers are taken, one's own stay", () => {
    choose(1);
    const state = makeState();
    expect(takeNumbers(state, NUMBERS)).toBe(true);
    expect(state.sections[0].groups[0]).toEqual({
        key: "all",
        contacts: 1,
        customers: 1,
    });
    expect(state.sections[1].groups[0]).toEqual({
        key: "all",
        contacts: 5,
        customers: 3,
    });
});

test("those of another company, day or person are not", () => {
    choose(1);
    for (const other of [{company: 2}, {today: "2026-11-24"}]) {
        const state = makeState();
        expect(takeNumbers(state, {...NUMBERS, ...other})).toBe(false);
        expect(state.sections[1].groups[0].contacts).toBe(1);
    }
    expect(takeNumbers({...makeState(), whose: 7}, NUMBERS)).toBe(false);
    choose(1, 2);
    expect(takeNumbers(makeState(), NUMBERS)).toBe(false);
});

test("a section that nobody sends still has to be loaded", () => {
    choose(1);
    expect(takeNumbers(makeState(["organisation", "own"]), NUMBERS)).toBe(false);
});
