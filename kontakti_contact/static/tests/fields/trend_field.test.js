import {expect, queryAll, test} from "@odoo/hoot";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Customer extends models.Model {
    _name = "kontakti.test.customer";

    trend = fields.Json();

    _records = [
        {id: 1, trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4]},
        {id: 2, trend: false},
    ];
}

defineMailModels();
defineModels([Customer]);

test("a bar a month, said aloud; nothing without contacts", async () => {
    await mountView({
        type: "list",
        resModel: "kontakti.test.customer",
        arch: `<list><field name="trend" widget="kontakti_trend"/></list>`,
    });
    expect(".o_kontakti_trend").toHaveCount(1);
    const heights = queryAll(".o_kontakti_trend_bar").map((bar) => bar.style.height);
    expect(heights.slice(-3)).toEqual(["25%", "0%", "100%"]);
    expect(".o_kontakti_trend").toHaveAttribute(
        "aria-label",
        "Contacts a month, the last one this month: 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4"
    );
});
