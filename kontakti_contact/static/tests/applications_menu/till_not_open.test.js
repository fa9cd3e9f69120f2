import {animationFrame, expect, test} from "@odoo/hoot";
import {
    getService,
    makeServerError,
    mountWebClient,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

test("the title of the dialog says that the till is not open", async () => {
    expect.errors(1);
    onRpc("kontakti.contact", "open_application", () => {
        throw makeServerError({
            args: ["Open it first.", 7, "Open the till"],
            errorName: "odoo.addons.kontakti_contact.exceptions.TillNotOpen",
            message: "Open it first.",
        });
    });
    await mountWebClient();
    getService("orm").call("kontakti.contact", "open_application", [[1], "pos"]);
    await animationFrame();
    await animationFrame();
    expect(".modal-title").toHaveText("The till is not open");
    expect(".modal-body").toHaveText("Open it first.");
    expect(".modal-footer .btn-primary").toHaveText("Open the till");
    expect.verifyErrors(["Open it first."]);
});
