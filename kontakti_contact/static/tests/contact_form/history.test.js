import {advanceTime, animationFrame, beforeEach, expect, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class ContactEvent extends models.Model {
    _name = "kontakti.contact";

    name = fields.Char();
    partner_id = fields.Many2one({relation: "res.partner"});

    _records = [
        {id: 1, name: "Now", partner_id: serverState.partnerId},
        {id: 2, name: "Typed", partner_id: false},
    ];
}

function makeItem(number) {
    return {
        id: 100 + number,
        date: `2026-11-${10 + number} 09:00:00`,
        user: "Aino",
        channel: "Phone",
        icon: "fa-phone",
        name: `Call ${number}`,
        state: "done",
        next_date: false,
        discussion: `<p>Said <b>${number}</b></p>`,
        actions: "",
    };
}

const OF_CUSTOMER = `customer ${serverState.partnerId} without 1`;

defineMailModels();
defineModels([ContactEvent]);

beforeEach(() => {
    const items = [1, 2, 3, 4, 5, 6].map(makeItem);
    const answer = (step, {limit, offset, text}) => {
        expect.step([step, offset, text]);
        const promised = {...makeItem(9), actions: "<p>Send the offer</p>"};
        return {
            count: text ? 1 : 6,
            items: text ? [items[2]] : items.slice(offset, offset + limit),
            promised: offset ? [] : [promised],
        };
    };
    onRpc("kontakti.contact", "get_customer_history", ({args, kwargs}) =>
        answer(`customer ${args[0]} without ${kwargs.left_out}`, kwargs)
    );
    onRpc("kontakti.contact", "get_history", ({args, kwargs}) =>
        answer(`contact event ${args[0][0]}`, kwargs)
    );
});

function openForm(resId) {
    return mountView({
        type: "form",
        resModel: "kontakti.contact",
        resId,
        arch: `
            <form>
                <field name="name"/>
                <field name="partner_id"/>
                <widget name="kontakti_history" place="side"/>
                <widget name="kontakti_history" place="tab"/>
            </form>`,
    });
}

test("one of two places shows what was said and promised, by one call", async () => {
    await openForm(1);
    await animationFrame();
    expect(".o_kontakti_history").toHaveCount(1);
    expect(".o_kontakti_history h2").toHaveText("History (6)");
    expect(".o_kontakti_history_item").toHaveCount(5);
    expect(".o_kontakti_history_item:first b").toHaveText("1");
    expect(".o_kontakti_promised").toHaveText(/Send the offer/);
    expect.verifySteps([[OF_CUSTOMER, 0, ""]]);
});

test("further ones come on demand, and a search looks inside", async () => {
    await openForm(1);
    await animationFrame();
    await contains(".o_kontakti_history_more").click();
    expect(".o_kontakti_history_item").toHaveCount(6);
    expect(".o_kontakti_history_more").toHaveCount(0);
    await contains(".o_kontakti_history input").edit("three", {confirm: false});
    await advanceTime(300);
    await animationFrame();
    expect(".o_kontakti_history_item").toHaveCount(1);
    expect.verifySteps([
        [OF_CUSTOMER, 0, ""],
        [OF_CUSTOMER, 5, ""],
        [OF_CUSTOMER, 0, "three"],
    ]);
});

test("a typed customer's history is the contact event's", async () => {
    await openForm(2);
    await animationFrame();
    expect(".o_kontakti_history_item").toHaveCount(5);
    expect.verifySteps([["contact event 2", 0, ""]]);
});
