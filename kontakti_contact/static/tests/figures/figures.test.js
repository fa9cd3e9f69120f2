import {animationFrame, beforeEach, expect, queryAllTexts, test} from "@odoo/hoot";
import {
    contains,
    getService,
    mountWebClient,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const DOMAIN = [["date", ">=", "2026-11-01 00:00:00"]];

function makeFigure(values) {
    return {
        key: "contacts",
        name: "Contacts",
        unit: "count",
        value: 45,
        before: 12,
        model: "kontakti.contact",
        domain: DOMAIN,
        grouped: false,
        ...values,
    };
}

defineMailModels();

beforeEach(() => {
    onRpc("kontakti.contact", "get_analysis", ({kwargs}) => {
        expect.step([kwargs.period, kwargs.user_id]);
        return {
            from: "2026-11-01",
            to: "2026-11-30",
            figures: [
                makeFigure(),
                makeFigure({
                    key: "hours",
                    name: "Time used",
                    unit: "hours",
                    value: 1.5,
                }),
                makeFigure({key: "new", name: "New customers", grouped: true}),
                makeFigure({key: "silent", model: "res.partner", before: false}),
            ],
            tables: [
                {
                    key: "person",
                    name: "Contacted by",
                    rows: [
                        {
                            name: "Aino",
                            contacts: 45,
                            before: 12,
                            hours: 1.5,
                            model: "kontakti.contact",
                            domain: DOMAIN,
                        },
                    ],
                },
            ],
            people: [{id: 7, name: "Aino"}],
            companies: [{id: 1, name: "Own"}],
            currency: 1,
        };
    });
});

async function openFigures() {
    await mountWebClient();
    await getService("action").doAction("kontakti_contact.figures");
    await animationFrame();
}

test("counts are whole numbers, times are times", async () => {
    await openFigures();
    expect(queryAllTexts(".o_kontakti_figure .o_kontakti_figure_value")).toEqual([
        "45",
        "1:30",
        "45",
        "45",
    ]);
    expect(".o_kontakti_figure_contacts").toHaveAttribute(
        "aria-label",
        "Contacts: 45, in the period before 12"
    );
    expect("select[name=company]").toHaveCount(0);
    expect.verifySteps([["month", false]]);
});

test("a figure opens what it counts, customers grouped", async () => {
    await openFigures();
    patchWithCleanup(getService("action"), {
        loadAction: async (xmlid) => ({xmlid}),
        doAction: ({xmlid, domain, context}) =>
            expect.step([xmlid, domain, context.group_by]),
    });
    await contains(".o_kontakti_figure_contacts").click();
    await contains(".o_kontakti_figure_new").click();
    await contains(".o_kontakti_figures_person button").click();
    const list = "kontakti_contact.kontakti_contact_action";
    expect.verifySteps([
        ["month", false],
        [list, DOMAIN, undefined],
        [list, DOMAIN, ["customer_key"]],
        [list, DOMAIN, undefined],
    ]);
});

test("a period or a person chosen asks anew", async () => {
    await openFigures();
    await contains("select[name=period]").select("year");
    await contains("select[name=person]").select("7");
    await animationFrame();
    expect.verifySteps([
        ["month", false],
        ["year", false],
        ["year", 7],
    ]);
});
