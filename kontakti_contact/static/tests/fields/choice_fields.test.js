import {expect, queryAll, queryOne, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
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

class Channel extends models.Model {
    _name = "kontakti.test.channel";

    name = fields.Char({translate: true});
    icon = fields.Char();

    _records = [{id: 1, name: "Phone", icon: "fa-phone"}];
}

defineMailModels();
defineModels([Channel]);

function mountList() {
    serverState.multiLang = true;
    return mountView({
        type: "list",
        resModel: "kontakti.test.channel",
        arch: `
            <list editable="bottom">
                <field name="name" widget="kontakti_name"/>
                <field name="icon" widget="kontakti_icon"/>
            </list>`,
    });
}

test("in a new row Tab goes from the name to the icon, which is a picture", async () => {
    onRpc("kontakti.test.channel", "web_save", ({args}) => {
        expect.step(args[1]);
    });
    await mountList();
    await contains(".o_field_x2many_list_row_add a, .o_list_button_add").click();
    await contains(".o_selected_row [name=name] input").edit("Fair", {confirm: false});
    expect(".o_selected_row .o_field_translate.btn").toHaveCount(0);
    await press("Tab");
    await animationFrame();
    expect(".o_selected_row [name=icon] button").toBeFocused();
    await press("Enter");
    await animationFrame();
    await contains(".o_kontakti_icons [aria-label=fa-users]").click();
    await contains(".o_list_button_save").click();
    expect.verifySteps([{name: "Fair", icon: "fa-users"}]);
});

test("a saved name is translated, and the icons are named pictures", async () => {
    await mountList();
    const icon = queryOne(".o_data_row [name=icon] i");
    expect(icon).toHaveClass("fa-phone");
    expect(icon.ariaLabel).toBe("Icon: fa-phone");
    await contains(".o_data_row [name=name]").click();
    expect(".o_selected_row .btn.o_field_translate").toHaveCount(1);
    await contains(".o_selected_row [name=icon] button").click();
    const names = queryAll(".o_kontakti_icons [role=menuitem]").map(
        (el) => el.ariaLabel
    );
    expect(names).toInclude("fa-envelope-o");
    expect(new Set(names).size).toBe(names.length);
});
