import {beforeEach, expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";
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
    midnight: "2026-11-22 22:00:00",
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

const take = (state, numbers = NUMBERS, hidden = new Set()) =>
    takeNumbers(state, numbers, hidden);

beforeEach(() => patchWithCleanup(session, {kontakti_tz: "Europe/Helsinki"}));

test("the organisation's numbers are taken, one's own stay", () => {
    choose(1);
    const state = makeState();
    expect(take(state)).toBe(true);
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

test("those of another company, day, time zone or person are not", () => {
    choose(1);
    for (const other of [
        {company: 2},
        {midnight: "2026-11-23 22:00:00"},
        {midnight: "2026-11-22 23:00:00"},
    ]) {
        const state = makeState();
        expect(take(state, {...NUMBERS, ...other})).toBe(null);
        expect(state.sections[1].groups[0].contacts).toBe(1);
    }
    expect(take({...makeState(), whose: 7})).toBe(null);
    choose(1, 2);
    expect(take(makeState())).toBe(null);
});

test("a section that nobody sends still has to be loaded", () => {
    choose(1);
    expect(take(makeState(["organisation", "own"]))).toBe(false);
});

test("a section that is new is loaded once, and one that is hidden no more", () => {
    choose(1);
    const hidden = new Set();
    const sections = {...NUMBERS.sections, silent: {all: [0, 2]}};
    expect(take(makeState(), {...NUMBERS, sections}, hidden)).toBe(false);
    expect(take(makeState(), {...NUMBERS, sections}, hidden)).toBe(true);
});
